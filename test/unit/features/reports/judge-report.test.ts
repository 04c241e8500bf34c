import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ProcessingReport,
  parseProcessingReport,
  type ReportResult,
} from '../../../../feeds/xml/processing-report.js';
import { judgeFeed, type SentContent } from '../../../../src/features/reports/judge-report.js';
import { sharedFile } from '../../../support/shared-material.js';
import { itWithShared } from '../../../support/with-shared-material.js';

const SKUS = ['A', 'B', 'C', 'D'];
const sent = (changes: Partial<SentContent> = {}): SentContent => ({
  isOurs: true,
  messages: SKUS.length,
  carries: (sku) => SKUS.includes(sku),
  skuOf: (messageId) => SKUS[messageId - 1] ?? null,
  ...changes,
});
const result = (messageId: number, code: string, changes: Partial<ReportResult> = {}): ReportResult => ({
  messageId,
  severity: 'error',
  code,
  description: 'Example',
  sku: SKUS[messageId - 1] ?? null,
  ...changes,
});
const summary = (processed: number, withError: number) => ({
  processed,
  successful: processed - withError,
  withError,
  withWarning: 0,
});
const report = (results: readonly ReportResult[], changes: Partial<ProcessingReport> = {}): ProcessingReport =>
  ({
    whole: true,
    transactionId: '1',
    statusCode: 'Complete',
    summary: summary(
      SKUS.length,
      new Set(results.filter((one) => one.severity === 'error').map((one) => one.messageId)).size,
    ),
    results,
    ...changes,
  }) as ProcessingReport;
const judge = (one: ProcessingReport | null, content = sent(), status: 'done' | 'cancelled' | 'fatal' = 'done') =>
  judgeFeed({ status, report: one, resultPath: null }, content);

