import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { acceptAll } from '../../support/export-amazon.js';
import { BOARD, CARD, LISTED, ListedShop } from '../../support/export-listed-shop.js';
import { send } from '../../support/export-program.js';
import { describeEachDatabase, type TestDatabase } from '../../support/test-databases.js';

describeEachDatabase('What changes while a run waits for Amazon', (_name, open) => {
  let database: TestDatabase;
  let listed: ListedShop;
  let stock = 20;
  beforeAll(async () => {
    database = await open();
    listed = await ListedShop.open(database.url);
    await listed.send(LISTED.map(({ id }) => id));
    await listed.calmDown();
    await listed.shop.program.sweep.sweep();
    await listed.calmDown();
  });
  afterAll(async () => {
    await listed?.close();
    await database?.drop();
  });
  beforeEach(async () => {
    listed.amazon.before = () => undefined;
    await listed.shop.program.accounts.setState(listed.account.id, 'active', 'test');
    await listed.shop.program.settings.set('sending', 'on', ofAccount(), by);
    await listed.calmDown();
  });

  const by = { actor: 'test' } as const;
  const ofAccount = () => ({ kind: 'account', accountId: listed.account.id }) as const;
  /** Sends a new stock of the board and waits; something happens when Amazon is asked for the feed. */
  const sendAnd = async (happens: () => Promise<unknown>) => {
    stock += 1;
    await listed.office.setStock(BOARD.id, 0, stock);
    listed.amazon.answer = acceptAll;
    let hasHappened = false;
    listed.amazon.before = async (operation) => {
      if (operation !== 'GET /feeds/feeds' || hasHappened) return undefined;
      hasHappened = true;
      await happens();
      return undefined;
    };
    const run = await send(listed.shop, { products: [BOARD.id] }, true).catch((error: unknown) => error);
    expect(hasHappened).toBe(true);
    return run;
  };
  const markCard = async () => {
    stock += 1;
    await listed.office.setStock(CARD.id, 0, stock);
    const ids = { shopId: 1, productIds: [BOARD.id, CARD.id] };
    await listed.shop.program.marks.mark({ ...ids, action: 'update' }, 'test');
  };
  const entries = () => listed.shop.program.journal.list({ code: 'sending-off', limit: 10 });

  it('as a price rule is what Amazon ends with: the run that waits judges the new mark by it', async () => {
    const { settings } = listed.shop.program;
    const [{ id: marketplaceId }, { id: accountId }] = [listed.marketplace, listed.account];
    const before = (await listed.partOf(BOARD.sku, 'price'))?.acceptedValue;
    await sendAnd(() => settings.set('price-rules', '0-:+50%', { kind: 'marketplace', marketplaceId, accountId }, by));
    await listed.calmDown();
    expect((await listed.partOf(BOARD.sku, 'price'))?.acceptedValue).not.toBe(before);
  });

  it('as sending switched off ends the run: nothing more is sent, and what waits is given back', async () => {
    const { settings } = listed.shop.program;
    const told = (await entries()).length;
    const run = await sendAnd(async () => {
      await markCard();
      await settings.set('sending', 'off', ofAccount(), by);
    });
    const [entry] = await entries();
    expect(run).toMatchObject({ status: 'done' });
    expect(await entries()).toHaveLength(told + 1);
    expect(entry?.message).toContain('sending is switched off');
    expect(listed.amazon.feeds.at(-1)?.messages).toHaveLength(1);
    const waiting = (await listed.rows()).filter((row) => row.productId === BOARD.id);
    expect(waiting.map((row) => row.claimedRunId)).toEqual([null]);
    await settings.set('sending', 'on', ofAccount(), by);
    await listed.calmDown();
    expect(await listed.rows()).toEqual([]);
  });

  it('as an authorization that ended ends the run as failed, and says so', async () => {
    const { accounts } = listed.shop.program;
    const feeds = listed.amazon.feeds.length;
    const error = await sendAnd(async () => {
      await markCard();
      await accounts.setState(listed.account.id, 'needs-authorization', 'test');
    });
    expect(error).toMatchObject({ code: 'SENDING_STOPPED' });
    expect(String(error)).toContain('no longer accepts its authorization');
    expect(listed.amazon.feeds).toHaveLength(feeds + 1);
  });
});
