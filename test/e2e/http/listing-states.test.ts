import { afterAll, beforeAll, expect, it } from 'vitest';
import { LISTING_STATES, ListingViews } from '../../../src/features/listings/listing-views.js';
import { describeEachDatabase, type TestDatabase } from '../../support/test-databases.js';

const FR = 1;
const DE = 2;
const POOL = 0;

interface PartRow {
  readonly part: string;
  readonly marketplace: number;
  readonly state: string;
  readonly desired?: string;
  readonly submitted?: string;
  readonly accepted?: string;
  readonly effective?: string;
  readonly effectiveAt?: number;
}

const price = (state: string, values: Partial<PartRow> = {}): PartRow => ({
  part: 'price',
  marketplace: FR,
  state,
  ...values,
});
const done = { desired: '9.90|EUR', submitted: '9.90|EUR', accepted: '9.90|EUR' };
const sale = '9.90|EUR|7.90|2026-11-21|2026-12-01';

/** One SKU for each way to a state, on FR. */
const SAMPLES: readonly (readonly [
  sku: string,
  state: string,
  parts: readonly PartRow[],
  also?: { product?: number; atAmazon?: number },
])[] = [
  ['ORPHAN', 'orphaned', [price('rejected', done)], { product: 0 }],
  [
    'REFUSED-OFFER',
    'rejected',
    [price('accepted', done), { part: 'offer', marketplace: FR, state: 'rejected' }],
    { atAmazon: 0 },
  ],
  ['REFUSED-PRICE', 'rejected', [price('rejected', done)]],
  ['REFUSED-STOCK', 'rejected', [price('accepted', done), { part: 'quantity', marketplace: POOL, state: 'rejected' }]],
  ['MATCH-ME', 'not-at-amazon', [price('rejected', done)], { atAmazon: 0 }],
  ['NOBODY-KNOWS', 'unknown', [price('unknown', done)]],
  ['ON-ITS-WAY', 'sent', [price('open', done)]],
  ['DRIFTED', 'drifted', [price('accepted', { ...done, effective: '8.00|EUR', effectiveAt: 20 })]],
  ['DRIFTED-DIGIT', 'drifted', [price('accepted', { ...done, effective: '9.9', effectiveAt: 20 })]],
  ['READ-BEFORE', 'in-step', [price('accepted', { ...done, effective: '8.00|EUR', effectiveAt: 5 })]],
  [
    'ON-SALE',
    'in-step',
    [price('accepted', { desired: sale, submitted: sale, accepted: sale, effective: '9.90|EUR', effectiveAt: 20 })],
  ],
  ['WAITS', 'waiting', [price('none', { desired: '9.90|EUR' })]],
  ['WAITS-AGAIN', 'waiting', [price('accepted', { ...done, desired: '5.00|EUR' })]],
  ['IN-STEP', 'in-step', [price('accepted', done), { part: 'quantity', marketplace: POOL, state: 'accepted' }]],
  ['ONLY-STOCK', 'in-step', [{ part: 'quantity', marketplace: POOL, state: 'accepted' }]],
  [
    'ONLY-STOCK-HERE',
    'listed',
    [
      price('none', { effective: '9.90|EUR', effectiveAt: 5 }),
      { part: 'quantity', marketplace: POOL, state: 'accepted' },
    ],
  ],
  ['OTHER-PLACE', 'listed', [{ part: 'price', marketplace: DE, state: 'rejected' }]],
];

describeEachDatabase('The state of a listing', (_name, open) => {
  let database: TestDatabase;
  let views: ListingViews;
  beforeAll(async () => {
    database = await open();
    views = new ListingViews(database.db);
    for (const [index, [sku, , parts, also = {}]] of SAMPLES.entries()) {
      const id = index + 1;
      const { product = id, atAmazon = 1 } = also;
      await database.db('pool_listing').insert({
        id,
        account_id: 1,
        sku,
        shop_id: 1,
        product_id: product,
        combination_id: 0,
        channel: '',
        created_at_ms: 1,
      });
      for (const marketplace of sku === 'OTHER-PLACE' ? [FR, DE] : [FR])
        await database.db('listing').insert({
          pool_listing_id: id,
          marketplace_id: marketplace,
          at_amazon: atAmazon,
          create_intent: 0,
          asin: 'B0',
          status: '',
        });
      for (const part of parts) await database.db('part').insert(toRow(id, part));
    }
  });
  afterAll(() => database.drop());

  it.each(SAMPLES)('of %s is %s', async (sku, state) => {
    const rows = await views.list({ marketplaceIds: [FR], state: null, afterId: 0, limit: 100 });
    expect(rows.find((row) => row.sku === sku)?.state).toBe(state);
  });

  it('is counted as it is listed', async () => {
    const counts = await views.countByState([FR]);
    for (const state of LISTING_STATES) {
      const listed = await views.list({ marketplaceIds: [FR], state, afterId: 0, limit: 100 });
      expect([state, counts.get(state) ?? 0]).toEqual([state, listed.length]);
      expect(listed.map((row) => row.sku)).toEqual(SAMPLES.filter(([, one]) => one === state).map(([sku]) => sku));
    }
    expect(await views.countByState([DE])).toEqual(new Map([['rejected', 1]]));
    expect(await views.countByState([])).toEqual(new Map());
  });

  it('comes with the values of its own marketplace and of the pool, page by page', async () => {
    const [row] = await views.list({ marketplaceIds: [FR], state: 'waiting', afterId: 12, limit: 1 });
    expect(row).toMatchObject({
      sku: 'WAITS-AGAIN',
      productId: 13,
      marketplaceId: FR,
      price: { desired: '5.00|EUR', submitted: '9.90|EUR', effective: null },
      quantity: { desired: null, submitted: null, effective: null },
    });
  });
});

function toRow(poolListingId: number, row: PartRow) {
  return {
    pool_listing_id: poolListingId,
    marketplace_id: row.marketplace,
    part: row.part,
    state: row.state,
    desired_value: row.desired ?? null,
    submitted_value: row.submitted ?? null,
    accepted_value: row.accepted ?? null,
    accepted_at_ms: row.accepted === undefined ? null : 10,
    effective_value: row.effective ?? null,
    effective_at_ms: row.effectiveAt ?? null,
    tries: 0,
  };
}
