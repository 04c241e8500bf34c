import { afterAll, beforeAll, expect, it } from 'vitest';
import { QueueService } from '../../../src/features/queue/queue-service.js';
import { BOARD, ListedShop } from '../../support/export-listed-shop.js';
import { send } from '../../support/export-program.js';
import { DatabaseSteps } from '../../support/export-steps.js';
import { type DatabaseName, describeEachDatabase, type TestDatabase } from '../../support/test-databases.js';

/** The moments of a run that must be among the steps, by what the program does at the database then. */
const MOMENTS = {
  claim: /claimed_revision = revision/,
  computing: /from product_option/,
  'recording the plan': /^update queue set compared_parts/,
  intent: /^insert into feed /,
  'handing over': /^insert into part /,
  submitted: /^update feed set status = \?, amazon_feed_id/,
  'settling the listing': /^update part set state/,
  'settling the feed': /^update feed set status = \?, open_key/,
  telling: /^insert into journal/,
} as const;

const FIRST_UNITS = 1_000;

describeEachDatabase('a mark made at any moment of a run', (name, open) => {
  let database: TestDatabase;
  let listed: ListedShop;
  let steps: DatabaseSteps;
  let units = FIRST_UNITS;
  beforeAll(async () => {
    database = await open();
    listed = await ListedShop.open(database.url);
    await listed.send([BOARD.id]);
    await listed.calmDown();
    steps = new DatabaseSteps(listed.shop.program.db);
  });
  afterAll(async () => {
    steps?.end();
    await listed?.close();
    await database?.drop();
  });

  /** The person at the other desk: another handle, as another process would have. */
  const mark = async (...actions: readonly ('update' | 'create')[]) => {
    const queue = new QueueService(database.db, listed.shop.clock);
    const marked = { shopId: 1, productIds: [BOARD.id], marketplaceIds: [listed.marketplace.id] };
    for (const action of actions) await queue.mark({ ...marked, action }, 'another desk');
  };
  /** Changes price and stock in the shop, both to figures that were never there. */
  const changeShop = async () => {
    units += 1;
    await listed.office.setStock(BOARD.id, 0, units);
    await listed.office.setPrice(BOARD.id, `${units}.000000`);
  };
  const sendAndSettle = async () => {
    await send(listed.shop, {}, false);
    await listed.settle();
  };
  const valuesAtAmazon = async () => ({
    quantity: (await listed.partOf(BOARD.sku, 'quantity'))?.acceptedValue,
    price: (await listed.partOf(BOARD.sku, 'price'))?.acceptedValue,
  });
  const newestValues = () => ({ quantity: String(units), price: `${(units * 1.2).toFixed(2)}|EUR` });

  /** One run, all of it counted. */
  const countedRun = async (before?: (step: number) => Promise<void>) => {
    await changeShop();
    await mark('update');
    steps.restart(before);
    await sendAndSettle();
  };

  it('is one of many steps, each moment of a run among them', async () => {
    await countedRun();
    for (const [moment, statement] of Object.entries(MOMENTS))
      expect([moment, steps.lastOf(statement)]).not.toEqual([moment, -1]);
    expect(await listed.rows()).toEqual([]);
  });

  it('waits in the queue after it, and the next run sends the newest values', async () => {
    await countedRun();
    const claim = steps.lastOf(MOMENTS.claim);
    for (const at of stepsToTry(steps, name)) {
      const where = `${name}, step ${at}: ${steps.statements[at]?.[0]}`;
      const sentBefore = listed.amazon.feeds.length;
      await countedRun(async (step) => {
        if (step !== at) return;
        await changeShop();
        await mark('update', 'create');
      });
      const left = (await listed.rows()).map(({ action, claimedRunId }) => `${action} ${claimedRunId}`);
      expect([where, left]).toEqual([where, at <= claim ? [] : ['update null', 'create null']]);
      for (const { messages } of listed.amazon.feeds.slice(sentBefore))
        expect([where, messages.length]).toEqual([where, 1]);
      steps.restart();
      await sendAndSettle();
      expect([where, await valuesAtAmazon()]).toEqual([where, newestValues()]);
      expect([where, await listed.rows()]).toEqual([where, []]);
    }
  }, 120_000);
});

/** Every step from the claim to the end; on the server, where each costs more, those before and after a moment. */
function stepsToTry(steps: DatabaseSteps, name: DatabaseName): readonly number[] {
  const claim = steps.lastOf(MOMENTS.claim);
  const all = Array.from({ length: steps.count - claim }, (_, index) => claim + index);
  const moments = new Set(Object.values(MOMENTS).map((statement) => steps.lastOf(statement)));
  return name === 'SQLite' ? all : all.filter((step) => moments.has(step) || moments.has(step - 1));
}
