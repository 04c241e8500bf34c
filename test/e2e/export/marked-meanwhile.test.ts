import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { acceptAll } from '../../support/export-amazon.js';
import { readFeedXml } from '../../support/export-documents.js';
import { BOARD, CARD, DESK, LISTED, ListedShop } from '../../support/export-listed-shop.js';
import { send } from '../../support/export-program.js';
import { describeEachDatabase, type TestDatabase } from '../../support/test-databases.js';

const LAMP = { id: 70, sku: 'LAMP-01' };
const ALL = [...LISTED, LAMP];

describeEachDatabase('A product marked anew after its document was rendered', (_, open) => {
  let database: TestDatabase;
  let listed: ListedShop;
  let stock = 20;
  let start = 0;
  beforeAll(async () => {
    database = await open();
    listed = await ListedShop.open(database.url, ALL);
    await listed.send(ALL.map(({ id }) => id));
    await listed.calmDown();
  });
  afterAll(async () => {
    await listed?.close();
    await database?.drop();
  });
  beforeEach(async () => {
    listed.amazon.answer = acceptAll;
    await listed.calmDown();
    start = listed.amazon.feeds.length;
  });
  afterEach(() => vi.restoreAllMocks());

  const restock = async (id: number) => {
    stock += 1;
    await listed.office.setStock(id, 0, stock);
    return stock;
  };
  const remark = async (id: number) => {
    const now = await restock(id);
    await listed.shop.program.marks.mark({ shopId: 1, productIds: [id], action: 'update' }, 'test');
    return now;
  };
  /** Lets something happen when everything of the run is rendered and nothing is sent. */
  const whenRendered = (happens: () => Promise<unknown>) => {
    const { queue } = listed.shop.program;
    const claim = queue.claim.bind(queue);
    vi.spyOn(queue, 'claim')
      .mockImplementationOnce(claim)
      .mockImplementationOnce(async (filter) => {
        await happens();
        return claim(filter);
      });
  };
  /** The quantities that Amazon got since the test began, feed by feed. */
  const sent = () =>
    listed.amazon.feeds
      .slice(start)
      .map((feed) => feed.messages.map(({ sku, body }) => `${sku} ${body.Quantity}`).toSorted());

  it('is left out of it: only its newest value is sent, with the next one', async () => {
    const [board, , card] = [await restock(BOARD.id), await restock(DESK.id), await restock(CARD.id)];
    let desk = 0;
    whenRendered(async () => {
      desk = await remark(DESK.id);
    });
    const run = await listed.send(LISTED.map(({ id }) => id));
    expect(sent()).toEqual([[`${BOARD.sku} ${board}`, `${CARD.sku} ${card}`]]);
    expect(run.totals).toMatchObject({ sent: 2, waiting: 1, changes: { quantity: 2 }, messages: { Inventory: 2 } });
    const [feed] = await listed.shop.program.feeds.list({ runId: run.id, limit: 1 });
    const text = await listed.shop.program.archive.read(feed?.documentPath ?? '');
    expect(feed).toMatchObject({ messages: 2, documentBytes: Buffer.byteLength(text) });
    expect(readFeedXml(text).messages.map((message) => [message.messageId, message.sku])).toEqual([
      ...[
        [1, BOARD.sku],
        [2, CARD.sku],
      ],
    ]);
    expect((await listed.rows()).map((row) => row.productId)).toContain(DESK.id);
    await listed.calmDown();
    expect(sent().slice(1)).toEqual([[`${DESK.sku} ${desk}`]]);
    expect((await listed.partOf(DESK.sku, 'quantity'))?.acceptedValue).toBe(String(desk));
  });

  it('empties its document: a run that waits sends the newest value at once', async () => {
    await restock(DESK.id);
    let desk = 0;
    whenRendered(async () => {
      desk = await remark(DESK.id);
    });
    const run = await send(listed.shop, { products: [DESK.id] }, true);
    expect(sent()).toEqual([[`${DESK.sku} ${desk}`]]);
    expect(run.totals).toMatchObject({ sent: 1, waiting: 0, feeds: 1 });
    expect(await listed.rows()).toEqual([]);
  });

  it('while others are left out is found in the intent’s transaction, and after three looks follows by a higher revision', async () => {
    for (const { id } of ALL) await restock(id);
    const old = stock;
    let last = 0;
    whenRendered(() => remark(BOARD.id));
    const { archive } = listed.shop.program;
    const replace = archive.replace.bind(archive);
    const next = [DESK.id, CARD.id, LAMP.id];
    vi.spyOn(archive, 'replace').mockImplementation(async (path, by) => {
      await replace(path, by);
      const id = next.shift();
      if (id !== undefined) last = await remark(id);
    });
    await listed.send(ALL.map(({ id }) => id));
    expect(sent()).toEqual([[`${LAMP.sku} ${old}`]]);
    await listed.calmDown();
    expect((await listed.partOf(LAMP.sku, 'quantity'))?.acceptedValue).toBe(String(last));
    expect(sent().flat()).toHaveLength(5);
  });
});
