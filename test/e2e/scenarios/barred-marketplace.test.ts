import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AMAZON_ID, SellingBridge } from './selling-bridge.js';

const BOARD = { id: 11, sku: 'BOARD-02' };

let selling: SellingBridge;
beforeAll(async () => {
  selling = await SellingBridge.open([BOARD.id]);
});
afterAll(() => selling?.close());

/** The type and marketplaces of each feed that Amazon got. */
async function feedsSince(afterId: number): Promise<readonly unknown[][]> {
  const made = await selling.amazon.log(`?after=${afterId}&kind=feed-created`);
  return made.map(({ what }) => [what.feedType, what.marketplaceIds]);
}

describe('An item barred on one marketplace of two', () => {
  it('loses its offer there alone by a Delete in a feed for that marketplace, and keeps its stock', async () => {
    const start = await selling.logEnd();
    await selling.bridge.run('option', 'set', String(BOARD.id), 'disabled', 'yes', '--marketplace', 'DE');
    await selling.sendChanges();
    const happened = await selling.since(start, BOARD.sku);
    expect(happened.map(({ kind, marketplaceId }) => `${kind} ${marketplaceId}`).toSorted()).toEqual([
      `not-buyable ${AMAZON_ID.DE}`,
      `offer-deleted ${AMAZON_ID.DE}`,
    ]);
    expect(await feedsSince(start)).toEqual([['POST_PRODUCT_DATA', [AMAZON_ID.DE]]]);
  });

  it('is not deleted twice, and its stock goes on for the other marketplace', async () => {
    const start = await selling.logEnd();
    await selling.office.setStock(BOARD.id, 0, 5);
    await selling.office.setPrice(BOARD.id, '50.000000');
    await selling.sendChanges();
    await selling.bridge.run('export', '--products', String(BOARD.id), '--send', '--wait');
    expect((await feedsSince(start)).map(([type]) => type)).not.toContain('POST_PRODUCT_DATA');
    expect(await selling.quantitiesSince(start, BOARD.sku)).toEqual([5]);
    expect(await selling.buyableSince(start, BOARD.sku, 'FR')).toEqual(['60.00']);
    expect(await selling.since(start, BOARD.sku)).not.toContainEqual(
      expect.objectContaining({ marketplaceId: AMAZON_ID.DE }),
    );
  });
});
