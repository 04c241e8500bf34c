import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { ListingMemory, PartMemory, PartOutcome } from '../../../../src/features/listings/listing.js';
import { ERASED_OFFER, type Handover, ListingService } from '../../../../src/features/listings/listing-service.js';
import type { Part } from '../../../../src/features/offers/offer-settings.js';
import { describeEachDatabase, type TestDatabase } from '../../../support/test-databases.js';

const ACCOUNT = 5;
const [POOL, FR, DE] = [0, 11, 12];

/** A value of the SKU "MUG" of product 7, on FR unless it is the quantity. */
const handover = (part: Part, value: string, changes: Partial<Handover> = {}): Handover => ({
  sku: 'MUG',
  shopId: 1,
  productId: 7,
  combinationId: 0,
  marketplaceId: part === 'quantity' ? POOL : FR,
  part,
  value,
  revision: 1,
  ...changes,
});

describeEachDatabase('The memory of listings', (_name, open) => {
  let database: TestDatabase;
  let listings: ListingService;
  beforeAll(async () => {
    database = await open();
    listings = new ListingService(database.db);
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    for (const table of ['pool_listing', 'listing', 'part', 'history']) await database.db(table).delete();
  });

  const by = (feedId: number, atMs = feedId * 1_000) => ({ feedId, accountId: ACCOUNT, runId: 3, atMs });
  const hand = (feedId: number, ...handovers: Handover[]) => listings.handOver(handovers, by(feedId));
  /** Settles a feed: what is named fails so, everything else of it is accepted. */
  const settle = async (
    feedId: number,
    failed: Record<string, PartOutcome['state']> = {},
    options: { unknownSkus?: readonly string[]; marketplaceId?: number } = {},
  ) => {
    const carried = await listings.carriedBy(feedId);
    const outcomes = carried.flatMap(({ poolListingId, part, sku }) => {
      const state = failed[`${sku}/${part}`];
      return state === undefined ? [] : [{ poolListingId, part, state }];
    });
    const unknown = new Set(options.unknownSkus ?? []);
    const unknownSkus = carried.filter((part) => unknown.has(part.sku)).map((part) => part.poolListingId);
    const settlement = { carried, outcomes, unknownSkus, marketplaceId: options.marketplaceId ?? FR };
    await listings.settle(settlement, by(feedId, feedId * 1_000 + 500));
  };
  const memory = async (sku = 'MUG'): Promise<ListingMemory | undefined> =>
    (await listings.ofSkus(ACCOUNT, [sku])).find((one) => one.sku === sku);
  const price = async (marketplaceId = FR): Promise<PartMemory | undefined> =>
    (await memory())?.marketplaces.get(marketplaceId)?.parts.price;
  const history = async (sku = 'MUG') =>
    (await listings.history(ACCOUNT, sku, 100))
      .toReversed()
      .map(
        (one) => `${one.marketplaceId} ${one.part} ${one.event} ${one.valueBefore} → ${one.value}, feed ${one.feedId}`,
      );

  it('knows nothing of what was never handed over', async () => {
    expect(await listings.ofSkus(ACCOUNT, ['MUG'])).toEqual([]);
    expect(await listings.ofProducts(ACCOUNT, [1], [7])).toEqual([]);
    expect(await listings.ofProducts(ACCOUNT, [1], [])).toEqual([]);
    expect(await listings.carriedBy(1)).toEqual([]);
  });

  it('keeps a value handed over as open, with feed, revision and time', async () => {
    await hand(1, handover('price', '9.90|EUR', { revision: 44 }), handover('quantity', '5', { revision: 44 }));
    expect(await memory()).toMatchObject({ sku: 'MUG', shopId: 1, productId: 7, combinationId: 0, channel: '' });
    expect(await price()).toEqual({
      state: 'open',
      desiredValue: '9.90|EUR',
      submittedValue: '9.90|EUR',
      submittedFeedId: 1,
      submittedRevision: 44,
      submittedAtMs: 1_000,
      acceptedValue: null,
      acceptedAtMs: null,
      effectiveValue: null,
      effectiveAtMs: null,
      suspectGroup: null,
      tries: 0,
    });
    expect((await memory())?.quantity).toMatchObject({ state: 'open', submittedValue: '5' });
    expect((await memory())?.marketplaces.get(FR)).toMatchObject({ atAmazon: null, createIntent: false });
  });

  it('lists what a feed carries, each with its product', async () => {
    await hand(1, handover('price', '9.90|EUR'), handover('price', '5.00|EUR', { sku: 'CUP', productId: 8 }));
    await hand(2, handover('quantity', '5'));
    const carried = await listings.carriedBy(1);
    expect(carried.map(({ sku, productId, part, value, tries }) => [sku, productId, part, value, tries])).toEqual([
      ['MUG', 7, 'price', '9.90|EUR', 0],
      ['CUP', 8, 'price', '5.00|EUR', 0],
    ]);
  });

  it('takes more values in one feed than fit into one statement', async () => {
    const many = Array.from({ length: 1_203 }, (_, index) =>
      handover('price', '1|EUR', { sku: `S${index}`, productId: index + 1 }),
    );
    await hand(1, ...many);
    await settle(1, { 'S7/price': 'rejected' });
    expect(await listings.count(ACCOUNT)).toBe(1_203);
    const states = await database.db('part').groupBy('state').select('state').count({ count: '*' }).orderBy('state');
    expect(states).toEqual([
      { state: 'accepted', count: 1_202 },
      { state: 'rejected', count: 1 },
    ]);
  });

  it('takes what is not refused as accepted, and then as known to be at Amazon', async () => {
    await hand(1, handover('price', '9.90|EUR'), handover('quantity', '5'));
    await settle(1);
    expect(await price()).toMatchObject({
      state: 'accepted',
      acceptedValue: '9.90|EUR',
      acceptedAtMs: 1_500,
      tries: 0,
    });
    expect((await memory())?.quantity).toMatchObject({ state: 'accepted', acceptedValue: '5' });
    expect((await memory())?.marketplaces.get(FR)?.atAmazon).toBe(true);
  });

  it('does not take an accepted stock as proof of any marketplace', async () => {
    await hand(1, handover('quantity', '5'), handover('price', '1|EUR'));
    await settle(1, { 'MUG/price': 'rejected' });
    expect((await memory())?.marketplaces.get(FR)?.atAmazon).toBeNull();
  });

  it('keeps the last accepted value beside a newer one that was refused', async () => {
    await hand(1, handover('price', '9.90|EUR'));
    await settle(1);
    await hand(2, handover('price', '8.00|EUR'));
    await settle(2, { 'MUG/price': 'rejected' });
    expect(await price()).toMatchObject({ state: 'rejected', submittedValue: '8.00|EUR', acceptedValue: '9.90|EUR' });
  });

  it('counts unclear answers in a row, and forgets them with the first clear one', async () => {
    for (const feedId of [1, 2, 3]) {
      await hand(feedId, handover('price', '9.90|EUR'));
      expect(await listings.carriedBy(feedId)).toMatchObject([{ tries: feedId - 1 }]);
      await settle(feedId, { 'MUG/price': 'unknown' });
    }
    expect(await price()).toMatchObject({ state: 'unknown', tries: 3 });
    await hand(4, handover('price', '9.90|EUR'));
    await settle(4);
    expect(await price()).toMatchObject({ state: 'accepted', tries: 0 });
  });

  it('takes a feed that nobody can answer for as unknown, without blaming its values', async () => {
    await hand(1, handover('price', '9.90|EUR'), handover('quantity', '5'));
    await listings.lose(by(1));
    expect(await price()).toMatchObject({ state: 'unknown', acceptedValue: null, tries: 0 });
    expect((await memory())?.quantity).toMatchObject({ state: 'unknown', tries: 0 });
    expect(await listings.carriedBy(1)).toEqual([]);
  });

  it('settles only what the feed carries, not what another has in flight', async () => {
    await hand(1, handover('price', '9.90|EUR'));
    await hand(2, handover('price', '9.90|EUR', { marketplaceId: DE }));
    await settle(2, {}, { marketplaceId: DE });
    expect(await price(FR)).toMatchObject({ state: 'open' });
    expect(await price(DE)).toMatchObject({ state: 'accepted' });
    expect((await memory())?.marketplaces.get(FR)?.atAmazon).toBeNull();
  });

  it('notes values that must wait as desired and hands nothing over', async () => {
    await hand(1, handover('price', '9.90|EUR'));
    await settle(1);
    await listings.desire(ACCOUNT, [handover('price', '8.00|EUR'), handover('images', 'sha256:1')], 9_000);
    expect(await price()).toMatchObject({ state: 'accepted', desiredValue: '8.00|EUR', submittedValue: '9.90|EUR' });
    const images = (await memory())?.marketplaces.get(FR)?.parts.images;
    expect(images).toMatchObject({ state: 'none', desiredValue: 'sha256:1', submittedValue: null });
    expect(await history()).toHaveLength(2);
  });

  it('remembers an intent to create until Amazon accepts the listing', async () => {
    await listings.intendToCreate(ACCOUNT, FR, [handover('offer', '')], 100);
    expect((await memory())?.marketplaces.get(FR)).toMatchObject({ createIntent: true, atAmazon: null });
    await hand(1, handover('offer', 'EAN:4006381333931|New'));
    await settle(1, { 'MUG/offer': 'rejected' });
    expect((await memory())?.marketplaces.get(FR)).toMatchObject({ createIntent: true, atAmazon: null });
    await hand(2, handover('offer', 'ASIN:B000000001|New'));
    await settle(2);
    expect((await memory())?.marketplaces.get(FR)).toMatchObject({ createIntent: false, atAmazon: true });
  });

  it('knows that Amazon does not know a SKU, and forgets what it had accepted of it there', async () => {
    await hand(1, handover('price', '9.90|EUR'), handover('offer', 'EAN:4006381333931|New'), handover('quantity', '5'));
    await settle(1);
    await hand(2, handover('price', '8.00|EUR'));
    await settle(2, { 'MUG/price': 'rejected' }, { unknownSkus: ['MUG'] });
    const known = await memory();
    expect(known?.marketplaces.get(FR)?.atAmazon).toBe(false);
    expect(known?.marketplaces.get(FR)?.parts.offer).toMatchObject({ state: 'none', acceptedValue: null });
    expect(known?.marketplaces.get(FR)?.parts.price).toMatchObject({ state: 'rejected', acceptedValue: null });
    expect(known?.quantity).toMatchObject({ state: 'none', acceptedValue: null });
  });

  it('keeps the one stock of a SKU that another marketplace still has', async () => {
    await hand(1, handover('price', '9.90|EUR'), handover('quantity', '5'));
    await settle(1);
    await hand(2, handover('price', '9.90|EUR', { marketplaceId: DE }));
    await settle(2, {}, { marketplaceId: DE });
    await hand(3, handover('price', '8.00|EUR'));
    await settle(3, { 'MUG/price': 'rejected' }, { unknownSkus: ['MUG'] });
    expect((await memory())?.quantity).toMatchObject({ state: 'accepted', acceptedValue: '5' });
    expect(await price(DE)).toMatchObject({ state: 'accepted', acceptedValue: '9.90|EUR' });
  });

  it('forgets a listing that was taken off Amazon: one made anew starts from nothing', async () => {
    await hand(1, handover('price', '9.90|EUR'), handover('offer', 'EAN:4006381333931|New'));
    await settle(1);
    await hand(2, handover('offer', ERASED_OFFER));
    await settle(2);
    const known = (await memory())?.marketplaces.get(FR);
    expect(known?.atAmazon).toBe(false);
    expect(known?.parts.price).toMatchObject({ state: 'none', acceptedValue: null });
    expect(known?.parts.offer).toMatchObject({ state: 'none', acceptedValue: null });
    expect(await history()).toContain(`${FR} offer accepted EAN:4006381333931|New → erased, feed 2`);
  });

  it('keeps one row of history per change, with the value before', async () => {
    await hand(1, handover('price', '9.90|EUR'));
    await settle(1);
    await hand(2, handover('price', '8.00|EUR'));
    await settle(2, { 'MUG/price': 'rejected' });
    await hand(3, handover('price', '7.00|EUR'));
    await settle(3, { 'MUG/price': 'unknown' });
    await hand(4, handover('price', '7.00|EUR'));
    await listings.lose(by(4));
    expect(await history()).toEqual([
      `${FR} price submitted null → 9.90|EUR, feed 1`,
      `${FR} price accepted null → 9.90|EUR, feed 1`,
      `${FR} price submitted 9.90|EUR → 8.00|EUR, feed 2`,
      `${FR} price rejected 9.90|EUR → 8.00|EUR, feed 2`,
      `${FR} price submitted 9.90|EUR → 7.00|EUR, feed 3`,
      `${FR} price unknown 9.90|EUR → 7.00|EUR, feed 3`,
      `${FR} price submitted 9.90|EUR → 7.00|EUR, feed 4`,
      `${FR} price unknown 9.90|EUR → 7.00|EUR, feed 4`,
    ]);
    expect(await listings.history(ACCOUNT, 'MUG', 1)).toMatchObject([{ event: 'unknown', runId: 3, atMs: 4_000 }]);
    expect(await listings.history(ACCOUNT + 1, 'MUG', 9)).toEqual([]);
  });

  it('changes the carrier of a SKU that another item hands over now', async () => {
    await hand(1, handover('price', '9.90|EUR'));
    await hand(2, handover('quantity', '5', { productId: 9, combinationId: 4 }));
    expect(await listings.ofProducts(ACCOUNT, [1], [7])).toEqual([]);
    expect(await listings.ofProducts(ACCOUNT, [1], [9])).toMatchObject([{ sku: 'MUG', combinationId: 4 }]);
    expect(await listings.count(ACCOUNT)).toBe(1);
  });

  it('tells SKUs apart byte for byte', async () => {
    await hand(1, ...['mug', 'MUG', 'müg'].map((sku) => handover('price', '1|EUR', { sku })));
    expect((await listings.ofSkus(ACCOUNT, ['MUG'])).map((one) => one.sku)).toEqual(['MUG']);
    expect(await listings.count(ACCOUNT)).toBe(3);
  });

  it('keeps accounts and shops apart', async () => {
    await hand(1, handover('price', '1|EUR'));
    await listings.handOver([handover('price', '2|EUR')], { ...by(2), accountId: ACCOUNT + 1 });
    await hand(3, handover('price', '3|EUR', { sku: 'OTHER', shopId: 2 }));
    expect(await price()).toMatchObject({ submittedValue: '1|EUR' });
    expect((await listings.ofProducts(ACCOUNT, [1], [7])).map((one) => one.sku)).toEqual(['MUG']);
    expect(await listings.count(ACCOUNT)).toBe(2);
    expect(await listings.countOf({ only: ACCOUNT + 1 })).toBe(1);
    expect(await listings.countOf({ allBut: [ACCOUNT + 1] })).toBe(2);
  });

  it('reads products that lie close together and far apart alike', async () => {
    const productIds = [1, 2, 3, 5, 8, 400, 90_000];
    await hand(1, ...productIds.map((productId) => handover('price', '1|EUR', { sku: `P${productId}`, productId })));
    const skus = async (wanted: readonly number[]) =>
      (await listings.ofProducts(ACCOUNT, [1], wanted)).map((one) => one.sku).toSorted();
    expect(await skus([1, 2, 3])).toEqual(['P1', 'P2', 'P3']);
    expect(await skus([1, 3, 5])).toEqual(['P1', 'P3', 'P5']);
    expect(await skus([2, 90_000])).toEqual(['P2', 'P90000']);
    expect(await skus([4])).toEqual([]);
    const whole = await listings.ofProducts(ACCOUNT, [1], [1, 3, 90_000]);
    expect(whole.every((one) => one.marketplaces.get(FR)?.parts.price?.state === 'open')).toBe(true);
  });

  it('tells by product and by SKU the same of a part, whatever became of its values', async () => {
    await hand(1, handover('offer', 'EAN:4006381333931|New'), handover('price', '1|EUR'), handover('quantity', '5'));
    await hand(1, handover('price', '7|EUR', { marketplaceId: DE }));
    await settle(1, { 'MUG/offer': 'rejected' });
    await hand(2, handover('price', '2|EUR'), handover('quantity', '6'));
    await settle(2, { 'MUG/quantity': 'rejected' });
    await hand(3, handover('price', '3|EUR'));
    const [byProduct] = await listings.ofProducts(ACCOUNT, [1], [7]);
    expect(byProduct?.marketplaces.get(FR)?.parts.price).toMatchObject({
      submittedValue: '3|EUR',
      acceptedValue: '2|EUR',
    });
    expect(byProduct?.marketplaces.get(FR)?.parts.offer).toMatchObject({ state: 'rejected', acceptedValue: null });
    expect(byProduct?.quantity).toMatchObject({ submittedValue: '6', acceptedValue: '5' });
    expect(byProduct?.marketplaces.get(DE)?.parts.price).toMatchObject({
      submittedValue: '7|EUR',
      acceptedValue: '7|EUR',
    });
    expect(await memory()).toMatchObject(byProduct ?? {});
  });

  it('is read page by page, and product by product', async () => {
    await hand(1, ...[3, 1, 2].map((productId) => handover('price', '1|EUR', { sku: `P${productId}`, productId })));
    await hand(2, handover('price', '1|EUR', { sku: 'P2-b', productId: 2, combinationId: 5 }));
    const first = await listings.page(ACCOUNT, 0, 3);
    const second = await listings.page(ACCOUNT, first.at(-1)?.poolListingId ?? 0, 3);
    expect([...first, ...second].map((one) => one.sku)).toEqual(['P3', 'P1', 'P2', 'P2-b']);
    const productIds: number[] = [];
    for await (const page of listings.productIds(ACCOUNT, 1)) productIds.push(...page);
    expect(productIds).toEqual([1, 2, 3]);
  });

  it('tells which products have something in flight', async () => {
    await hand(1, handover('price', '1|EUR'), handover('price', '1|EUR', { sku: 'CUP', productId: 8 }));
    await hand(2, handover('quantity', '5'));
    await settle(1);
    expect([...(await listings.productsInFlight(ACCOUNT, [1], [7, 8, 9]))]).toEqual([7]);
    await settle(2);
    expect((await listings.productsInFlight(ACCOUNT, [1], [7, 8])).size).toBe(0);
    expect((await listings.productsInFlight(ACCOUNT, [1], [])).size).toBe(0);
  });
});
