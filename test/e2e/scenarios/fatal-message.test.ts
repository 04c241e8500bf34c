import { afterAll, beforeAll, expect, it } from 'vitest';
import { SellingBridge } from './selling-bridge.js';

const [BOARD, STOVE, CARD] = [
  { id: 11, sku: 'BOARD-02' },
  { id: 145, sku: 'STOVE-23' },
  { id: 191, sku: 'BOARD-69' },
] as const;

let selling: SellingBridge;
beforeAll(async () => {
  selling = await SellingBridge.open([BOARD, STOVE, CARD].map(({ id }) => id));
});
afterAll(() => selling?.close());

it('The price that makes every feed end FATAL is found and rejected; the others are at Amazon', async () => {
  const start = await selling.logEnd();
  const price = { types: ['POST_PRODUCT_PRICING_DATA'], skus: [STOVE.sku] };
  await selling.amazon.command({ kind: 'fatal', every: 1, ...price });
  for (const { id } of [BOARD, STOVE, CARD]) await selling.office.setPrice(id, '55.000000');
  await selling.sendChanges();
  for (let rounds = 0; rounds < 6; rounds += 1) {
    selling.later(2);
    await selling.bridge.run('export', '--send', '--wait');
  }
  expect(await selling.bridge.json('queue', 'list')).toEqual([]);
  const pricesOf = async (sku: string) =>
    (await selling.since(start, sku)).filter(({ kind }) => kind === 'price').map(({ what }) => what.price);
  expect(await pricesOf(STOVE.sku)).toEqual([]);
  expect(await pricesOf(BOARD.sku)).toEqual(['66.00', '65.45']);
  expect(await pricesOf(CARD.sku)).toEqual(['66.00', '65.45']);
  // France and Germany have feeds of their own: each looks for the message by itself.
  const feeds = await selling.bridge.json<readonly { status: string; errors: number | null }[]>('feed', 'list');
  const fatal = feeds.filter(({ status }) => status === 'fatal');
  expect(fatal.length).toBeLessThanOrEqual(2 * 5);
  expect(fatal.filter(({ errors }) => errors === 1)).toHaveLength(2);
});
