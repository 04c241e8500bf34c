import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SellingBridge } from './selling-bridge.js';
import { copyProduct } from './shop-surgery.js';

const TYPO = { id: 11, sku: 'BOARD-02' };
const COPIED = { id: 191, sku: 'BOARD-69', copyId: 9_001 };
const NAMELESS = { id: 145, sku: 'STOVE-23' };

let selling: SellingBridge;
let start: number;
beforeAll(async () => {
  selling = await SellingBridge.open([TYPO, COPIED, NAMELESS].map(({ id }) => id));
  start = await selling.logEnd();
});
afterAll(() => selling?.close());

describe('A fault in the data never takes a listing off sale:', () => {
  it('after a typo in its EAN the updates go on', async () => {
    await selling.shop('ps_product').where({ id_product: TYPO.id }).update({ ean13: '9520417011010' });
    await selling.office.setStock(TYPO.id, 0, 12);
    await selling.office.setPrice(TYPO.id, '50.000000');
    await selling.sendChanges();
    expect(await selling.quantitiesSince(start, TYPO.sku)).toEqual([12]);
    expect(await selling.buyableSince(start, TYPO.sku, 'FR')).toEqual(['60.00']);
    expect(await selling.buyableSince(start, TYPO.sku, 'DE')).toEqual(['59.50']);
    expect(await selling.verdictsOf(TYPO.id)).toEqual([expect.stringContaining('wrong check digit')]);
  });

  it('of a product and its copy the listed one keeps the SKU, and nothing of the copy is sent', async () => {
    await selling.office.setStock(COPIED.id, 0, 70);
    await copyProduct(selling.shop, COPIED.id, COPIED.copyId);
    await selling.office.setStock(COPIED.copyId, 0, 500);
    await selling.office.setPrice(COPIED.copyId, '1.000000');
    await selling.sendChanges();
    await selling.office.setStock(COPIED.id, 0, 80);
    await selling.bridge.run('export', '--products', `${COPIED.copyId},${COPIED.id}`, '--create', '--send', '--wait');
    expect(await selling.quantitiesSince(start, COPIED.sku)).toEqual([70, 80]);
    expect(await selling.buyableSince(start, COPIED.sku, 'FR')).toEqual([]);
    expect(await selling.verdictsOf(COPIED.copyId)).toContain(
      `The SKU "${COPIED.sku}" is carried by product ${COPIED.id} too.`,
    );
  });

  it('without a reference its quantity follows the item downward only', async () => {
    const before = (await selling.stock(NAMELESS.sku)) ?? 0;
    await selling.office.renameReference(NAMELESS.id, 0, '');
    await selling.office.setStock(NAMELESS.id, 0, before + 20);
    await selling.sendChanges();
    expect(await selling.quantitiesSince(start, NAMELESS.sku)).toEqual([]);
    await selling.office.setStock(NAMELESS.id, 0, 3);
    await selling.sendChanges();
    await selling.office.setStock(NAMELESS.id, 0, 30);
    await selling.sendChanges();
    await selling.office.setStock(NAMELESS.id, 0, 0);
    await selling.sendChanges();
    expect(await selling.quantitiesSince(start, NAMELESS.sku)).toEqual([3, 0]);
  });
});
