import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type FeedReference,
  type Handover,
  ListingService,
} from '../../../../src/features/listings/listing-service.js';
import { ReadingStore } from '../../../../src/features/listings/reading-store.js';
import { QueueService } from '../../../../src/features/queue/queue-service.js';
import { describeEachDatabase, type TestDatabase } from '../../../support/test-databases.js';

const ACCOUNT = 5;
const FR = 11;
const NUMBERS = Array.from({ length: 150 }, (_, index) => index + 1);

const handover = (number: number, part: 'price' | 'quantity'): Handover => ({
  ...{ sku: `S${number}`, shopId: 1, productId: number, combinationId: 0, revision: 1 },
  marketplaceId: part === 'quantity' ? 0 : FR,
  part,
  value: part === 'quantity' ? '5' : '9.90|EUR',
});

describeEachDatabase('Those who write listings at once', (_name, open) => {
  let database: TestDatabase;
  let listings: ListingService;
  let readings: ReadingStore;
  let queue: QueueService;
  beforeAll(async () => {
    database = await open();
    listings = new ListingService(database.db);
    readings = new ReadingStore(database.db);
    queue = new QueueService(database.db);
  });
  afterAll(() => database.drop());

  const by = (feedId: number): FeedReference => ({ feedId, accountId: ACCOUNT, runId: 3, atMs: feedId });
  /** As a settlement does it: listings, then the queue, in one transaction. */
  const settle = async (feedId: number) => {
    const carried = await listings.carriedBy(feedId);
    await database.db.transaction(async (transaction) => {
      await listings.on(transaction).settle({ carried, outcomes: [], unknownSkus: [], marketplaceId: FR }, by(feedId));
      const productIds = carried.map((part) => part.productId);
      await queue.on(transaction).end({ shopId: 1, productIds, neededParts: new Map([[FR, 0]]), runId: null });
    });
  };
  const read = (numbers: readonly number[]) =>
    readings.write(
      numbers.map((number) => ({
        ...{ sku: `S${number}`, asin: `A${number}`, status: 'Active', channel: '' },
        price: '9.80|EUR',
        quantity: '4',
      })),
      { accountId: ACCOUNT, marketplaceId: FR, atMs: 1 },
    );
  const mark = () => queue.mark({ shopId: 1, productIds: NUMBERS, marketplaceIds: [FR], action: 'update' }, 'sweep');
  const hand = (feedId: number, numbers: readonly number[], part: 'price' | 'quantity') =>
    listings.handOver(
      numbers.map((number) => handover(number, part)),
      by(feedId),
    );

  it('all come to their end, in whatever order they meet the same SKUs', async () => {
    const backwards = NUMBERS.toReversed();
    for (let round = 0; round < 4; round += 1) {
      const [price, quantity] = [2 * round + 1, 2 * round + 2];
      await mark();
      await queue.claim({ runId: 3, marketplaceIds: [FR], parts: 0, maxProducts: 999 });
      await Promise.all([hand(price, NUMBERS, 'price'), hand(quantity, backwards, 'quantity'), read(backwards)]);
      const wanted = backwards.map((number) => handover(number, 'price'));
      await Promise.all([
        ...[settle(price), settle(quantity), read(NUMBERS), read(backwards)],
        ...[mark(), listings.desire(ACCOUNT, wanted, 1), queue.releaseStale([FR], 4)],
      ]);
      expect(await listings.carriedBy(price)).toEqual([]);
      expect(await listings.carriedBy(quantity)).toEqual([]);
    }
    const memories = await listings.ofSkus(
      ACCOUNT,
      NUMBERS.map((number) => `S${number}`),
    );
    expect(new Set(memories.map((one) => one.quantity?.acceptedValue))).toEqual(new Set(['5']));
    expect(memories).toHaveLength(NUMBERS.length);
  });
});
