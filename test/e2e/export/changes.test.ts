import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Account, Marketplace } from '../../../src/features/accounts/account.js';
import type { ListingMemory } from '../../../src/features/listings/listing.js';
import { matchCode } from '../../../src/simulator/catalogue/match-code.js';
import { SimulatorClient } from '../../contract/simulator/simulator-client.js';
import { documentsOf, messagesOf } from '../../support/export-documents.js';
import {
  addSeller,
  type ExportProgram,
  openDemoOffice,
  openExportProgram,
  SELLER,
  send,
} from '../../support/export-program.js';
import { describeEachDatabase, type TestDatabase } from '../../support/test-databases.js';

/** Products without combinations that the simulated Amazon knows by their code. */
const BOARD = { id: 11, sku: 'BOARD-02' };
const ON_SALE = { id: 10, sku: 'BOARD-01' };

describeEachDatabase('a change in the shop, after everything was sent', (_, open) => {
  let database: TestDatabase;
  let shop: ExportProgram;
  let office: Awaited<ReturnType<typeof openDemoOffice>>;
  let account: Account;
  let marketplace: Marketplace;
  let simulator: SimulatorClient;
  beforeAll(async () => {
    database = await open();
    shop = await openExportProgram({ databaseUrl: database.url });
    office = await openDemoOffice(shop);
    const seller = await addSeller(shop);
    account = seller.account;
    marketplace = seller.marketplaces[0] as Marketplace;
    simulator = new SimulatorClient(await shop.program.simulator.url(), SELLER.sellerId);
    await shop.program.sweep.sweep();
    await send(shop, { all: true, create: true });
  });
  afterAll(async () => {
    await office?.end();
    await shop?.close();
    await database?.drop();
  });
  beforeEach(async () => {
    expect(await rows()).toEqual([]);
  });

  const rows = () => shop.program.queue.list({ marketplaceIds: [marketplace.id], afterId: 0, limit: 1_000 });
  const sweptProducts = async () => {
    await shop.program.sweep.sweep();
    return (await rows()).map((row) => row.productId);
  };
  const memoryOf = async (sku: string) => (await shop.program.listings.ofSkus(account.id, [sku]))[0] as ListingMemory;
  const sentBy = async (run: Awaited<ReturnType<typeof send>>) =>
    (await documentsOf(shop.program, run)).flatMap((one) => one.messages.map(({ sku }) => `${one.messageType} ${sku}`));

  it('of a price marks that product alone and sends one Price message, which updates the offer at Amazon (S3-014)', async () => {
    await office.setPrice(BOARD.id, '41.000000');
    expect(await sweptProducts()).toEqual([BOARD.id]);
    const run = await send(shop);
    expect(await sentBy(run)).toEqual([`Price ${BOARD.sku}`]);
    expect((await simulator.listing(BOARD.sku))?.offers[0]?.price).toBe('49.20');
    expect((await memoryOf(BOARD.sku)).marketplaces.get(marketplace.id)?.parts.price?.acceptedValue).toBe('49.20|EUR');
  });

  it('of stock marks that product alone and sends one Inventory message', async () => {
    await office.setStock(BOARD.id, 0, 5);
    expect(await sweptProducts()).toEqual([BOARD.id]);
    expect(await sentBy(await send(shop))).toEqual([`Inventory ${BOARD.sku}`]);
    expect((await simulator.listing(BOARD.sku))?.quantity).toBe(5);
  });

  it('that changes no offer marks nothing', async () => {
    await office.db('ps_product').where({ id_product: BOARD.id }).update({ date_upd: '2026-11-21 23:00:00' });
    expect(await sweptProducts()).toEqual([]);
  });

  it('of one combination sends a message for it alone', async () => {
    await office.setStock(4, 11, 3);
    expect(await sweptProducts()).toEqual([4]);
    expect(await sentBy(await send(shop))).toEqual(['Inventory PAN-01-D24']);
  });

  it('that restocks at a new price never lets anybody buy at the old one', async () => {
    await office.setStock(BOARD.id, 0, 0);
    await sweptProducts();
    await send(shop);
    await office.setPrice(BOARD.id, '55.000000');
    await office.setStock(BOARD.id, 0, 9);
    const price = { sku: BOARD.sku, marketplaceId: marketplace.amazonId, price: '66.00' };
    expect(await simulator.control('PUT', '/desired-prices', { prices: [price] })).toMatchObject({ changed: 1 });
    const before = (await simulator.log(`?sku=${BOARD.sku}`)).length;
    expect(await sweptProducts()).toEqual([BOARD.id]);
    expect(await sentBy(await send(shop))).toEqual([`Price ${BOARD.sku}`, `Inventory ${BOARD.sku}`]);
    const since = (await simulator.log(`?sku=${BOARD.sku}`)).slice(before);
    expect(since.map((entry) => entry.kind)).toEqual(['price', 'buyable', 'quantity']);
    expect(since[1]?.what).toEqual({ price: '66.00', priceBefore: null });
  });

  it('that lowers the stock beside a new price does not wait for the price', async () => {
    await office.setPrice(BOARD.id, '60.000000');
    await office.setStock(BOARD.id, 0, 2);
    await sweptProducts();
    const run = await send(shop, {}, false);
    expect((await shop.program.feeds.list({ runId: run.id, limit: 10 })).map((feed) => feed.kind).toSorted()).toEqual([
      'price',
      'quantity',
    ]);
    await send(shop);
    expect((await simulator.listing(BOARD.sku))?.quantity).toBe(2);
  });

  it('that takes a running sale away, which was exported (S3-011), removes it by a sale that has ended', async () => {
    expect((await simulator.listing(ON_SALE.sku))?.offers[0]).toMatchObject({
      price: '47.88',
      salePrice: '38.30',
      priceNow: '38.30',
    });
    await office.db('ps_specific_price').where({ id_product: ON_SALE.id }).delete();
    expect(await sweptProducts()).toEqual([ON_SALE.id]);
    const run = await send(shop);
    const message = (await messagesOf(shop.program, run, 'Price')).get(ON_SALE.sku);
    expect(message?.body).toMatchObject({
      StandardPrice: { '#text': '47.88' },
      Sale: { StartDate: '2026-11-19T00:00:00+01:00', EndDate: '2026-11-20T00:00:00+01:00' },
    });
    expect((await simulator.listing(ON_SALE.sku))?.offers[0]).toMatchObject({ price: '47.88', priceNow: '47.88' });
    expect((await memoryOf(ON_SALE.sku)).marketplaces.get(marketplace.id)?.parts.price?.acceptedValue).toBe(
      '47.88|EUR',
    );
  });

  it('that gives a good code to an item which could not be created creates it without a new mark', async () => {
    const item = { id: 142, sku: 'BOARD-20', code: '9520417142007' };
    expect(matchCode(`0${item.code}` as Parameters<typeof matchCode>[0]).kind).toBe('one');
    expect((await memoryOf(item.sku)).marketplaces.get(marketplace.id)).toMatchObject({
      createIntent: true,
      atAmazon: false,
    });
    await office.db('ps_product').where({ id_product: item.id }).update({ ean13: item.code });
    expect(await sweptProducts()).toEqual([item.id]);
    expect((await rows()).map((row) => row.action)).toEqual(['update']);
    expect(await sentBy(await send(shop))).toEqual([
      `Product ${item.sku}`,
      `Price ${item.sku}`,
      `Inventory ${item.sku}`,
    ]);
    expect((await memoryOf(item.sku)).marketplaces.get(marketplace.id)).toMatchObject({
      createIntent: false,
      atAmazon: true,
    });
  });

  it('that takes a product off sale brings it to 0, once', async () => {
    const item = { id: 91, sku: 'VASE-01' };
    await office.setActive(item.id, false);
    expect(await sweptProducts()).toEqual([item.id]);
    expect(await sentBy(await send(shop))).toEqual([`Inventory ${item.sku}`]);
    expect((await simulator.listing(item.sku))?.quantity).toBe(0);
    await shop.program.marks.mark({ shopId: 1, productIds: [item.id], action: 'update' }, 'test');
    expect(await sentBy(await send(shop))).toEqual([]);
  });

  it('of the day sends nothing for a sale that ended by its dates', async () => {
    const item = { id: 127, sku: 'FAN-01' };
    const sale = (await memoryOf(item.sku)).marketplaces.get(marketplace.id)?.parts.price?.acceptedValue;
    expect(sale).toBe('55.30|EUR|44.24|2026-11-15|2026-11-22');
    shop.clock.advance(Date.parse('2026-11-21T23:30:00Z') - shop.clock.nowMs());
    expect(await sweptProducts()).toContain(item.id);
    expect(await sentBy(await send(shop))).not.toContain(`Price ${item.sku}`);
    expect((await simulator.listing(item.sku))?.offers[0]).toMatchObject({ priceNow: '55.30', status: 'Active' });
  });
});
