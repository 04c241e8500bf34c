import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  CallAborted,
  DocumentDamaged,
  DocumentNotSaved,
  DocumentTooLarge,
  Unreachable,
} from '../../../src/amazon/amazon-errors.js';
import { AmazonServer } from './amazon-server.js';
import { failureOf, openTestAccount, type TestAccount } from './test-account.js';

const XML = 'text/xml; charset=UTF-8';
const EXPIRED = '<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>';

let server: AmazonServer;
let test: TestAccount;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'feedbridge-amazon-'));
  server = await new AmazonServer().open();
  test = openTestAccount(server.url);
});
afterEach(async () => {
  await test.account.close();
  await server.close();
  await rm(folder, { recursive: true });
});

describe('downloading a feed document', () => {
  const LINK = 'GET /feeds/2021-06-30/documents/doc-9';
  const GET = 'GET /store/doc-9';

  function announce(compressionAlgorithm?: string): void {
    const url = `${server.url}/store/doc-9?X-Amz-Signature=sig`;
    server.on(LINK, { status: 200, body: { feedDocumentId: 'doc-9', url, compressionAlgorithm } });
  }

  it('gives plain text, without sending the token to the link', async () => {
    announce();
    server.on(GET, { status: 200, body: 'Ein Bericht für é', headers: { 'content-type': XML } });
    expect(await test.account.feeds.readDocument('doc-9')).toBe('Ein Bericht für é');
    const [request] = server.received(GET);
    expect(request?.headers['x-amz-access-token']).toBeUndefined();
    expect(JSON.stringify(request?.rawHeaders)).not.toContain('Atza');
  });

  it('unzips once, whether announced by Amazon, by the download, or by both', async () => {
    const zipped = gzipSync('<Report/>');
    const encoded = { 'content-type': XML, 'content-encoding': 'gzip' };
    announce('GZIP');
    server.on(
      GET,
      { status: 200, body: zipped, headers: { 'content-type': XML } },
      { status: 200, body: zipped, headers: encoded },
    );
    expect(await test.account.feeds.readDocument('doc-9')).toBe('<Report/>');
    expect(await test.account.feeds.readDocument('doc-9')).toBe('<Report/>');
    announce();
    expect(await test.account.feeds.readDocument('doc-9')).toBe('<Report/>');
  });

  it('decodes by the charset of the download', async () => {
    announce();
    server.on(GET, {
      status: 200,
      body: Buffer.from([0x80, 0xe9]),
      headers: { 'content-type': 'text/xml; charset=Cp1252' },
    });
    expect(await test.account.feeds.readDocument('doc-9')).toBe('€é');
  });

  it('writes a file that appears only when it is whole; until then the old one stays', async () => {
    announce('GZIP');
    const path = join(folder, 'report.xml');
    await writeFile(path, 'old');
    const whole = gzipSync('<Report/>'.repeat(1000));
    server.on(GET, { status: 200, body: whole.subarray(0, whole.length - 9) });
    expect(await failureOf(test.account.feeds.downloadDocument('doc-9', path))).toBeInstanceOf(DocumentDamaged);
    expect(await readdir(folder)).toEqual(['report.xml']);
    expect(await readFile(path, 'utf8')).toBe('old');
    server.on(GET, { status: 200, body: whole });
    expect(await test.account.feeds.downloadDocument('doc-9', path)).toEqual({ path, sizeBytes: 9000 });
    expect(await readdir(folder)).toEqual(['report.xml']);
    expect(await readFile(path, 'utf8')).toBe('<Report/>'.repeat(1000));
  });

  it('asks for a new link when the old one ran out', async () => {
    announce();
    server.on(GET, { status: 403, body: EXPIRED }, { status: 200, body: 'late', headers: { 'content-type': XML } });
    expect(await test.account.feeds.readDocument('doc-9')).toBe('late');
    expect(server.received(LINK)).toHaveLength(2);
  });

  it.each([
    ['a cut connection', { breakOff: 'within-body' } as const],
    ['an HTML page', { status: 200, body: '<html>x</html>', headers: { 'content-type': 'text/html; charset=utf-8' } }],
    ['bytes that are not gzip', { status: 200, body: 'plain' }],
  ])('ends as DocumentDamaged after four times %s', async (_name, reaction) => {
    announce('GZIP');
    server.on(GET, reaction);
    expect(await failureOf(test.account.feeds.readDocument('doc-9'))).toBeInstanceOf(DocumentDamaged);
    expect(server.received(GET)).toHaveLength(4);
  });

  it('is given up at its limit of unzipped bytes', async () => {
    announce('GZIP');
    server.on(GET, { status: 200, body: gzipSync(Buffer.alloc(50_000_000)) });
    const failure = await failureOf(test.account.feeds.readDocument('doc-9', { maxBytes: 100_000 }));
    expect(failure).toBeInstanceOf(DocumentTooLarge);
    expect(server.received(GET)).toHaveLength(1);
  });

  it('into a folder that cannot be written names the file, and is not repeated', async () => {
    announce();
    server.on(GET, { status: 200, body: 'x' });
    const path = join(folder, 'no-such-folder', 'report.xml');
    const failure = await failureOf(test.account.feeds.downloadDocument('doc-9', path));
    expect(failure).toBeInstanceOf(DocumentNotSaved);
    expect(failure.message).toContain(path);
    expect(server.received(GET)).toHaveLength(1);
  });

  it('that stalls is ended', async () => {
    await test.account.close();
    test = openTestAccount(server.url, { timeoutMs: 250 });
    announce();
    server.on(GET, { silent: true });
    expect(await failureOf(test.account.feeds.readDocument('doc-9'))).toBeInstanceOf(Unreachable);
    server.on(GET, { stallAfter: 'half' });
    const failure = await failureOf(test.account.feeds.readDocument('doc-9'));
    expect(failure).toBeInstanceOf(DocumentDamaged);
    expect(failure.message).toContain('no bytes for 250 ms');
  });

  it('ends with its caller', async () => {
    announce();
    server.on(GET, { stallAfter: 'half' });
    const caller = new AbortController();
    const failure = failureOf(test.account.feeds.readDocument('doc-9', { signal: caller.signal }));
    await expect.poll(() => server.received(GET).length, { timeout: 10_000 }).toBe(1);
    caller.abort();
    expect(await failure).toBeInstanceOf(CallAborted);
  });
});
