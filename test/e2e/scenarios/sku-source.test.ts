import { afterAll, beforeAll, expect, it } from 'vitest';
import { SellingBridge } from './selling-bridge.js';

const BOARD = { id: 11, sku: 'BOARD-02' };
const BOTTLE = { id: 68, sku: 'BOTTLE-02-05L-RED', newSku: '68-246' };

let selling: SellingBridge;
beforeAll(async () => {
  selling = await SellingBridge.open([BOARD, BOTTLE].map(({ id }) => id));
});
afterAll(() => selling?.close());

const changeSource = async (source: string) => {
  await selling.bridge.run('settings', 'set', 'sku-source', source, '--yes');
  await selling.sendChanges();
};

it('Another SKU source brings every SKU of the old one to 0, and none is sold under both', async () => {
  const start = await selling.logEnd();
  const before = await selling.stock(BOARD.sku);
  await changeSource('ids');
  for (const { sku } of [BOARD, BOTTLE]) {
    expect(await selling.quantitiesSince(start, sku)).toEqual([0]);
    expect(await selling.buyableSince(start, sku, 'FR')).toEqual([null]);
    expect(await selling.buyableSince(start, sku, 'DE')).toEqual([null]);
  }
  await selling.bridge.run('export', '--products', `${BOARD.id},${BOTTLE.id}`, '--create', '--send', '--wait');
  expect(await selling.stock(String(BOARD.id))).toBe(before);

  await changeSource('reference');
  expect([await selling.stock(BOARD.sku), await selling.stock(String(BOARD.id))]).toEqual([before, 0]);
  expect([await selling.stock(BOTTLE.newSku), (await selling.stock(BOTTLE.sku)) !== 0]).toEqual([0, true]);
});
