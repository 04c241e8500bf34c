import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Ran } from '../cli/bridge.js';
import { AMAZON_ID, SellingBridge } from './selling-bridge.js';

const BOARD = { id: 11, sku: 'BOARD-02' };
const STOVE = { id: 145, sku: 'STOVE-23' };
const CARD = { id: 191, sku: 'BOARD-69' };

let selling: SellingBridge;
beforeAll(async () => {
  selling = await SellingBridge.open([BOARD, STOVE, CARD].map(({ id }) => id));
});
afterAll(() => selling?.close());
afterEach(async () => {
  expect(await selling.bridge.json('queue', 'list')).toEqual([]);
});

/** Sends what changed while Amazon keeps the first feed of that type open. */
async function sendStuck(type: string): Promise<void> {
  await selling.amazon.command({ kind: 'stuck', types: [type] });
  await selling.notice();
  await selling.bridge.run('export', '--send');
}

/** Sends one product to one country, without waiting for an answer. */
function sendTo(country: string, productId: number, ...options: readonly string[]): Promise<Ran> {
  return selling.bridge.run(
    ...['export', '--products', String(productId), '--marketplace', country, '--send', ...options],
  );
}

/** Lets go of what Amazon held, and brings everything to its end. */
async function release(): Promise<void> {
  await selling.bridge.run('simulator', 'release');
  await selling.bridge.run('export', '--send', '--wait');
}

describe('A change back while a feed is open ends at what the shop has:', () => {
  it('accepted 0, open 10, shop 0 ends at 0', async () => {
    await selling.office.setStock(BOARD.id, 0, 0);
    await selling.sendChanges();
    const start = await selling.logEnd();
    await selling.office.setStock(BOARD.id, 0, 10);
    await sendStuck('POST_INVENTORY_AVAILABILITY_DATA');
    await selling.office.setStock(BOARD.id, 0, 0);
    await selling.notice();
    await selling.bridge.run('export', '--send');
    expect(await selling.quantitiesSince(start, BOARD.sku)).toEqual([]);
    await release();
    expect(await selling.quantitiesSince(start, BOARD.sku)).toEqual([10, 0]);
    expect((await selling.buyableSince(start, BOARD.sku, 'FR')).at(-1)).toBe(null);
  });

  it('also when only another marketplace was told of the change back', async () => {
    const start = await selling.logEnd();
    await selling.amazon.command({ kind: 'stuck', types: ['POST_INVENTORY_AVAILABILITY_DATA'] });
    await selling.office.setStock(BOARD.id, 0, 10);
    await sendTo('FR', BOARD.id);
    await selling.office.setStock(BOARD.id, 0, 0);
    await sendTo('DE', BOARD.id);
    await release();
    expect(await selling.quantitiesSince(start, BOARD.sku)).toEqual([10, 0]);
  });

  it('accepted 10, open 0, shop 10 ends at 10', async () => {
    await selling.office.setStock(STOVE.id, 0, 10);
    await selling.sendChanges();
    const start = await selling.logEnd();
    await selling.office.setStock(STOVE.id, 0, 0);
    await sendStuck('POST_INVENTORY_AVAILABILITY_DATA');
    await selling.office.setStock(STOVE.id, 0, 10);
    await selling.notice();
    await selling.bridge.run('export', '--send');
    await release();
    expect(await selling.quantitiesSince(start, STOVE.sku)).toEqual([0, 10]);
    expect((await selling.buyableSince(start, STOVE.sku, 'FR')).at(-1)).not.toBe(null);
  });
});

describe('A restock with a new price', () => {
  /** Nine of the card at a price that Amazon's own watch is told of, too. */
  const restock = async (net: string, wanted: Readonly<Record<keyof typeof AMAZON_ID, string>>) => {
    await selling.office.setPrice(CARD.id, net);
    await selling.office.setStock(CARD.id, 0, 9);
    const prices = (['FR', 'DE'] as const).map((country) => ({
      sku: CARD.sku,
      marketplaceId: AMAZON_ID[country],
      price: wanted[country],
    }));
    expect(await selling.amazon.control('PUT', '/desired-prices', { prices })).toMatchObject({ changed: 2 });
  };

  it('is never buyable at the old one, however long Amazon takes for the new one', async () => {
    await selling.office.setStock(CARD.id, 0, 0);
    await selling.sendChanges();
    const start = await selling.logEnd();
    const wanted = { FR: '60.00', DE: '59.50' } as const;
    await restock('50.000000', wanted);
    await selling.amazon.command({ kind: 'stuck', types: ['POST_PRODUCT_PRICING_DATA'] });
    await sendTo('FR', CARD.id);
    await sendTo('DE', CARD.id, '--stock-only');
    await selling.notice();
    await selling.bridge.run('task', 'run', 'fetch-reports');
    expect(await selling.stock(CARD.sku)).toBe(0);
    await release();
    expect(await selling.stock(CARD.sku)).toBe(9);
    expect(await selling.buyableSince(start, CARD.sku, 'FR')).toEqual([wanted.FR]);
    expect(await selling.buyableSince(start, CARD.sku, 'DE')).toEqual([wanted.DE]);
    const kinds = (await selling.since(start, CARD.sku)).map(({ kind }) => kind);
    expect(kinds).not.toContain('undesired-price');
  });

  it.each([
    ['only stock is sent', '60.000000', { FR: '72.00', DE: '71.40' }, ['--stock-only']],
    ['one marketplace is sent', '80.000000', { FR: '96.00', DE: '95.20' }, ['--marketplace', 'FR']],
  ] as const)('waits at 0 for that price when %s', async (_, net, wanted, options) => {
    await selling.office.setStock(CARD.id, 0, 0);
    await selling.sendChanges();
    const start = await selling.logEnd();
    await restock(net, wanted);
    const product = ['--products', String(CARD.id)];
    for (let times = 0; times < 2; times += 1)
      await selling.bridge.run('export', ...product, ...options, '--send', '--wait');
    expect(await selling.stock(CARD.sku)).toBe(0);
    expect(await selling.bridge.json('queue', 'list')).not.toEqual([]);
    await selling.sendChanges();
    expect(await selling.stock(CARD.sku)).toBe(9);
    expect(await selling.buyableSince(start, CARD.sku, 'FR')).toEqual([wanted.FR]);
    expect(await selling.buyableSince(start, CARD.sku, 'DE')).toEqual([wanted.DE]);
  });
});
