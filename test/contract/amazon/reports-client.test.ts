import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ReportDownload } from '../../../src/amazon/amazon-account.js';
import { CallAborted, DocumentDamaged, DocumentTooLarge, UnexpectedAnswer } from '../../../src/amazon/amazon-errors.js';
import { AmazonServer, type Reaction } from './amazon-server.js';
import { failureOf, openTestAccount, type TestAccount } from './test-account.js';

const REPORTS = '/reports/2021-06-30/reports';
const LINK = 'GET /reports/2021-06-30/documents/doc-1';
const GET = 'GET /store/doc-1';

let server: AmazonServer;
let test: TestAccount;

beforeEach(async () => {
  server = await new AmazonServer().open();
  test = openTestAccount(server.url);
});
afterEach(async () => {
  await test.account.close();
  await server.close();
});

function store(reaction: Reaction, compressionAlgorithm?: string): void {
  const url = `${server.url}/store/doc-1?X-Amz-Signature=sig`;
  server.on(LINK, { status: 200, body: { reportDocumentId: 'doc-1', url, compressionAlgorithm } });
  server.on(GET, reaction);
}

async function textOf(download: ReportDownload): Promise<string> {
  let text = '';
  for await (const part of download.text) text += part;
  return text;
}

describe('reports', () => {
  it('are ordered with exactly what was asked', async () => {
    server.on(`POST ${REPORTS}`, { status: 202, body: { reportId: 'R1' } });
    const report = {
      reportType: 'GET_MERCHANT_LISTINGS_ALL_DATA',
      marketplaceIds: ['A13V1IB3VIYZZH'],
      dataStartTime: '2026-11-01T00:00:00Z',
      reportOptions: { custom: 'true' },
    };
    expect(await test.account.reports.createReport(report)).toEqual({ reportId: 'R1', requestId: 'request-1' });
    expect(JSON.parse(String(server.received(`POST ${REPORTS}`)[0]?.body))).toEqual(report);
  });

  it('are ordered again after a cut connection: one report too many harms nothing', async () => {
    server.on(`POST ${REPORTS}`, { breakOff: 'before-answer' }, { status: 202, body: { reportId: 'R2' } });
    const report = { reportType: 'GET_MERCHANT_LISTINGS_ALL_DATA', marketplaceIds: ['A13V1IB3VIYZZH'] };
    expect((await test.account.reports.createReport(report)).reportId).toBe('R2');
  });

  it('turn into plain values', async () => {
    server.on(`GET ${REPORTS}/R1`, {
      status: 200,
      body: {
        reportId: 'R1',
        reportType: 'T',
        marketplaceIds: ['M'],
        createdTime: '2026-11-21T10:00:00Z',
        processingStatus: 'DONE',
        processingEndTime: '2026-11-21T10:05:00+00:00',
        reportDocumentId: 'doc-1',
      },
    });
    expect(await test.account.reports.getReport('R1')).toEqual({
      reportId: 'R1',
      reportType: 'T',
      marketplaceIds: ['M'],
      createdTime: '2026-11-21T10:00:00.000Z',
      dataStartTime: null,
      dataEndTime: null,
      processingStatus: 'DONE',
      processingStartTime: null,
      processingEndTime: '2026-11-21T10:05:00.000Z',
      reportDocumentId: 'doc-1',
    });
  });
});

describe('a report’s document', () => {
  it.each([
    ['text/plain; charset=UTF-8', Buffer.from('\uFEFFsku\tß', 'utf8'), 'sku\tß', 'utf-8'],
    ['text/plain;charset=Cp1252', Buffer.from([0x73, 0x09, 0xdf, 0x80]), 's\tß€', 'windows-1252'],
    ['text/plain; charset=Shift_JIS', Buffer.from([0x8f, 0xa4, 0x95, 0x69]), '商品', 'shift_jis'],
  ])('of type %s is decoded', async (contentType, bytes, text, charset) => {
    store({ status: 200, body: gzipSync(bytes), headers: { 'content-type': contentType } }, 'GZIP');
    const download = await test.account.reports.openDocument('doc-1');
    expect(download.charset).toBe(charset);
    expect(await textOf(download)).toBe(text);
  });

  it('can be kept in its own bytes', async () => {
    const bytes = Buffer.from([0x73, 0x09, 0xdf, 0x80]);
    store({ status: 200, body: bytes, headers: { 'content-type': 'text/plain;charset=Cp1252' } });
    const chunks: Uint8Array[] = [];
    for await (const chunk of (await test.account.reports.openDocument('doc-1')).bytes) chunks.push(chunk);
    expect(Buffer.concat(chunks)).toEqual(bytes);
  });

  it('is fetched without the token', async () => {
    store({ status: 200, body: 'x' });
    await textOf(await test.account.reports.openDocument('doc-1'));
    expect(JSON.stringify(server.received(GET))).not.toContain('Atza');
  });

  it('of 20 MB comes whole, in parts', async () => {
    const line = 'SKU-0001\t12.50\t7\n';
    store({ status: 200, body: gzipSync(line.repeat(1_200_000)), headers: { 'content-type': 'text/plain' } }, 'GZIP');
    let parts = 0;
    let characters = 0;
    for await (const part of (await test.account.reports.openDocument('doc-1')).text) {
      parts += 1;
      characters += part.length;
    }
    expect(characters).toBe(line.length * 1_200_000);
    expect(parts).toBeGreaterThan(100);
  });

  it('that was cut is told to its reader', async () => {
    const whole = gzipSync('x'.repeat(10_000));
    store({ status: 200, body: whole.subarray(0, -5) }, 'GZIP');
    const download = await test.account.reports.openDocument('doc-1');
    expect(await failureOf(textOf(download))).toBeInstanceOf(DocumentDamaged);
    store({ breakOff: 'within-body' });
    const broken = await test.account.reports.openDocument('doc-1');
    expect(await failureOf(textOf(broken))).toBeInstanceOf(DocumentDamaged);
  });

  it('beyond the limit is given up', async () => {
    store({ status: 200, body: 'x'.repeat(1001) });
    const download = await test.account.reports.openDocument('doc-1', { maxBytes: 1000 });
    expect(await failureOf(textOf(download))).toBeInstanceOf(DocumentTooLarge);
  });

  it('of an unknown charset is refused by its name', async () => {
    store({ status: 200, body: 'x', headers: { 'content-type': 'text/plain; charset=klingon' } });
    const failure = await failureOf(test.account.reports.openDocument('doc-1'));
    expect(failure).toBeInstanceOf(UnexpectedAnswer);
    expect(failure.message).toContain('klingon');
  });

  it('that is an HTML page is refused', async () => {
    store({ status: 200, body: '<html></html>', headers: { 'content-type': 'text/html' } });
    expect(await failureOf(test.account.reports.openDocument('doc-1'))).toBeInstanceOf(DocumentDamaged);
  });

  it('under way ends when the account is closed', async () => {
    store({ stallAfter: 'half' });
    const download = await test.account.reports.openDocument('doc-1');
    const reading = failureOf(textOf(download));
    await test.account.close();
    expect(await reading).toBeInstanceOf(CallAborted);
  });

  it('under way ends with its caller', async () => {
    store({ stallAfter: 'half' });
    const caller = new AbortController();
    const download = await test.account.reports.openDocument('doc-1', { signal: caller.signal });
    const reading = failureOf(textOf(download));
    caller.abort();
    expect(await reading).toBeInstanceOf(CallAborted);
  });
});
