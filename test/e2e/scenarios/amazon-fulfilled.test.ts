import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SellingBridge } from './selling-bridge.js';

/** Amazon says that it ships these two. */
const SOCKS = { id: 60, combinationId: 225, sku: 'SOCKS-03-3942-GRY' };
const JACKET = { id: 54, sku: 'JACKET-03-M-GRN' };
/** Of this one only the shop says so, on the product's Amazon tab. */
const BOARD = { id: 11, sku: 'BOARD-02' };

let selling: SellingBridge;
let start: number;
beforeAll(async () => {
  selling = await SellingBridge.open([SOCKS.id, JACKET.id, BOARD.id]);
  start = await selling.logEnd();
});
afterAll(() => selling?.close());

describe('A SKU that Amazon fulfils never gets a quantity, not even 0:', () => {
  afterEach(async () => {
    for (const { sku } of [SOCKS, JACKET, BOARD]) {
      const kinds = (await selling.since(start, sku)).map(({ kind }) => kind);
      expect(kinds.filter((kind) => kind === 'quantity' || kind === 'channel')).toEqual([]);
    }
  });

  it('when its stock in the shop changes, or falls to 0; its price goes on', async () => {
    await selling.office.setStock(SOCKS.id, SOCKS.combinationId, 0);
    await selling.office.setPrice(SOCKS.id, '20.000000');
    await selling.sendChanges();
    expect(await selling.buyableSince(start, SOCKS.sku, 'FR')).toEqual(['24.00']);
  });

  it('when its product goes off sale', async () => {
    await selling.office.setActive(JACKET.id, false);
    await selling.sendChanges();
    expect(await selling.listing(JACKET.sku)).toMatchObject({ channel: 'AMAZON_EU', quantity: null });
  });

  it('when its reference is renamed', async () => {
    await selling.office.renameReference(SOCKS.id, SOCKS.combinationId, 'SOCKS-NEW');
    await selling.sendChanges();
    expect(await selling.listing(SOCKS.sku)).toMatchObject({ channel: 'AMAZON_EU', quantity: null });
  });

  it('when only the shop says that Amazon fulfils it', async () => {
    await selling.bridge.run('option', 'set', String(BOARD.id), 'amazon-fulfilled', 'yes');
    await selling.office.setStock(BOARD.id, 0, 0);
    await selling.sendChanges();
    await selling.office.setActive(BOARD.id, false);
    await selling.sendChanges();
    await selling.office.setActive(BOARD.id, true);
    await selling.office.renameReference(BOARD.id, 0, 'BOARD-NEW');
    await selling.sendChanges();
    expect(await selling.stock(BOARD.sku)).toBeGreaterThan(0);
  });
});
