import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { QueueAction } from '../../../src/features/queue/queue-row.js';
import { acceptAll, ExportAmazon } from '../../support/export-amazon.js';
import { DESK } from '../../support/export-listed-shop.js';
import {
  addSeller,
  type ExportProgram,
  openDemoOffice,
  openExportProgram,
  type SellerAccount,
  send,
  settleFeeds,
} from '../../support/export-program.js';
import { describeEachDatabase, type TestDatabase } from '../../support/test-databases.js';

describeEachDatabase('A feed that settles while a run works', (_, open) => {
  let database: TestDatabase;
  let amazon: ExportAmazon;
  let shop: ExportProgram;
  let seller: SellerAccount;
  let office: Awaited<ReturnType<typeof openDemoOffice>>;
  beforeAll(async () => {
    database = await open();
    amazon = await new ExportAmazon().open();
    amazon.answer = acceptAll;
    amazon.listings = [[DESK.sku, 'B0AAAAAAAA', '1.00', '1', 'DEFAULT', 'Active']];
    shop = await openExportProgram({ databaseUrl: database.url });
    office = await openDemoOffice(shop);
    seller = await addSeller(shop, { baseUrl: amazon.url, countries: ['FR', 'DE'] });
  });
  afterAll(async () => {
    await office?.end();
    await shop?.close();
    await amazon?.close();
    await database?.drop();
  });
  beforeEach(async () => {
    await office.setPrice(DESK.id, '55.000000');
    await office.setStock(DESK.id, 0, 9);
    await send(shop, { products: [DESK.id] });
    shop.clock.advance(3_600_000);
  });
  afterEach(() => vi.restoreAllMocks());

  const idOf = (country: string) => seller.marketplaces.find((one) => one.country === country)?.id ?? 0;
  const rows = () =>
    shop.program.queue.list({ marketplaceIds: seller.marketplaces.map((one) => one.id), afterId: 0, limit: 100 });
  /** Lets something happen while the next run works: after its first claim was rendered, before it looks for more. */
  const beforeSecondClaim = (happens: () => Promise<unknown>) => {
    const { queue } = shop.program;
    const claim = queue.claim.bind(queue);
    let claims = 0;
    vi.spyOn(queue, 'claim').mockImplementation(async (filter) => {
      claims += 1;
      if (claims === 2) await happens();
      return claim(filter);
    });
  };
  const mark = (country: string, action: QueueAction) =>
    shop.program.queue.mark({ shopId: 1, productIds: [DESK.id], marketplaceIds: [idOf(country)], action }, 'test');

  it.each([
    ['of another marketplace', 'DE', 'update'],
    ['of another action', 'FR', 'create'],
  ] as const)(
    'leaves rows %s to the run that has placed them: a SKU stands in a document once',
    async (__, country, action) => {
      await office.setPrice(DESK.id, '77.000000');
      await send(shop, { products: [DESK.id], marketplace: 'seller/FR', pricesOnly: true }, false);
      shop.clock.advance(60_000);
      await office.setStock(DESK.id, 0, 5);
      await mark(country, action);
      const before = amazon.feeds.length;
      beforeSecondClaim(async () => {
        await shop.program.poller.pollDue();
        await office.setStock(DESK.id, 0, 0);
        // As the sweep would: the newer figure must get there in the end.
        await mark(country, action);
      });
      await send(shop, { marketplace: `seller/${country}` }, false);
      const sent = amazon.feeds.slice(before).filter((one) => one.messageType === 'Inventory');
      // Looked at twice, its newer figure would have been placed beside the older one, which is left out now.
      expect(sent).toEqual([]);
      vi.restoreAllMocks();
      await settleFeeds(shop, seller.account.id);
      await send(shop);
      const [memory] = await shop.program.listings.ofSkus(seller.account.id, [DESK.sku]);
      expect(memory?.quantity?.acceptedValue).toMatch(/^0\b/);
      expect(await rows()).toEqual([]);
    },
  );

  it('in another process lets a run go on that waits for it, and the newer value goes', async () => {
    await office.setPrice(DESK.id, '77.000000');
    await send(shop, { products: [DESK.id] }, false);
    await office.setPrice(DESK.id, '88.000000');
    const { feeds, poller } = shop.program;
    const [open, pollDue] = [feeds.open.bind(feeds), poller.pollDue.bind(poller)];
    const asked = vi.spyOn(poller, 'pollDue').mockResolvedValue({ asked: 0, settled: 0 });
    const begunAtMs = shop.clock.nowMs();
    vi.spyOn(feeds, 'open').mockImplementation(async (accountId) => {
      // While the run looked away, which moves the clock.
      if (shop.clock.nowMs() > begunAtMs && asked.mock.calls.length > 0) {
        asked.mockImplementation(pollDue);
        shop.clock.advance(60_000);
        await pollDue({ accountId });
      }
      return open(accountId);
    });
    await send(shop, { products: [DESK.id] });
    const [memory] = await shop.program.listings.ofSkus(seller.account.id, [DESK.sku]);
    expect(memory?.marketplaces.get(idOf('FR'))?.parts.price?.acceptedValue).toMatch(/^105\.60\|EUR/);
    expect(await rows()).toEqual([]);
  });
});
