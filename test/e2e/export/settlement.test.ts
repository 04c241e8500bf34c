import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Feed } from '../../../src/features/reports/feed.js';
import { acceptAll, type FeedAnswer, processingReport, type ReportLine } from '../../support/export-amazon.js';
import { BOARD, DESK, LISTED, ListedShop } from '../../support/export-listed-shop.js';
import { send } from '../../support/export-program.js';
import { describeEachDatabase, type TestDatabase } from '../../support/test-databases.js';

const PRODUCTS = LISTED.map(({ id }) => id);

interface Scenario {
  readonly name: string;
  readonly answer: FeedAnswer;
  /** The states of the prices of the board, the desk and the card. */
  readonly states: readonly string[];
  /** Words of the sentence that explains the whole feed; left out = there is none. */
  readonly fault?: RegExp;
  readonly issues?: number;
}

const report = (
  lines: readonly ReportLine[],
  figures?: { successful?: number; withError?: number },
  processed = 3,
) => ({
  status: 'DONE' as const,
  report: processingReport(processed, lines, figures),
});
const two = { messageId: 2, code: '90205' };
const ALL_UNKNOWN = ['unknown', 'unknown', 'unknown'];

const scenarios: readonly Scenario[] = [
  {
    name: 'a whole report without a line accepts everything',
    answer: report([]),
    states: ['accepted', 'accepted', 'accepted'],
  },
  {
    name: 'a line rejects its SKU and no other',
    answer: report([{ ...two, sku: DESK.sku }]),
    states: ['accepted', 'rejected', 'accepted'],
    issues: 1,
  },
  {
    name: 'a line without a SKU is found by its message id',
    answer: report([{ messageId: 3, code: '90205' }]),
    states: ['accepted', 'accepted', 'rejected'],
    issues: 1,
  },
  {
    name: 'several lines about one SKU reject it once and are all kept',
    answer: report([
      { ...two, sku: DESK.sku },
      { ...two, code: '8105', sku: DESK.sku },
      { ...two, severity: 'Warning', code: '5000', sku: DESK.sku },
    ]),
    states: ['accepted', 'rejected', 'accepted'],
    issues: 3,
  },
  {
    name: 'a warning alone rejects nothing',
    answer: report([{ ...two, severity: 'Warning', code: '5000', sku: DESK.sku }]),
    states: ['accepted', 'accepted', 'accepted'],
    issues: 1,
  },
  {
    name: "a failure on Amazon's side leaves its SKU unknown",
    answer: report([{ ...two, code: '4000000', sku: DESK.sku }]),
    states: ['accepted', 'unknown', 'accepted'],
    issues: 1,
  },
  {
    name: 'a refusal weighs more than a failure that passes',
    answer: report([
      { ...two, code: '4000000', sku: DESK.sku },
      { ...two, sku: DESK.sku },
    ]),
    states: ['accepted', 'rejected', 'accepted'],
    issues: 2,
  },
  {
    name: 'an error for the whole feed accepts nothing',
    answer: report(
      [{ messageId: 0, code: '5000', description: 'XML Parsing Error at Line 22' }],
      { successful: 0, withError: 1 },
      0,
    ),
    states: ALL_UNKNOWN,
    fault: /5000 XML Parsing Error at Line 22/,
    issues: 1,
  },
  {
    name: 'fewer messages processed than sent accept nothing',
    answer: report([{ ...two, sku: DESK.sku }], {}, 2),
    states: ['unknown', 'rejected', 'unknown'],
    fault: /processed 2 messages, 3 were sent/,
    issues: 1,
  },
  {
    name: 'figures that do not add up accept nothing',
    answer: report([], { successful: 2, withError: 0 }),
    states: ALL_UNKNOWN,
    fault: /2 successful and 0 with errors of 3/,
  },
  {
    name: 'more errors counted than named accept nothing',
    answer: report([{ ...two, sku: DESK.sku }], { successful: 1, withError: 2 }),
    states: ['unknown', 'rejected', 'unknown'],
    fault: /counts 2 messages with errors and names 1/,
    issues: 1,
  },
  {
    name: 'a line for a SKU that the feed does not carry accepts nothing',
    answer: report([{ ...two, sku: 'STRANGER-1' }]),
    states: ALL_UNKNOWN,
    fault: /STRANGER-1/,
    issues: 1,
  },
  {
    name: 'a line for a message that the feed does not have accepts nothing',
    answer: report([{ messageId: 77, code: '90205' }]),
    states: ALL_UNKNOWN,
    fault: /message 77/,
    issues: 1,
  },
  {
    name: 'an empty report accepts nothing',
    answer: { status: 'DONE', report: '' },
    states: ALL_UNKNOWN,
    fault: /not whole \(empty\)/,
  },
  {
    name: 'a cut report rejects what it still names and accepts nothing',
    answer: {
      status: 'DONE',
      report: processingReport(3, [{ messageId: 1, code: '90205', sku: BOARD.sku }]).slice(0, -40),
    },
    states: ['rejected', 'unknown', 'unknown'],
    fault: /not whole \(cut\)/,
    issues: 1,
  },
  {
    name: 'a page of HTML accepts nothing',
    answer: { status: 'DONE', report: '<!DOCTYPE html><html><body><h1>Service unavailable</h1></body></html>' },
    states: ALL_UNKNOWN,
    fault: /not whole \(not-a-report\)/,
  },
  {
    name: 'DONE without a report accepts nothing',
    answer: { status: 'DONE' },
    states: ALL_UNKNOWN,
    fault: /gives no report/,
  },
  { name: 'FATAL accepts nothing', answer: { status: 'FATAL' }, states: ALL_UNKNOWN, fault: /FATAL/ },
  {
    name: 'FATAL with a report says what it says',
    answer: {
      status: 'FATAL',
      report: processingReport(0, [{ messageId: 0, code: '5000', description: 'No such feed type.' }]),
    },
    states: ALL_UNKNOWN,
    fault: /FATAL.*No such feed type/s,
    issues: 1,
  },
  { name: 'CANCELLED accepts nothing', answer: { status: 'CANCELLED' }, states: ALL_UNKNOWN, fault: /cancelled/ },
];

