import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { acceptAll } from '../../support/export-amazon.js';
import { faultsOf, type ReadMessage } from '../../support/export-documents.js';
import { BOARD, CARD, DESK, LISTED, ListedShop } from '../../support/export-listed-shop.js';
import { send } from '../../support/export-program.js';
import { describeEachDatabase, type TestDatabase } from '../../support/test-databases.js';

/** Amazon has it, the shop never did. */
const FORMER = 'FORMER-1';

describeEachDatabase('an option of the export:', (_, open) => {
  let database: TestDatabase;
  let listed: ListedShop;
  let figure = 100;
  beforeAll(async () => {
    database = await open();
    listed = await ListedShop.open(database.url);
    listed.amazon.listings = [...listed.amazon.listings, [FORMER, 'B0AAAAAAAB', '9.00', '4', 'DEFAULT', 'Active']];
    await listed.shop.program.sweep.sweep();
    await listed.calmDown();
  });
  afterAll(async () => {
    await listed?.close();
    await database?.drop();
  });
  beforeEach(() => listed.calmDown());

  /** Gives a product another price and another stock. */
  const change = async (productId: number) => {
    figure += 1;
    await listed.office.setPrice(productId, `${figure}.000000`);
    await listed.office.setStock(productId, 0, figure);
  };
  /** What left for Amazon while something was done, as "Price BOARD-02". */
  const sentDuring = async (work: () => Promise<unknown>) => {
    const count = listed.amazon.feeds.length;
    await work();
    return listed.amazon.feeds
      .slice(count)
      .flatMap((feed) => feed.messages.map(({ sku }) => `${feed.messageType} ${sku}`));
  };
  const sendSettled = async (options: object = {}) => {
    await send(listed.shop, options, false);
    await listed.settle();
  };
  const lastMessage = (): ReadMessage | undefined => listed.amazon.feeds.at(-1)?.messages.at(-1);
  const mark = (productIds: readonly number[]) =>
    listed.shop.program.marks.mark({ shopId: 1, productIds, action: 'update' }, 'test');

  it('--stock-only sends the quantity and leaves the row waiting for the rest', async () => {
    await change(BOARD.id);
    await mark([BOARD.id]);
    expect(await sentDuring(() => sendSettled({ stockOnly: true }))).toEqual([`Inventory ${BOARD.sku}`]);
    expect(await listed.rows()).toEqual([expect.objectContaining({ productId: BOARD.id, claimedRunId: null })]);
    expect(await sentDuring(() => sendSettled({ stockOnly: true }))).toEqual([]);
    expect(await listed.rows()).toHaveLength(1);
    expect(await sentDuring(() => sendSettled())).toEqual([`Price ${BOARD.sku}`]);
    expect(await listed.rows()).toEqual([]);
  });

  it('--prices-only sends the price and leaves the row waiting for the rest', async () => {
    await change(BOARD.id);
    await mark([BOARD.id]);
    expect(await sentDuring(() => sendSettled({ pricesOnly: true }))).toEqual([`Price ${BOARD.sku}`]);
    expect(await listed.rows()).toHaveLength(1);
    expect(await sentDuring(() => sendSettled())).toEqual([`Inventory ${BOARD.sku}`]);
    expect(await listed.rows()).toEqual([]);
  });

  it('--prices-only and --stock-only one after the other are everything', async () => {
    await change(BOARD.id);
    await mark([BOARD.id]);
    const offerOnly = () => sendSettled({ noPrice: true });
    expect(await sentDuring(() => sendSettled({ pricesOnly: true }))).toEqual([`Price ${BOARD.sku}`]);
    expect(await sentDuring(offerOnly)).toEqual([`Inventory ${BOARD.sku}`]);
    expect(await listed.rows()).toEqual([]);
  });

  it('--no-price sends no price, which then still waits', async () => {
    await change(DESK.id);
    await mark([DESK.id]);
    expect(await sentDuring(() => sendSettled({ noPrice: true }))).toEqual([`Inventory ${DESK.sku}`]);
    expect(await listed.rows()).toHaveLength(1);
    expect(await sentDuring(() => sendSettled())).toEqual([`Price ${DESK.sku}`]);
  });

  it('--products marks and sends those alone', async () => {
    for (const { id } of LISTED) await change(id);
    expect(await sentDuring(() => sendSettled({ products: [DESK.id, CARD.id] }))).toEqual([
      ...[`Price ${DESK.sku}`, `Price ${CARD.sku}`],
      ...[`Inventory ${DESK.sku}`, `Inventory ${CARD.sku}`],
    ]);
    expect(await sentDuring(() => sendSettled({ products: [BOARD.id] }))).toHaveLength(2);
  });

  it('--since sends what the sweep saw changing after an instant', async () => {
    const { clock, program } = listed.shop;
    await change(BOARD.id);
    await program.sweep.sweep();
    await sendSettled();
    clock.advance(60_000);
    const since = new Date(clock.nowMs()).toISOString();
    await change(CARD.id);
    await program.sweep.sweep();
    const rows = await listed.rows();
    await program.queue.remove(rows.map((row) => row.id));
    expect(await sentDuring(() => sendSettled({ since }))).toEqual([`Price ${CARD.sku}`, `Inventory ${CARD.sku}`]);
    expect(await sentDuring(() => sendSettled({ since }))).toEqual([]);
  });

  it('--handling-time sends the days with the quantity, and leaving it out changes nothing', async () => {
    const scope = { kind: 'account', accountId: listed.account.id } as const;
    await listed.shop.program.settings.set('handling-time', '3', scope, { actor: 'test' });
    expect(await sentDuring(() => sendSettled({ products: [BOARD.id], handlingTime: true }))).toEqual([
      `Inventory ${BOARD.sku}`,
    ]);
    expect(lastMessage()?.body).toMatchObject({ FulfillmentLatency: '3' });
    expect(await sentDuring(() => sendSettled({ products: [BOARD.id] }))).toEqual([]);
    await change(BOARD.id);
    expect(await sentDuring(() => sendSettled({ products: [BOARD.id], stockOnly: true }))).toEqual([
      `Inventory ${BOARD.sku}`,
    ]);
    expect(lastMessage()?.body).toMatchObject({ Quantity: String(figure), FulfillmentLatency: '3' });
  });

  it('--extended-data sends texts of the marketplace in its language, once', async () => {
    expect(await sentDuring(() => sendSettled({ products: [DESK.id], extendedData: true }))).toEqual([
      `Product ${DESK.sku}`,
    ]);
    expect(lastMessage()).toMatchObject({
      operation: 'PartialUpdate',
      body: { DescriptionData: { Title: expect.any(String), Brand: expect.any(String) } },
    });
    const feed = listed.amazon.feeds.at(-1);
    expect(feed && (await faultsOf(feed))).toEqual([]);
    expect(feed?.xml).not.toContain('<ConditionType>');
    expect(await sentDuring(() => sendSettled({ products: [DESK.id], extendedData: true }))).toEqual([]);
  });

  it('--images sends the pictures (S3-024) after the texts, since both are of one kind', async () => {
    const options = { products: [CARD.id], extendedData: true, images: true };
    expect(await sentDuring(() => send(listed.shop, options, false))).toEqual([`Product ${CARD.sku}`]);
    expect(await sentDuring(() => send(listed.shop, { extendedData: true, images: true }, false))).toEqual([]);
    await listed.settle();
    const messages = await sentDuring(() => sendSettled({ extendedData: true, images: true }));
    expect(new Set(messages)).toEqual(new Set([`ProductImage ${CARD.sku}`]));
    expect(listed.amazon.feeds.at(-1)?.messages[0]?.body).toMatchObject({
      ImageType: 'Main',
      ImageLocation: expect.stringMatching(/^https?:/),
    });
    expect(await listed.rows()).toEqual([]);
  });

  it('--extended-data that Amazon cancelled goes again with the next run, whatever that one is asked for', async () => {
    listed.amazon.answer = (feed) => (feed.messageType === 'Product' ? { status: 'CANCELLED' } : acceptAll(feed));
    const options = { products: [CARD.id], extendedData: true };
    await listed.office.db('ps_product_lang').where({ id_product: CARD.id }).update({ name: 'Another name' });
    expect(await sentDuring(() => sendSettled(options))).toEqual([`Product ${CARD.sku}`]);
    listed.amazon.answer = acceptAll;
    listed.shop.clock.advance(60_000);
    expect(await sentDuring(() => sendSettled())).toEqual([`Product ${CARD.sku}`]);
    expect(await listed.rows()).toEqual([]);
    expect((await listed.partOf(CARD.sku, 'metadata'))?.state).toBe('accepted');
  });

  it('--images left waiting by one run goes with the next, whatever that one is asked for', async () => {
    const options = { products: [BOARD.id], extendedData: true, images: true };
    expect(await sentDuring(() => sendSettled(options))).toEqual([`Product ${BOARD.sku}`]);
    expect(await listed.rows()).toHaveLength(1);
    const messages = await sentDuring(() => sendSettled());
    expect(new Set(messages)).toEqual(new Set([`ProductImage ${BOARD.sku}`]));
    expect(await listed.rows()).toEqual([]);
  });

  it('--erase takes a SKU marked for deletion off Amazon; without it the SKU is brought to 0', async () => {
    const { marks } = listed.shop.program;
    const deletion = { shopId: 1, productIds: [BOARD.id], action: 'delete', sku: FORMER } as const;
    await marks.mark(deletion, 'test');
    expect(await sentDuring(() => sendSettled())).toEqual([`Inventory ${FORMER}`]);
    expect(lastMessage()?.body).toMatchObject({ Quantity: '0' });
    await marks.mark(deletion, 'test');
    expect(await sentDuring(() => sendSettled({ erase: true }))).toEqual([`Product ${FORMER}`]);
    expect(lastMessage()).toMatchObject({ operation: 'Delete' });
    expect((await listed.memoryOf(FORMER))?.marketplaces.get(listed.marketplace.id)?.atAmazon).toBe(false);
    expect(await listed.rows()).toEqual([]);
  });

  it('that contradicts another is refused with both named', async () => {
    await expect(async () => send(listed.shop, { pricesOnly: true, stockOnly: true })).rejects.toThrow(
      /prices only or stock only/,
    );
    await expect(async () => send(listed.shop, { pricesOnly: true, noPrice: true })).rejects.toThrow(
      /prices only or no price/,
    );
    await expect(async () => send(listed.shop, { stockOnly: true, create: true })).rejects.toThrow(/create/);
  });
});
