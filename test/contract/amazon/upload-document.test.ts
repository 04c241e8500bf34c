import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DocumentLinkExpired, DocumentRefused } from '../../../src/amazon/amazon-errors.js';
import { documentFromFile, documentFromGzipFile, documentFromText } from '../../../src/amazon/document-source.js';
import { AmazonServer, type ReceivedRequest } from './amazon-server.js';
import { failureOf, openTestAccount, type TestAccount } from './test-account.js';

const DOCUMENTS = '/feeds/2021-06-30/documents';
const XML = 'text/xml; charset=UTF-8';
const EXPIRED = '<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>';

let server: AmazonServer;
let test: TestAccount;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'feedbridge-amazon-'));
  server = await new AmazonServer().open();
  server.on(`POST ${DOCUMENTS}`, {
    status: 201,
    body: { feedDocumentId: 'doc-1', url: `${server.url}/store/doc-1?X-Amz-Signature=sig` },
  });
  test = openTestAccount(server.url);
});
afterEach(async () => {
  await test.account.close();
  await server.close();
  await rm(folder, { recursive: true });
});

function sentHeader(request: ReceivedRequest | undefined, name: string): string | undefined {
  const at = request?.rawHeaders.findIndex((header, index) => index % 2 === 0 && header.toLowerCase() === name) ?? -1;
  return at < 0 ? undefined : request?.rawHeaders[at + 1];
}

describe('uploading a feed document', () => {
  const PUT = 'PUT /store/doc-1';

  it.each([XML, 'application/json; charset=UTF-8', 'TEXT/xml;Charset="utf-8"'])(
    'announces and sends the type %j byte for byte',
    async (contentType) => {
      server.on(PUT, { status: 200, body: '' });
      const target = await test.account.feeds.createFeedDocument(contentType);
      await test.account.feeds.uploadDocument(target, documentFromText('<a>é</a>'));
      expect(JSON.parse(String(server.received(`POST ${DOCUMENTS}`)[0]?.body))).toEqual({ contentType });
      const [put] = server.received(PUT);
      expect(sentHeader(put, 'content-type')).toBe(contentType);
      expect(put?.body.toString('utf8')).toBe('<a>é</a>');
    },
  );

  it('names its length and carries neither the token nor chunks', async () => {
    server.on(PUT, { status: 200, body: '' });
    const target = await test.account.feeds.createFeedDocument(XML);
    await test.account.feeds.uploadDocument(target, documentFromText('12345'));
    const [put] = server.received(PUT);
    expect(put?.url).toBe('/store/doc-1?X-Amz-Signature=sig');
    expect(put?.headers['content-length']).toBe('5');
    expect(put?.headers['transfer-encoding']).toBeUndefined();
    expect(Object.keys(put?.headers ?? {}).filter((name) => name.startsWith('x-amz'))).toEqual([]);
    expect(JSON.stringify(put?.rawHeaders)).not.toContain('Atza');
  });

  it('takes a file as it is and a gzip file unzipped', async () => {
    server.on(PUT, { status: 200, body: '' });
    const text = '<Message/>'.repeat(100_000);
    await writeFile(join(folder, 'feed.xml'), text);
    await writeFile(join(folder, 'feed.xml.gz'), gzipSync(text));
    const target = await test.account.feeds.createFeedDocument(XML);
    await test.account.feeds.uploadDocument(target, await documentFromFile(join(folder, 'feed.xml')));
    await test.account.feeds.uploadDocument(target, await documentFromGzipFile(join(folder, 'feed.xml.gz')));
    for (const put of server.received(PUT)) {
      expect(put.headers['content-length']).toBe('1000000');
      expect(put.body.toString()).toBe(text);
    }
    expect(server.received(PUT)).toHaveLength(2);
  });

  it('starts again from the first byte after a cut connection and after 503', async () => {
    server.on(
      PUT,
      { breakOff: 'before-answer' },
      { status: 503, body: '<Error><Code>SlowDown</Code></Error>' },
      { status: 200, body: '' },
    );
    const target = await test.account.feeds.createFeedDocument(XML);
    await test.account.feeds.uploadDocument(target, documentFromText('whole'));
    expect(server.received(PUT).map((put) => put.body.toString())).toEqual(['whole', 'whole', 'whole']);
    expect(test.time.pausesMs).toEqual([1000, 2000]);
  });

  it('to a link that ran out says so, and asks no second time', async () => {
    server.on(PUT, { status: 403, body: EXPIRED });
    const target = await test.account.feeds.createFeedDocument(XML);
    const failure = await failureOf(test.account.feeds.uploadDocument(target, documentFromText('x')));
    expect(failure).toBeInstanceOf(DocumentLinkExpired);
    expect(server.received(PUT)).toHaveLength(1);
  });

  it('refused for its signature names the code, and never the link', async () => {
    const body = '<Error><Code>SignatureDoesNotMatch</Code><StringToSign>sig</StringToSign></Error>';
    server.on(PUT, { status: 403, body });
    const target = await test.account.feeds.createFeedDocument(XML);
    const failure = await failureOf(test.account.feeds.uploadDocument(target, documentFromText('x')));
    expect(failure).toBeInstanceOf(DocumentRefused);
    expect(failure.message).toContain('HTTP 403 SignatureDoesNotMatch');
    expect(JSON.stringify([failure, failure.message, failure.stack])).not.toMatch(/Signature=|StringToSign/);
  });

  it('of a file that vanished meanwhile tells of the file', async () => {
    server.on(PUT, { status: 200, body: '' });
    await writeFile(join(folder, 'gone.xml'), 'x');
    const source = await documentFromFile(join(folder, 'gone.xml'));
    await rm(join(folder, 'gone.xml'));
    const target = await test.account.feeds.createFeedDocument(XML);
    expect(await failureOf(test.account.feeds.uploadDocument(target, source))).toMatchObject({ code: 'ENOENT' });
  });
});
