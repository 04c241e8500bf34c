import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SellingBridge } from './selling-bridge.js';
import { addCombination, deleteCombination, deleteProduct } from './shop-surgery.js';

const RENAMED = { id: 11, sku: 'BOARD-02' };
const SPLIT = { id: 145, sku: 'STOVE-23' };
const GONE = { id: 191, sku: 'BOARD-69' };
const BOTTLE = {
  id: 68,
  deleted: { id: 244, sku: 'BOTTLE-02-05L-WHT' },
  kept: { id: 246, sku: 'BOTTLE-02-05L-RED', skuOfIds: '68-246' },
};

let selling: SellingBridge;
let start: number;
beforeAll(async () => {
  selling = await SellingBridge.open([RENAMED, SPLIT, GONE, BOTTLE].map(({ id }) => id));
  start = await selling.logEnd();
});
afterAll(() => selling?.close());

/** From now on nobody can buy it anywhere, and it was said once. */
async function expectWithdrawn(sku: string, afterId = start): Promise<void> {
  expect(await selling.quantitiesSince(afterId, sku)).toEqual([0]);
  expect(await selling.buyableSince(afterId, sku, 'FR')).toEqual([null]);
  expect(await selling.buyableSince(afterId, sku, 'DE')).toEqual([null]);
}

describe('A SKU that nothing in the shop sells any more is brought to 0, and stays there:', () => {
  it('of a renamed reference, sent again until Amazon has accepted it, then not repeated', async () => {
    expect(await selling.stock(RENAMED.sku)).toBeGreaterThan(0);
    await selling.amazon.command({ kind: 'cancelled', types: ['POST_INVENTORY_AVAILABILITY_DATA'] });
    await selling.office.renameReference(RENAMED.id, 0, 'BOARD-NEW');
    await selling.sendChanges();
    expect(await selling.quantitiesSince(start, RENAMED.sku)).toEqual([]);
    expect(await selling.bridge.json('queue', 'list')).not.toEqual([]);
    selling.later(2);
    await selling.bridge.run('export', '--send', '--wait');
    await expectWithdrawn(RENAMED.sku);
    expect(await selling.bridge.json('queue', 'list')).toEqual([]);
    await selling.bridge.run('export', '--products', String(RENAMED.id), '--send', '--wait');
    await expectWithdrawn(RENAMED.sku);
  });

  it('of a deleted combination, while its siblings go on', async () => {
    await deleteCombination(selling.shop, BOTTLE.deleted.id);
    await selling.sendChanges();
    await expectWithdrawn(BOTTLE.deleted.sku);
    expect(await selling.since(start, BOTTLE.kept.sku)).toEqual([]);
  });

  it('of a simple product that was turned into combinations', async () => {
    for (const [combinationId, reference] of [
      [9_001, 'STOVE-23-S'],
      [9_002, 'STOVE-23-L'],
    ] as const) {
      const key = { id_product: SPLIT.id, id_product_attribute: combinationId };
      await addCombination(selling.shop, { like: BOTTLE.kept.id, ...key, reference });
      await selling.office.setStock(SPLIT.id, combinationId, 30);
    }
    await selling.sendChanges();
    await expectWithdrawn(SPLIT.sku);
  });

  it('of a product that was deleted in the shop, once two looks have missed it', async () => {
    await deleteProduct(selling.shop, GONE.id);
    await selling.sendChanges();
    // A product may be missing because the shop is just writing it.
    expect(await selling.since(start, GONE.sku)).toEqual([]);
    selling.later(2);
    await selling.sendChanges();
    await expectWithdrawn(GONE.sku);
  });

  it('whatever is sent later', async () => {
    await selling.bridge.run('export', '--send', '--all', '--wait', '--stock-only');
    for (const sku of [RENAMED.sku, BOTTLE.deleted.sku, SPLIT.sku, GONE.sku]) {
      expect(await selling.stock(sku)).toBe(0);
      expect(await selling.buyableSince(start, sku, 'FR')).toEqual([null]);
    }
  });

  it('of another SKU source, and again when that is taken back: nothing is sold under both', async () => {
    const { sku, skuOfIds } = BOTTLE.kept;
    const before = await selling.stock(sku);
    const changed = await selling.logEnd();
    await changeSource('ids');
    await expectWithdrawn(sku, changed);
    await selling.bridge.run('export', '--products', String(BOTTLE.id), '--create', '--send', '--wait');
    expect([await selling.stock(sku), await selling.stock(skuOfIds)]).toEqual([0, before]);
    await changeSource('reference');
    expect([await selling.stock(sku), await selling.stock(skuOfIds)]).toEqual([before, 0]);
    expect(await selling.stock(RENAMED.sku)).toBe(0);
  });
});

async function changeSource(source: string): Promise<void> {
  await selling.bridge.run('settings', 'set', 'sku-source', source, '--yes');
  await selling.sendChanges();
  await selling.releaseHeld();
}
