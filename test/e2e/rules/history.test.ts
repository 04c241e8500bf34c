import { afterAll, beforeAll, expect, it } from 'vitest';
import type { HistoryEntry } from '../../../src/features/listings/history-store.js';
import { acceptAll, processingReport } from '../../support/export-amazon.js';
import { readFeedXml, textOf } from '../../support/export-documents.js';
import { BOARD, DESK, LISTED, ListedShop } from '../../support/export-listed-shop.js';
import { describeEachDatabase, type TestDatabase } from '../../support/test-databases.js';

const ALL = LISTED.map(({ id }) => id);
const WORDS = 'The price is above the highest price that the brand allows.';

describeEachDatabase('everything about the past is kept and can be found:', (_, open) => {
  let database: TestDatabase;
  let listed: ListedShop;
  const startedAtMs: number[] = [];
  beforeAll(async () => {
    database = await open();
    listed = await ListedShop.open(database.url);
    await sendAt('50.000000', acceptAll);
    await sendAt('51.000000', (feed) => ({
      status: 'DONE',
      report: processingReport(feed.messages.length, [
        { messageId: 1, code: '90205', sku: BOARD.sku, description: WORDS },
      ]),
    }));
    await sendAt('52.000000', () => ({ status: 'FATAL' }));
    listed.shop.clock.advance(3_600_000);
    await sendAt('53.000000', acceptAll);
  });
  afterAll(async () => {
    await listed?.close();
    await database?.drop();
  });

  const sendAt = async (price: string, answer: ListedShop['amazon']['answer']) => {
    for (const id of ALL) await listed.office.setPrice(id, price);
    listed.amazon.answer = (feed) => (feed.messageType === 'Price' ? answer(feed) : acceptAll(feed));
    startedAtMs.push(listed.shop.clock.nowMs());
    await listed.send(ALL);
    await listed.settle();
  };
  const pricesOf = async (sku: string): Promise<readonly HistoryEntry[]> =>
    (await listed.shop.program.listings.history(listed.account.id, sku, 100))
      .filter((one) => one.part === 'price')
      .toReversed();

  it('what was sent for a SKU and what became of it, in order, with the value before', async () => {
    expect((await pricesOf(BOARD.sku)).map(({ event, value, valueBefore }) => [event, value, valueBefore])).toEqual([
      ['submitted', '60.00|EUR', null],
      ['accepted', '60.00|EUR', null],
      ['submitted', '61.20|EUR', '60.00|EUR'],
      ['rejected', '61.20|EUR', '60.00|EUR'],
      ['submitted', '62.40|EUR', '60.00|EUR'],
      ['unknown', '62.40|EUR', '60.00|EUR'],
      ['submitted', '63.60|EUR', '60.00|EUR'],
      ['accepted', '63.60|EUR', '60.00|EUR'],
    ]);
  });

  it('when, in which run and by which feed', async () => {
    const entries = await pricesOf(BOARD.sku);
    const submitted = entries.filter((one) => one.event === 'submitted');
    expect(submitted.map((one) => one.atMs)).toEqual(startedAtMs);
    for (const { feedId, runId, event, atMs } of entries) {
      const feed = await listed.shop.program.feeds.find(feedId ?? 0);
      expect(feed).toMatchObject({ runId, messageType: 'Price', marketplaceId: listed.marketplace.id });
      expect(atMs).toBe(event === 'submitted' ? feed.createdAtMs : feed.settledAtMs);
    }
  });

  it("what Amazon said of it, in Amazon's words", async () => {
    const feedIds = (await pricesOf(BOARD.sku)).map((one) => one.feedId ?? 0);
    const issues = await listed.shop.program.feeds.issuesOfSku(feedIds, BOARD.sku);
    expect(issues.map(({ code, description }) => [code, description])).toEqual([['90205', WORDS]]);
    expect(await listed.shop.program.feeds.issuesOfSku(feedIds, DESK.sku)).toEqual([]);
  });

  it('the document of every feed, byte for byte as it was sent, and the answer', async () => {
    const { feeds } = listed.shop.program;
    const all = (await feeds.list({ limit: 100 })).toReversed();
    expect(all.map((feed) => feed.amazonFeedId)).toEqual(listed.amazon.feeds.map((feed) => feed.feedId));
    for (const [index, feed] of all.entries()) {
      expect(await textOf(await feeds.document(feed))).toBe(listed.amazon.feeds[index]?.xml);
      const result = await feeds.result(feed);
      if (feed.status === 'fatal') expect(result).toBeNull();
      else expect(result && (await textOf(result))).toContain('<ProcessingReport>');
    }
  });

  it('an entry for every message that ever left', async () => {
    const { program } = listed.shop;
    let messages = 0;
    for (const feed of await program.feeds.list({ limit: 100 })) {
      for (const { sku } of readFeedXml(await textOf(await program.feeds.document(feed))).messages) {
        messages += 1;
        const entries = await program.listings.history(listed.account.id, sku, 100);
        const events = entries.filter((entry) => entry.feedId === feed.id).map((entry) => entry.event);
        expect([sku, feed.id, events]).toEqual([
          sku,
          feed.id,
          [expect.stringMatching(/accepted|rejected|unknown/), 'submitted'],
        ]);
      }
    }
    expect(messages).toBe(4 * LISTED.length + LISTED.length);
  });

  it('what each run said of a SKU, before and after', async () => {
    const { program } = listed.shop;
    const runs = (await program.export.list({ limit: 100 })).toReversed();
    expect(runs.map((run) => [run.mode, run.status])).toEqual(Array(4).fill(['send', 'done']));
    const lines = await Promise.all(
      runs.map((run) => program.export.log(run.id, { sku: BOARD.sku, skip: 0, limit: 10 })),
    );
    expect(lines.map((of) => of.map((line) => line.parts.find((part) => part.part === 'price')?.value))).toEqual([
      ['60.00|EUR'],
      ['61.20|EUR'],
      ['62.40|EUR'],
      ['63.60|EUR'],
    ]);
  });

  it('unchanged by whatever comes later', async () => {
    const before = await pricesOf(BOARD.sku);
    await sendAt('54.000000', () => ({ status: 'CANCELLED' }));
    expect((await pricesOf(BOARD.sku)).slice(0, before.length)).toEqual(before);
    expect((await pricesOf(BOARD.sku)).length).toBe(before.length + 2);
  });
});
