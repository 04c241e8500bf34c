import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseProcessingReport } from '../../../feeds/xml/processing-report.js';
import { parseExportOptions } from '../../../src/features/export/export-options.js';
import { judgeFeed } from '../../../src/features/reports/judge-report.js';
import { acceptAll, processingReport, type ReportLine } from '../../support/export-amazon.js';
import { BOARD, CARD, DESK, LISTED, ListedShop } from '../../support/export-listed-shop.js';
import { send } from '../../support/export-program.js';
import { describeEachDatabase, type TestDatabase } from '../../support/test-databases.js';

const ALL = LISTED.map(({ id }) => id);
const REASON = 'The price is above the highest price that the brand allows.';

describeEachDatabase('what Amazon rejected or did not clearly accept never looks done:', (_, open) => {
  let database: TestDatabase;
  let listed: ListedShop;
  beforeAll(async () => {
    database = await open();
    listed = await ListedShop.open(database.url);
    await listed.send(ALL);
    await listed.calmDown();
    for (const id of ALL) await listed.office.setPrice(id, '88.000000');
    listed.amazon.answer = (feed) =>
      feed.messageType === 'Price' ? { status: 'DONE', report: processingReport(3, LINES) } : acceptAll(feed);
    await listed.send(ALL);
    await listed.settle();
    listed.amazon.answer = acceptAll;
  });
  afterAll(async () => {
    await listed?.close();
    await database?.drop();
  });

  const stateOf = async ({ sku }: { sku: string }) => (await listed.partOf(sku, 'price'))?.state;

  it('the rejected one is shown as rejected, with the value before, its reason, and what to do', async () => {
    const price = await listed.partOf(BOARD.sku, 'price');
    expect(price).toMatchObject({ state: 'rejected', submittedValue: '105.60|EUR' });
    expect(price?.acceptedValue).not.toBe('105.60|EUR');
    const feedId = price?.submittedFeedId ?? 0;
    const [issue] = await listed.shop.program.feeds.issuesOfSku([feedId], BOARD.sku);
    expect(issue).toMatchObject({ code: '90205', severity: 'error', description: REASON });
    const causes = await listed.shop.program.feeds.causes(feedId);
    expect(causes.find((cause) => cause.code === '90205')).toMatchObject({
      example: REASON,
      count: 1,
      explanation: { advice: expect.stringMatching(/./) },
    });
    expect(await listed.shop.program.feeds.find(feedId)).toMatchObject({ accepted: 1, errors: 1, unknown: 1 });
  });

  it('the unclear one waits in the queue, and nobody can take it for accepted', async () => {
    expect(await stateOf(DESK)).toBe('unknown');
    expect((await listed.partOf(DESK.sku, 'price'))?.acceptedValue).not.toBe('105.60|EUR');
    expect((await listed.rows()).map((row) => row.productId)).toEqual([DESK.id]);
  });

  it('the clearly accepted one is done', async () => {
    expect(await listed.partOf(CARD.sku, 'price')).toMatchObject({ state: 'accepted', acceptedValue: '105.60|EUR' });
  });

  it('a preview still shows the rejected one, with what Amazon has', async () => {
    const { program } = listed.shop;
    const options = parseExportOptions({ products: [BOARD.id] });
    const verify = await program.export.preview('verify', options, { requestedBy: 'test' });
    const [line] = await program.export.log(verify.id, { sku: BOARD.sku, skip: 0, limit: 1 });
    const before = (await listed.partOf(BOARD.sku, 'price'))?.acceptedValue;
    expect(line?.parts.find((part) => part.part === 'price')).toMatchObject({
      before,
      value: '105.60|EUR',
      decision: 'send',
    });
  });

  it('a send without a new mark leaves the rejected one rejected and sends the unclear one again', async () => {
    listed.shop.clock.advance(60_000);
    const count = listed.amazon.feeds.length;
    await send(listed.shop, {}, false);
    await listed.settle();
    expect(listed.amazon.feeds.slice(count).flatMap((feed) => feed.messages.map(({ sku }) => sku))).toEqual([DESK.sku]);
    expect([await stateOf(BOARD), await stateOf(DESK)]).toEqual(['rejected', 'accepted']);
  });

  it('a new mark sends the rejected one again, and only its acceptance makes it done', async () => {
    const count = listed.amazon.feeds.length;
    await listed.send([BOARD.id]);
    expect(await stateOf(BOARD)).toBe('open');
    await listed.settle();
    expect(listed.amazon.feeds.slice(count).map((feed) => feed.messages.length)).toEqual([1]);
    expect(await stateOf(BOARD)).toBe('accepted');
  });

  const LINES: readonly ReportLine[] = [
    { messageId: 1, code: '90205', sku: BOARD.sku, description: REASON },
    { messageId: 2, code: '4000000', sku: DESK.sku },
  ];
});

const SENT = 4;
const skuOf = (messageId: number) => (messageId >= 1 && messageId <= SENT ? `SKU-${messageId}` : null);

it('of any report, cut anywhere, a SKU is accepted exactly if the report is whole, agrees with itself and has no error for it', () => {
  const line = fc.record({
    messageId: fc.integer({ min: 1, max: SENT }),
    code: fc.constantFrom('90205', '13013', '5002', '4000000', ''),
    named: fc.boolean(),
    severity: fc.constantFrom('Error' as const, 'Error' as const, 'Warning' as const),
  });
  const report = fc.record({
    lines: fc.array(line, { maxLength: 5 }),
    processed: fc.constantFrom(SENT, SENT, SENT, SENT - 1, 0),
    drift: fc.constantFrom(0, 0, 0, 1),
    missing: fc.constantFrom(0, 0, 0, 1),
    forAll: fc.constantFrom(false, false, false, true),
    end: fc.oneof(
      { weight: 4, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }) },
    ),
    status: fc.constantFrom('done' as const, 'done' as const, 'done' as const, 'fatal' as const, 'cancelled' as const),
  });
  let accepted = 0;
  fc.assert(
    fc.property(report, ({ lines, processed, drift, missing, forAll, end, status }) => {
      const said = lines.map(
        ({ named, ...one }): ReportLine => (named ? { ...one, sku: `SKU-${one.messageId}` } : one),
      );
      const wrong = new Set(lines.filter((one) => one.severity === 'Error').map((one) => one.messageId));
      const withError = wrong.size + missing;
      // With nothing left to be successful the figures would agree after all.
      fc.pre(drift === 0 || processed - withError >= drift);
      const text = processingReport(processed, forAll ? [...said, { messageId: 0, code: '5000' }] : said, {
        withError,
        successful: Math.max(0, processed - withError - drift),
      });
      const cut = end === null ? text : text.slice(0, Math.floor(text.trimEnd().length * end));
      const verdict = judgeFeed(
        { status, report: parseProcessingReport(cut), resultPath: '' },
        { isOurs: true, messages: SENT, carries: (sku) => /^SKU-[1-4]$/.test(sku), skuOf },
      );
      const agrees = processed === SENT && drift === 0 && missing === 0 && !forAll && end === null && status === 'done';
      for (let id = 1; id <= SENT; id += 1) {
        const isAccepted = verdict.silenceIsAcceptance && !verdict.bySku.has(`SKU-${id}`);
        expect([id, isAccepted]).toEqual([id, agrees && !wrong.has(id)]);
        if (isAccepted) accepted += 1;
      }
      expect(verdict.fault === null).toBe(agrees);
    }),
    { numRuns: 600 },
  );
  expect(accepted).toBeGreaterThan(50);
});
