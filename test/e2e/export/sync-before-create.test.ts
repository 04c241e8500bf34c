import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  addSeller,
  type ExportProgram,
  openExportProgram,
  type SellerAccount,
  send,
} from '../../support/export-program.js';
import { describeEachDatabase, type TestDatabase } from '../../support/test-databases.js';

describeEachDatabase('a shop that is sent before its offers are created', (_name, open) => {
  let database: TestDatabase;
  let shop: ExportProgram;
  let seller: SellerAccount;
  beforeAll(async () => {
    database = await open();
    shop = await openExportProgram({ databaseUrl: database.url });
    seller = await addSeller(shop);
    await shop.program.sweep.sweep();
  });
  afterAll(async () => {
    await shop?.close();
    await database?.drop();
  });

  /** The parts of every SKU that has an accepted offer, by their state. */
  const statesOfOffered = async () => {
    const marketplaceId = seller.marketplaces[0]?.id ?? 0;
    const memories = await shop.program.listings.page(seller.account.id, 0, 5_000);
    const offered = memories.filter((one) => one.marketplaces.get(marketplaceId)?.parts.offer?.state === 'accepted');
    return {
      offers: offered.length,
      // A price that the rules withhold has no state.
      prices: new Set(offered.flatMap((one) => one.marketplaces.get(marketplaceId)?.parts.price?.state ?? [])),
      quantities: new Set(offered.map((one) => one.quantity?.state)),
    };
  };

  it('is refused by Amazon, which does not know its SKUs: no offer is created (S3-025)', async () => {
    const { totals } = await send(shop, {}, true);
    expect(totals.rejected).toBeGreaterThan(100);
    expect(await statesOfOffered()).toMatchObject({ offers: 0 });
  });

  it('is sent whole at once with create (S3-032), as soon as its offers are there, for the same mark as well', async () => {
    // The mark of a person for creation is older than nothing that was refused: what lapses is the refusal itself.
    await database.db('part').where({ state: 'rejected' }).update({ submitted_revision: 1_000_000 });
    const run = await send(shop, { all: true, create: true });
    const { offers, prices, quantities } = await statesOfOffered();
    expect(offers).toBeGreaterThan(100);
    expect({ prices, quantities }).toEqual({ prices: new Set(['accepted']), quantities: new Set(['accepted']) });
    expect(run.status).toBe('done');
  });
});