describe('The end of a feed', () => {
  it('accepts what a whole report without errors does not name', () => {
    expect(judge(report([]))).toEqual({ silenceIsAcceptance: true, bySku: new Map(), fault: null, warnings: 0 });
  });

  it('rejects what is named with an error, accepts the rest', () => {
    const verdict = judge(report([result(2, '8541')]));
    expect(verdict).toMatchObject({ silenceIsAcceptance: true, fault: null });
    expect([...verdict.bySku]).toEqual([['B', { state: 'rejected', unknownSku: false }]]);
  });

  it.each(['5002', '20000', '20005', '4000000'])('calls code %s unknown: it may pass', (code) => {
    expect(judge(report([result(1, code)])).bySku.get('A')).toEqual({ state: 'unknown', unknownSku: false });
  });

  it.each(['13013', '8566'])('takes code %s as an unknown SKU', (code) => {
    expect(judge(report([result(1, code)])).bySku.get('A')).toEqual({ state: 'rejected', unknownSku: true });
  });

  it('lets a refusal weigh more than a failure that passes, in either order, and forgets no unknown SKU', () => {
    for (const codes of [
      ['5002', '8541', '13013'],
      ['13013', '8541', '5002'],
      ['8541', '5002', '13013'],
    ])
      expect(judge(report(codes.map((code) => result(1, code)))).bySku.get('A')).toEqual({
        state: 'rejected',
        unknownSku: true,
      });
  });

  it('counts warnings and decides nothing by them', () => {
    expect(judge(report([result(1, '5000', { severity: 'warning' })]))).toMatchObject({
      silenceIsAcceptance: true,
      bySku: new Map(),
      warnings: 1,
    });
  });

  it('finds the SKU of a result that names none by its message', () => {
    expect([...judge(report([result(3, '8541', { sku: null })])).bySku.keys()]).toEqual(['C']);
  });

  it.each<[string, ProcessingReport | null, RegExp]>([
    ['no report', null, /gives no report/],
    ['a cut report', { ...report([]), whole: false, fault: 'cut', detail: 'Expected </x>.' }, /not whole \(cut\)/],
    ['an error for the whole feed', report([result(0, '5000', { sku: null })]), /for the whole feed: 5000/],
    ['no summary', report([], { summary: null }), /no summary/],
    ['fewer messages processed than sent', report([], { summary: summary(3, 0) }), /processed 3 messages, 4 were sent/],
    ['more messages processed than sent', report([], { summary: summary(5, 0) }), /processed 5 messages, 4 were sent/],
    ['figures that do not add up', report([], { summary: { ...summary(4, 0), successful: 3 } }), /do not add up/],
    ['more errors counted than named', report([result(1, '1')], { summary: summary(4, 2) }), /counts 2 .* names 1/],
    ['a message that was not sent', report([result(9, '8541', { sku: 'A' })]), /names message 9, 4 were sent/],
    ['a SKU that was not sent', report([result(1, '8541', { sku: 'Z' })]), /names the SKU "Z"/],
    ['the SKU of another message', report([result(1, '8541', { sku: 'B' })]), /"B" for message 1, which is about "A"/],
  ])('with %s accepts nothing by silence, and says why', (_title, one, reason) => {
    const verdict = judge(one);
    expect(verdict.silenceIsAcceptance).toBe(false);
    expect(verdict.fault).toMatch(reason);
  });

  it.each(['a', ' A', 'a\t'])('takes the SKU of our document where the report spells it %j', (sku) => {
    const verdict = judge(report([result(1, '8541', { sku })]));
    expect(verdict).toMatchObject({ silenceIsAcceptance: true, fault: null });
    expect([...verdict.bySku]).toEqual([['A', { state: 'rejected', unknownSku: false }]]);
  });

  it('rejects neither of two SKUs when report and document disagree about a message', () => {
    expect([...judge(report([result(1, '8541', { sku: 'B' })])).bySku]).toEqual([]);
  });

  it('accepts nothing by silence when nobody can say which message an error means', () => {
    const verdict = judge(report([result(2, '8541', { sku: null })]), sent({ skuOf: () => null }));
    expect(verdict).toMatchObject({ silenceIsAcceptance: false, bySku: new Map() });
    expect(verdict.fault).toMatch(/message 2 without its SKU/);
  });

  it.each(['cancelled', 'fatal'] as const)('that is %s accepts nothing, however good its report', (status) => {
    expect(judge(report([]), sent(), status)).toMatchObject({ silenceIsAcceptance: false });
    expect(judge(null, sent(), status).fault).toMatch(status === 'fatal' ? /FATAL and gives no reason/ : /cancelled/);
  });

  it('that is FATAL says what its report says', () => {
    expect(judge(report([result(0, '4002001', { sku: null })]), sent(), 'fatal').fault).toMatch(
      /FATAL and says: 4002001/,
    );
  });

  it('never accepts by silence what an error means, whatever the report looks like', () => {
    const results = fc.array(
      fc.record({
        messageId: fc.integer({ min: 0, max: 6 }),
        severity: fc.constantFrom('error' as const, 'warning' as const),
        code: fc.constantFrom('5002', '8541', '13013'),
        description: fc.constant(''),
        sku: fc.constantFrom(null, 'A', 'B', 'Z'),
      }),
      { maxLength: 6 },
    );
    const figures = fc.record({
      processed: fc.integer({ min: 0, max: 6 }),
      successful: fc.integer({ min: 0, max: 6 }),
      withError: fc.integer({ min: 0, max: 6 }),
      withWarning: fc.constant(0),
    });
    fc.assert(
      fc.property(results, figures, (some, figure) => {
        const verdict = judge(report(some, { summary: figure }));
        if (!verdict.silenceIsAcceptance) return;
        for (const { severity, messageId, sku } of some) {
          if (severity === 'warning') continue;
          expect(messageId).toBeGreaterThan(0);
          expect(verdict.bySku.has(sku ?? SKUS[messageId - 1] ?? '')).toBe(true);
        }
        expect(figure.successful + figure.withError).toBe(SKUS.length);
      }),
      { numRuns: 2_000 },
    );
  });

  it('of a feed that may be another program’s accepts nothing by silence', () => {
    const whole = report([]);
    expect(judge(whole, sent()).silenceIsAcceptance).toBe(true);
    expect(judge(whole, sent({ isOurs: false }))).toMatchObject({
      silenceIsAcceptance: false,
      fault: expect.stringContaining('cannot be proved'),
    });
  });

  itWithShared('of each sample report accepts by silence only where all its figures agree', () => {
    const folder = sharedFile('amazon', 'samples', 'processing-reports');
    const accepted = readdirSync(folder)
      .filter((name) => name.startsWith('xml-'))
      .filter((name) => {
        const one = parseProcessingReport(readFileSync(`${folder}/${name}`, 'utf8'));
        const messages = one.summary?.processed ?? 0;
        const named = new Map(one.results.map((result) => [result.messageId, result.sku]));
        const content = {
          isOurs: true,
          messages,
          carries: () => true,
          skuOf: (id: number) => named.get(id) ?? `M${id}`,
        };
        return judge(one, content).silenceIsAcceptance;
      });
    expect(accepted.toSorted()).toEqual(['xml-all-ok.xml', 'xml-mixed.xml', 'xml-order-error.xml']);
  });
});
