import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { AmazonAccount, NewFeed, NewReport, ProcessingStatus } from '../../../src/amazon/amazon-account.js';
import { BadRequest } from '../../../src/amazon/amazon-errors.js';
import { OfficialModel } from '../../support/official-model.js';
import { sharedFile } from '../../support/shared-material.js';
import { describeWithShared } from '../../support/with-shared-material.js';
import { AmazonServer } from './amazon-server.js';
import { failureOf, openTestAccount, type TestAccount } from './test-account.js';

/** One request and answer of Amazon's static sandbox. */
interface SandboxPair {
  readonly model: string;
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly request: { readonly parameters: Readonly<Record<string, { readonly value: unknown }>> };
  readonly response: Readonly<Record<string, unknown>> | null;
}

/** The parameters of all pairs together; each pair has those of its operation. */
interface Parameters {
  readonly body: NewFeed & NewReport & { readonly contentType: string };
  readonly feedId: string;
  readonly feedTypes: readonly string[];
  readonly processingStatuses: readonly ProcessingStatus[];
  readonly feedDocumentId: string;
  readonly reportId: string;
  readonly reportDocumentId: string;
}

type Call = (account: AmazonAccount, parameters: Parameters) => Promise<unknown>;

/** How each operation of ours is called with the sandbox's parameters, and the field of its answer that we keep. */
const CALLS: Readonly<Record<string, Call>> = {
  createFeedDocument: (account, { body }) => account.feeds.createFeedDocument(body.contentType),
  createFeed: (account, { body }) => account.feeds.createFeed(body),
  getFeed: (account, { feedId }) => account.feeds.getFeed(feedId),
  getFeeds: (account, { feedTypes, processingStatuses }) => account.feeds.getFeeds({ feedTypes, processingStatuses }),
  cancelFeed: (account, { feedId }) => account.feeds.cancelFeed(feedId),
  getFeedDocument: (account, { feedDocumentId }) => account.feeds.readDocument(feedDocumentId),
  createReport: (account, { body }) => account.reports.createReport(body),
  getReport: (account, { reportId }) => account.reports.getReport(reportId),
  getReportDocument: (account, { reportDocumentId }) => account.reports.openDocument(reportDocumentId),
};

describeWithShared('Amazon’s official models and sandbox', () => {
  const pairs = readPairs();
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

  it('have pairs for every operation in use, accepted and refused', () => {
    for (const operationId of Object.keys(CALLS)) {
      const statuses = pairs.filter((pair) => pair.operationId === operationId).map((pair) => pair.status);
      expect(
        statuses.some((status) => status < 300),
        operationId,
      ).toBe(true);
      expect(statuses, operationId).toContain(400);
    }
  });

  it.each(pairs.filter((pair) => pair.status < 300))(
    'take our $operationId and we take the answer $status',
    async (pair) => {
      const parameters = plainParameters(pair);
      const path = pathOf(pair, parameters);
      server.on(`${pair.method} ${path}`, { status: pair.status, body: answerOf(pair, server.url) }, lastPage(pair));
      server.on('GET /stored', { status: 200, body: 'stored', headers: { 'content-type': 'text/plain' } });
      const result = await CALLS[pair.operationId]?.(test.account, parameters);
      const [request] = server.received(`${pair.method} ${path}`);
      expect(request).toBeDefined();
      if (request === undefined) return;
      expect(new OfficialModel(pair.model).faultsOfRequest(pair.operationId, request)).toEqual([]);
      if ('body' in parameters) expect(JSON.parse(String(request.body))).toEqual(parameters.body);
      expect(namesIn(result)).toEqual(expect.arrayContaining([...namesIn(kept(pair))]));
    },
  );

  it.each(pairs.filter((pair) => pair.status === 400))(
    'refuse a wrong $operationId, which names their words',
    async (pair) => {
      const parameters = plainParameters(pair);
      server.on(`${pair.method} ${pathOf(pair, parameters)}`, { status: 400, body: pair.response });
      const failure = await failureOf(Promise.resolve(CALLS[pair.operationId]?.(test.account, parameters)));
      expect(failure).toBeInstanceOf(BadRequest);
      expect(failure).toMatchObject({ details: { amazonCode: '400' } });
      expect(failure.message).toContain('Invalid input');
    },
  );

  it('notice a request that does not fit', async () => {
    server.on('POST /feeds/2021-06-30/feeds', { status: 202, body: { feedId: '1' } });
    await test.account.feeds.createFeed({ feedType: 'T', marketplaceIds: [], inputFeedDocumentId: 'd' });
    const [request] = server.received('POST /feeds/2021-06-30/feeds');
    if (request === undefined) throw new Error('Expected a request, got none.');
    const model = new OfficialModel('feeds_2021-06-30.json');
    expect(model.faultsOfRequest('createFeed', request)).toEqual(['body.marketplaceIds has 0 entries']);
    expect(model.faultsOfRequest('createFeedDocument', request)).toContain('body.contentType is missing');
    expect(model.faultsOfRequest('getFeed', request)).toEqual(['POST is not the method of getFeed']);
  });
});

function readPairs(): readonly SandboxPair[] {
  const all = JSON.parse(
    readFileSync(sharedFile('amazon', 'samples', 'api', 'sandbox-static.json'), 'utf8'),
  ) as SandboxPair[];
  const models = ['feeds_2021-06-30.json', 'reports_2021-06-30.json'];
  return all.filter((pair) => models.includes(pair.model) && pair.operationId in CALLS);
}

function plainParameters(pair: SandboxPair): Parameters {
  const entries = Object.entries(pair.request.parameters).map(([name, { value }]) => [name, value]);
  return Object.fromEntries(entries) as Parameters;
}

function pathOf(pair: SandboxPair, parameters: Parameters): string {
  return pair.path.replace(/\{(\w+)\}/, (_match, name: string) => String(Reflect.get(parameters, name)));
}

/** The sandbox's links lead to Amazon; ours lead to the test's own server. */
function answerOf(pair: SandboxPair, serverUrl: string): unknown {
  const stored = pair.response !== null && 'url' in pair.response;
  return stored ? { ...pair.response, url: `${serverUrl}/stored` } : pair.response;
}

function lastPage(pair: SandboxPair) {
  return { status: pair.status, body: pair.operationId === 'getFeeds' ? { feeds: [] } : answerOf(pair, '') };
}

/** What of the sandbox's answer must be found in ours: its ids. */
function kept(pair: SandboxPair): unknown {
  const reads = ['getFeedDocument', 'getReportDocument', 'cancelFeed'];
  return reads.includes(pair.operationId) ? null : pair.response;
}

/** All ids and types inside a value. */
function namesIn(value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, entry]) =>
    /Id$|Type$|Status$/.test(name) ? [`${name}=${String(entry)}`] : namesIn(entry),
  );
}
