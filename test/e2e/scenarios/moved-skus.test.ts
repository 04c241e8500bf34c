import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SellingBridge } from './selling-bridge.js';
import { swapReferences } from './shop-surgery.js';

const BOARD = { id: 11, sku: 'BOARD-02' };
const STOVE = { id: 145, sku: 'STOVE-23' };
const CARD = { id: 191, sku: 'BOARD-69' };
const SKUS = [BOARD.sku, STOVE.sku];

let selling: SellingBridge;
beforeAll(async () => {
  selling = await SellingBridge.open([BOARD, STOVE, CARD].map(({ id }) => id));
  await selling.office.setStock(BOARD.id, 0, 70);
  await selling.office.setStock(STOVE.id, 0, 40);
  await selling.sendChanges();
});
afterAll(() => selling?.close());

describe('Two products that swap their references', () => {
  it('are held: nothing is sold under the other one’s page, and both are named', async () => {
    const start = await selling.logEnd();
    await swapReferences(selling.shop, BOARD.id, STOVE.id);
    await selling.office.setPrice(STOVE.id, '12.000000');
    await selling.sendChanges();
    for (const sku of SKUS) expect(await selling.since(start, sku)).toEqual([]);
    const said = await selling.verdictsOf(BOARD.id);
    expect(said).toEqual([
      `SKU moved: at Amazon "${STOVE.sku}" is product ${STOVE.id}, in the shop product ${BOARD.id} carries it now.`,
    ]);
  });

  it('sell no more of what Amazon shows than there is of it', async () => {
    const start = await selling.logEnd();
    await selling.office.setStock(BOARD.id, 0, 5);
    await selling.office.setStock(STOVE.id, 0, 60);
    await selling.sendChanges();
    expect(await selling.quantitiesSince(start, BOARD.sku)).toEqual([5]);
    expect(await selling.quantitiesSince(start, STOVE.sku)).toEqual([]);
  });

  it('are each sold under the new SKU once a person confirms it, and not before', async () => {
    const start = await selling.logEnd();
    expect((await selling.bridge.run('listing', 'confirm', BOARD.sku)).code).toBe(0);
    await selling.bridge.run('export', '--send', '--wait');
    expect(await selling.quantitiesSince(start, BOARD.sku)).toEqual([60]);
    // Its goods are sold under the other SKU now.
    expect(await selling.quantitiesSince(start, STOVE.sku)).toEqual([0]);
    expect((await selling.bridge.run('listing', 'confirm', STOVE.sku)).code).toBe(0);
    await selling.bridge.run('export', '--send', '--wait');
    expect(await selling.quantitiesSince(start, STOVE.sku)).toEqual([0, 5]);
    expect((await selling.bridge.run('listing', 'confirm', STOVE.sku)).code).toBe(1);
  });
});

describe('A reference that one product gave up and another one took', () => {
  it('is brought to 0 and stays so until a person confirms it', async () => {
    const start = await selling.logEnd();
    await selling.office.renameReference(CARD.id, 0, 'BOARD-NEW');
    await selling.office.renameReference(BOARD.id, 0, CARD.sku);
    await selling.sendChanges();
    expect(await selling.quantitiesSince(start, CARD.sku)).toEqual([0]);
    expect(await selling.buyableSince(start, CARD.sku, 'FR')).toEqual([null]);
    await selling.bridge.run('export', '--products', `${BOARD.id},${CARD.id}`, '--send', '--wait');
    expect(await selling.quantitiesSince(start, CARD.sku)).toEqual([0]);
  });
});