describeEachDatabase('a feed of three prices is settled by its end:', (_, open) => {
  let database: TestDatabase;
  let listed: ListedShop;
  let price = 20;
  beforeAll(async () => {
    database = await open();
    listed = await ListedShop.open(database.url);
  });
  afterAll(async () => {
    await listed?.close();
    await database?.drop();
  });
  beforeEach(async () => {
    await sendPrices();
    await listed.calmDown();
    expect(await states()).toEqual(['accepted', 'accepted', 'accepted']);
  });

  const states = () => Promise.all(LISTED.map(async ({ sku }) => (await listed.partOf(sku, 'price'))?.state));
  /** Changes the three prices, sends what waits and lets it settle. */
  const sendPrices = async (): Promise<Feed | undefined> => {
    price += 1;
    for (const id of PRODUCTS) await listed.office.setPrice(id, `${price}.000000`);
    const run = await listed.send(PRODUCTS);
    await listed.settle();
    return (await listed.shop.program.feeds.list({ runId: run.id, limit: 10 })).find((feed) => feed.kind === 'price');
  };

  it.each(scenarios.map((one) => [one.name, one] as const))('%s', async (__, scenario) => {
    const { answer, states: expected, fault, issues = 0 } = scenario;
    const { program, clock } = listed.shop;
    listed.amazon.answer = (feed) => (feed.messageType === 'Price' ? answer : acceptAll(feed));
    const feed = await sendPrices();
    expect(feed?.messages).toBe(3);
    expect(await states()).toEqual(expected);
    const unsettled = PRODUCTS.filter((___, index) => expected[index] === 'unknown');
    expect((await listed.rows()).map((row) => row.productId).toSorted((a, b) => a - b)).toEqual(unsettled);
    expect(feed?.fault ?? '').toMatch(fault ?? /^$/);
    expect(await program.feeds.issues(feed?.id ?? 0, { afterId: 0, limit: 10 })).toHaveLength(issues);
    const [told] = await program.journal.list({ code: 'feed-settled', runId: feed?.runId ?? 0, limit: 1 });
    expect(told?.message).toMatch(fault ?? /accepted/);
    listed.amazon.answer = acceptAll;
    clock.advance(60_000);
    await send(listed.shop, {}, false);
    await listed.settle();
    // What was unknown went again by itself, what was refused did not.
    expect(await states()).toEqual(expected.map((state) => (state === 'unknown' ? 'accepted' : state)));
    expect(await listed.rows()).toEqual([]);
  });
});
