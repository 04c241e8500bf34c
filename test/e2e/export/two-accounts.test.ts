import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { acceptAll, ExportAmazon } from '../../support/export-amazon.js';
import { BOARD, ListedShop } from '../../support/export-listed-shop.js';
import { addSeller, type SellerAccount, send, settleFeeds } from '../../support/export-program.js';
import { describeEachDatabase, type TestDatabase } from '../../support/test-databases.js';

/** Longer than an access token lives. */
const TOKEN_LIFE_MS = 2 * 3_600_000;

describeEachDatabase('A run for two accounts', (_, open) => {
  let database: TestDatabase;
  let listed: ListedShop;
  let otherAmazon: ExportAmazon;
  let other: SellerAccount;
  let price = 40;
  beforeAll(async () => {
    database = await open();
    listed = await ListedShop.open(database.url);
    otherAmazon = await new ExportAmazon().open();
    otherAmazon.listings = listed.amazon.listings;
    other = await addSeller(listed.shop, { name: 'wholesale', baseUrl: otherAmazon.url });
  });
  afterAll(async () => {
    await otherAmazon?.close();
    await listed?.close();
    await database?.drop();
  });
  beforeEach(async () => {
    for (const amazon of [listed.amazon, otherAmazon]) {
      amazon.before = () => undefined;
      amazon.answer = acceptAll;
    }
    await database.db('account').update({ state: 'active' });
    await settleFeeds(listed.shop, other.account.id);
    await listed.calmDown();
    await settleFeeds(listed.shop, other.account.id);
    price += 1;
    await listed.office.setPrice(BOARD.id, `${price}.000000`);
    listed.shop.clock.advance(TOKEN_LIFE_MS);
  });

  const refuseTheFirst = () => {
    listed.amazon.before = (operation) => (operation === 'POST /auth/token' ? 400 : undefined);
  };
  const mark = () => listed.shop.program.marks.mark({ shopId: 1, productIds: [BOARD.id], action: 'update' }, 'test');
  const lastRun = async () => (await listed.shop.program.export.list({ limit: 1 }))[0];
  const pricesSent = ({ feeds }: ExportAmazon) => feeds.filter((feed) => feed.messageType === 'Price').length;

  it('sends a product to both', async () => {
    const run = await listed.send([BOARD.id]);
    expect(run.totals).toMatchObject({ products: 2, sent: 4, feeds: 4 });
    const skus = [listed.amazon, otherAmazon].map(({ feeds }) => feeds.at(-1)?.messages.map(({ sku }) => sku));
    expect(skus).toEqual([[BOARD.sku], [BOARD.sku]]);
  });

  it('of which one may not be sent to sends to the other, and says in the run which one it passed over', async () => {
    const { settings } = listed.shop.program;
    const scope = { kind: 'account', accountId: other.account.id } as const;
    await settings.set('sending', 'off', scope, { actor: 'test' });
    const before = pricesSent(otherAmazon);
    const run = await listed.send([BOARD.id]);
    await settings.set('sending', 'on', scope, { actor: 'test' });
    expect([pricesSent(otherAmazon), run.totals.sent]).toEqual([before, 1]);
    const reason = expect.stringMatching(/account "wholesale": sending is switched off/);
    expect(run.totals.passedOver).toEqual([{ reason, isHeld: false }]);
  });

  it('of which the first has lost its authorization sends to the other, fails, and names the one', async () => {
    const before = pricesSent(otherAmazon);
    refuseTheFirst();
    // Only then is anything asked of Amazon before documents are made.
    await database.db('account').where({ name: 'seller' }).update({ listings_read_at_ms: null });
    await mark();
    await expect(send(listed.shop, {}, false)).rejects.toThrow(/account "seller".*invalid_grant/);
    expect(await lastRun()).toMatchObject({ status: 'failed', fault: expect.stringContaining('account "seller"') });
    expect(pricesSent(otherAmazon)).toBe(before + 1);
    expect((await listed.rows()).map((row) => row.claimedRunId)).toEqual([null]);
    listed.amazon.before = () => undefined;
    await send(listed.shop, {}, false);
    expect((await listed.partOf(BOARD.sku, 'price'))?.state).toBe('open');
  });

  it('of which the first loses its authorization at the last step sends to the other, and counts what did not go', async () => {
    const before = pricesSent(otherAmazon);
    refuseTheFirst();
    const run = await listed.send([BOARD.id]);
    expect(run.totals).toMatchObject({ sent: 1, unsent: 1, feeds: 1 });
    expect(pricesSent(otherAmazon)).toBe(before + 1);
    const [entry] = await listed.shop.program.journal.list({ code: 'feed-failed', limit: 1 });
    expect(entry).toMatchObject({ accountId: listed.account.id, message: expect.stringContaining('invalid_grant') });
  });

  it('of which one is known to need an authorization sends to the other, fails, and names the one', async () => {
    const before = pricesSent(otherAmazon);
    await database.db('account').where({ name: 'seller' }).update({ state: 'needs-authorization' });
    await expect(listed.send([BOARD.id])).rejects.toThrow(/account "seller".*Authorize the account again/);
    expect(await lastRun()).toMatchObject({ status: 'failed', fault: expect.stringContaining('account "seller"') });
    expect(pricesSent(otherAmazon)).toBe(before + 1);
  });

  it('of which one is switched off is told in the journal, and is no failure', async () => {
    const scope = { kind: 'account', accountId: listed.account.id } as const;
    await listed.shop.program.settings.set('sending', 'off', scope, { actor: 'test' });
    await database.db('account').where({ name: 'seller' }).update({ state: 'needs-authorization' });
    expect(await listed.send([BOARD.id])).toMatchObject({ status: 'done', fault: '', totals: { feeds: 1 } });
    const [entry] = await listed.shop.program.journal.list({ code: 'sending-off', limit: 1 });
    expect(entry?.message).toContain('account "seller"');
    await listed.shop.program.settings.set('sending', 'on', scope, { actor: 'test' });
  });

  it('made by the scheduled task works through what is marked (S3-009), gives each its turn, and fails once all had theirs', async () => {
    const before = pricesSent(otherAmazon);
    refuseTheFirst();
    await database.db('account').where({ name: 'seller' }).update({ listings_read_at_ms: null });
    await mark();
    const task = listed.shop.program.export.sendEveryAccount({ requestedBy: 'scheduler' });
    await expect(task).rejects.toThrow(/invalid_grant/);
    expect(pricesSent(otherAmazon)).toBe(before + 1);
  });

  it('that waits for one is neither held up nor failed by a feed of the other', async () => {
    await mark();
    await send(listed.shop, { account: 'wholesale' }, false);
    let asked = 0;
    otherAmazon.before = (operation) => {
      if (operation !== 'GET /feeds/feeds') return undefined;
      asked += 1;
      return 403;
    };
    listed.shop.clock.advance(600_000);
    const run = await send(listed.shop, { account: 'seller' });
    expect(run).toMatchObject({ status: 'done', totals: { accepted: 1, feeds: 1 } });
    expect(asked).toBe(0);
    expect(await listed.shop.program.feeds.open(other.account.id)).toHaveLength(1);
  });
});
