import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Account, Marketplace } from '../../../src/features/accounts/account.js';
import { documentsOf } from '../../support/export-documents.js';
import {
  addSeller,
  display,
  type ExportProgram,
  openDemoOffice,
  openExportProgram,
  send,
} from '../../support/export-program.js';
import { describeEachDatabase, type TestDatabase } from '../../support/test-databases.js';

const LAMP = { id: 70, sku: 'LAMP-01', stock: 110 };
const DESK = { id: 41, sku: 'DESK-02' };
const KETTLE = { id: 123, sku: 'KETTLE-03', stock: 113 };
const BOARD = { id: 10, sku: 'BOARD-01' };
const OTHER_BOARD = { id: 12, sku: 'BOARD-03' };

describeEachDatabase('whoever sells under a SKU decides about it:', (_, open) => {
  let database: TestDatabase;
  let shop: ExportProgram;
  let office: Awaited<ReturnType<typeof openDemoOffice>>;
  let account: Account;
  let marketplace: Marketplace;
  beforeAll(async () => {
    database = await open();
    shop = await openExportProgram({ databaseUrl: database.url });
    office = await openDemoOffice(shop);
    const seller = await addSeller(shop);
    account = seller.account;
    marketplace = seller.marketplaces[0] as Marketplace;
    const products = [LAMP, DESK, KETTLE, BOARD, OTHER_BOARD].map((one) => one.id);
    await send(shop, { products, create: true });
  });
  afterAll(async () => {
    await office?.end();
    await shop?.close();
    await database?.drop();
  });

  const acceptedQuantity = async (sku: string) =>
    (await shop.program.listings.ofSkus(account.id, [sku]))[0]?.quantity?.acceptedValue ?? null;
  const sentBy = async (run: Awaited<ReturnType<typeof send>>) =>
    (await documentsOf(shop.program, run)).flatMap((one) => one.messages.map(({ sku }) => `${one.messageType} ${sku}`));

  it('an inactive copy of a product does not take the sold one to 0', async () => {
    expect(await acceptedQuantity(LAMP.sku)).toBe(String(LAMP.stock));
    await office.renameReference(BOARD.id, 0, LAMP.sku);
    await office.setActive(BOARD.id, false);
    const run = await send(shop, { products: [BOARD.id, LAMP.id] });
    expect(await sentBy(run)).not.toContain(`Inventory ${LAMP.sku}`);
    expect(await acceptedQuantity(LAMP.sku)).toBe(String(LAMP.stock));
  });

  it('a renamed reference is withdrawn even where an inactive product carries it', async () => {
    expect(Number(await acceptedQuantity(DESK.sku))).toBeGreaterThan(0);
    await office.renameReference(OTHER_BOARD.id, 0, DESK.sku);
    await office.setActive(OTHER_BOARD.id, false);
    await office.renameReference(DESK.id, 0, 'DESK-NEW');
    await send(shop, { products: [DESK.id] });
    expect(await acceptedQuantity(DESK.sku)).toBe('0');
  });

  it('a product marked for deletion that nothing sells is taken off Amazon with erase', async () => {
    await office.setActive(KETTLE.id, false);
    const marks = { shopId: 1, productIds: [KETTLE.id], action: 'delete' as const, sku: KETTLE.sku };
    await shop.program.marks.mark(marks, 'test');
    const run = await send(shop, { erase: true });
    expect(await sentBy(run)).toEqual([`Product ${KETTLE.sku}`, `Inventory ${KETTLE.sku}`]);
    const [memory] = await shop.program.listings.ofSkus(account.id, [KETTLE.sku]);
    expect(memory?.marketplaces.get(marketplace.id)?.atAmazon).toBe(false);
  });

  it('a deletion mark for a sold SKU is dropped, and the journal says so', async () => {
    const marks = { shopId: 1, productIds: [LAMP.id], action: 'delete' as const, sku: LAMP.sku };
    await shop.program.marks.mark(marks, 'test');
    expect(await sentBy(await send(shop, { erase: true }))).toEqual([]);
    const dropped = await shop.program.journal.list({ code: 'deletion-dropped', limit: 10 });
    expect(dropped.map((row) => row.sku)).toEqual([LAMP.sku]);
  });

  it('only the products that were named are sent, whatever else waits', async () => {
    await office.setStock(LAMP.id, 0, 99);
    await office.setStock(DESK.id, 0, 98);
    await shop.program.marks.mark({ shopId: 1, productIds: [DESK.id], action: 'update' }, 'test');
    expect(await sentBy(await send(shop, { products: [LAMP.id] }))).toEqual([`Inventory ${LAMP.sku}`]);
    const waiting = await shop.program.queue.list({ marketplaceIds: [marketplace.id], afterId: 0, limit: 10 });
    expect(waiting.map((row) => row.productId)).toEqual([DESK.id]);
  });

  it('a preview of everything shows the zeroing of a product that the shop has deleted', async () => {
    await office.db('ps_product').where({ id_product: LAMP.id }).delete();
    await office.db('ps_product_shop').where({ id_product: LAMP.id }).delete();
    const run = await display(shop, { all: true });
    const inventory = (await documentsOf(shop.program, run)).find((one) => one.messageType === 'Inventory');
    const message = inventory?.messages.find((one) => one.sku === LAMP.sku);
    expect(JSON.stringify(message)).toContain('"Quantity":"0"');
  });
});
