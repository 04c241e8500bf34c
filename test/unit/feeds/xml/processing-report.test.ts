import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseProcessingReport, readProcessingReport } from '../../../../feeds/xml/processing-report.js';
import { sharedFile } from '../../../support/shared-material.js';
import { describeWithShared } from '../../../support/with-shared-material.js';

const report = (body: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<AmazonEnvelope><Header><DocumentVersion>1.02</DocumentVersion></Header>
<MessageType>ProcessingReport</MessageType><Message><MessageID>1</MessageID><ProcessingReport>${body}</ProcessingReport></Message></AmazonEnvelope>`;

const HEAD = '<DocumentTransactionID>50001</DocumentTransactionID><StatusCode>Complete</StatusCode>';
const SUMMARY =
  '<ProcessingSummary><MessagesProcessed>2</MessagesProcessed><MessagesSuccessful>1</MessagesSuccessful><MessagesWithError>1</MessagesWithError><MessagesWithWarning>0</MessagesWithWarning></ProcessingSummary>';
const result = (id: number | string, sku = `PS-${id}`) =>
  `<Result><MessageID>${id}</MessageID><ResultCode>Error</ResultCode><ResultMessageCode>13013</ResultMessageCode><ResultDescription>Unknown &amp; &lt;SKU&gt;</ResultDescription><AdditionalInfo><SKU>${sku}</SKU></AdditionalInfo></Result>`;

describeWithShared('the sample reports of the shared material', () => {
  const sample = (name: string) =>
    parseProcessingReport(readFileSync(sharedFile('amazon', 'samples', 'processing-reports', name), 'utf8'));

  test('all ok: whole, without results', () => {
    expect(sample('xml-all-ok.xml')).toEqual({
      whole: true,
      transactionId: '50004019876',
      statusCode: 'Complete',
      summary: { processed: 2, successful: 2, withError: 0, withWarning: 0 },
      results: [],
    });
  });

  test('mixed: two errors and a warning, each with its SKU', () => {
    const { whole, summary, results } = sample('xml-mixed.xml');
    expect({ whole, summary }).toEqual({
      whole: true,
      summary: { processed: 4, successful: 2, withError: 2, withWarning: 1 },
    });
    expect(results.map(({ messageId, severity, code, sku }) => [messageId, severity, code, sku])).toEqual([
      [1, 'error', '6024', 'PS-1-0'],
      [2, 'warning', '5000', 'PS-1-7'],
      [3, 'error', '13013', 'PS-9-0'],
    ]);
  });

  test('orders: results without a SKU', () => {
    expect(sample('xml-order-error.xml').results.map(({ code, sku }) => [code, sku])).toEqual([
      ['18028', null],
      ['18021', null],
    ]);
  });

  test('parse failure: message 0 speaks of the whole feed', () => {
    const { whole, results } = sample('xml-parse-failure.xml');
    expect(whole).toBe(true);
    expect(results[0]).toEqual({
      messageId: 0,
      severity: 'error',
      code: '5000',
      description: 'XML Parsing Error at Line 22, Column 28',
      sku: null,
    });
  });
});

describe('a report that is not whole', () => {
  const whole = report(HEAD + SUMMARY + result(1));
  const faultOf = (text: string) => {
    const parsed = parseProcessingReport(text);
    return parsed.whole ? null : parsed.fault;
  };

  test('the report these faults are made from is whole itself', () => {
    expect(faultOf(whole)).toBeNull();
  });

  test.each(['', ' \n\t ', '\ufeff'])('%j is empty', (text) => {
    expect(faultOf(text)).toBe('empty');
  });

  test('cut at any place it is never taken for whole', () => {
    for (let end = 1; end < whole.length; end += 1)
      expect(parseProcessingReport(whole.slice(0, end)).whole).toBe(false);
    expect(faultOf(whole.slice(0, -1))).toBe('cut');
    expect(faultOf(whole.slice(0, whole.indexOf('<Result>') + 20))).toBe('cut');
  });

  test('what was read before the cut is still told', () => {
    const parsed = parseProcessingReport(whole.slice(0, whole.indexOf('</ProcessingReport>')));
    expect(parsed).toMatchObject({ whole: false, statusCode: 'Complete', summary: { processed: 2 } });
    expect(parsed.results).toEqual([
      { messageId: 1, severity: 'error', code: '13013', description: 'Unknown & <SKU>', sku: 'PS-1' },
    ]);
  });

  test.each([
    ['plain text', 'Service Unavailable', 'not-xml'],
    ['a JSON answer', '{"errors":[]}', 'not-xml'],
    ['broken markup', whole.replace('</StatusCode>', '</Status>'), 'not-xml'],
    ['binary rubbish within', whole.replace('Unknown', '\u0001'), 'not-xml'],
    ['text after the end', `${whole}<more/>`, 'not-xml'],
    ['an HTML page', '<!DOCTYPE html><html><body><p>503</body></html>', 'not-a-report'],
    ['an HTML page without a document type', '<html><head><meta></head>', 'not-a-report'],
    ['another envelope', whole.replaceAll('ProcessingReport>', 'Inventory>'), 'not-a-report'],
    [
      'two reports in one',
      whole.replace('</Message>', `</Message>${/<Message>.*<\/Message>/s.exec(whole)?.[0]}`),
      'not-a-report',
    ],
    ['a result without a number', report(HEAD + SUMMARY + result('x')), 'not-a-report'],
    ['a report still being made', whole.replace('Complete', 'Processing'), 'not-complete'],
    ['a rejected report', whole.replace('Complete', 'Rejected'), 'not-complete'],
    ['a report without a status', report(SUMMARY), 'not-complete'],
  ])('%s', (_name, text, fault) => {
    const parsed = parseProcessingReport(text);
    expect(parsed).toMatchObject({ whole: false, fault, detail: expect.stringMatching(/^[A-Z].*\.$/) });
  });

  test('entities are refused before they are expanded, and files are not read', () => {
    const laughs =
      '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>';
    const parsed = parseProcessingReport(
      whole.replace('<AmazonEnvelope>', `${laughs}<AmazonEnvelope>`).replace('Unknown', '&b;&c;'),
    );
    expect(parsed).toMatchObject({ whole: false, fault: 'not-a-report', results: [] });
    expect(parseProcessingReport(whole.replace('Unknown', '&b;'))).toMatchObject({ whole: false, fault: 'not-xml' });
  });
});

describe('details of a whole report', () => {
  test('a summary with a missing or odd figure is no summary', () => {
    expect(parseProcessingReport(report(HEAD + SUMMARY.replace('>2<', '>two<'))).summary).toBeNull();
    expect(parseProcessingReport(report(HEAD)).summary).toBeNull();
  });

  test('a severity nobody knows counts as an error', () => {
    const [first] = parseProcessingReport(report(HEAD + result(1).replace('>Error<', '>Fatal<'))).results;
    expect(first?.severity).toBe('error');
  });

  test('one result does not inherit from the one before', () => {
    const bare = '<Result><MessageID>2</MessageID><ResultCode>Warning</ResultCode></Result>';
    const [, second] = parseProcessingReport(report(HEAD + result(1) + bare)).results;
    expect(second).toEqual({ messageId: 2, severity: 'warning', code: '', description: '', sku: null });
  });
});

describe('readProcessingReport', () => {
  test('reads bytes in any pieces, also through the middle of a character', async () => {
    const bytes = Buffer.from(report(HEAD + SUMMARY + result(1, 'été-😀')));
    const pieces = Array.from(bytes, (byte) => Uint8Array.of(byte));
    const parsed = await readProcessingReport(pieces);
    expect(parsed).toEqual(parseProcessingReport(bytes.toString()));
    expect(parsed.results[0]?.sku).toBe('été-😀');
  });

  test('takes the results of 25,000 messages', async () => {
    function* pieces() {
      yield report('\u0000').split('\u0000')[0] + HEAD;
      for (let id = 1; id <= 25_000; id += 1) yield result(id);
      yield report('\u0000').split('\u0000')[1] ?? '';
    }
    const parsed = await readProcessingReport(pieces());
    expect(parsed.whole).toBe(true);
    expect(parsed.results).toHaveLength(25_000);
    expect(parsed.results[24_999]).toMatchObject({ messageId: 25_000, sku: 'PS-25000' });
  });
});
