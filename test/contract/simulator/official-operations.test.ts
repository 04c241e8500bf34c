import { afterAll, beforeAll, expect, it } from 'vitest';
import { OfficialModel } from '../../support/official-model.js';
import { describeWithShared } from '../../support/with-shared-material.js';
import { CODES, envelope, FRANCE, product, SimulatorBench } from './simulator-bench.js';
import { XML_TYPE } from './simulator-client.js';

describeWithShared('Each answer of the simulator, held against the official models', () => {
  const feeds = '/feeds/2021-06-30';
  const reports = '/reports/2021-06-30';
  let bench: SimulatorBench;
  let feedModel: OfficialModel;
  let reportModel: OfficialModel;
  beforeAll(async () => {
    feedModel = new OfficialModel('feeds_2021-06-30.json');
    reportModel = new OfficialModel('reports_2021-06-30.json');
    bench = await SimulatorBench.open('SQLite');
  });
  afterAll(() => bench.close());

  async function expectOfficial(operation: string, status: number, [method, path, body]: [string, string, unknown?]) {
    const answer = await bench.client.call(method, path, body);
    const model = path.startsWith(feeds) ? feedModel : reportModel;
    expect([operation, answer.status, model.faultsOfAnswer(operation, answer)]).toEqual([operation, status, []]);
    return answer.body as Readonly<Record<string, string>>;
  }

  it('fits along the life of a feed', async () => {
    const document = { contentType: XML_TYPE };
    await expectOfficial('createFeedDocument', 201, ['POST', `${feeds}/documents`, document]);
    const inputFeedDocumentId = await bench.client.upload(envelope('Product', [[product('A', CODES.one)]]));
    const feed = { feedType: 'POST_PRODUCT_DATA', marketplaceIds: [FRANCE.id], inputFeedDocumentId };
    const { feedId } = await expectOfficial('createFeed', 202, ['POST', `${feeds}/feeds`, feed]);
    await expectOfficial('getFeed', 200, ['GET', `${feeds}/feeds/${feedId}`]);
    bench.clock.advance(5_000);
    const done = await expectOfficial('getFeed', 200, ['GET', `${feeds}/feeds/${feedId}`]);
    expect(done.processingStatus).toBe('DONE');
    await expectOfficial('getFeedDocument', 200, ['GET', `${feeds}/documents/${done.resultFeedDocumentId}`]);
    await expectOfficial('getFeeds', 200, ['GET', `${feeds}/feeds?feedTypes=POST_PRODUCT_DATA&pageSize=1`]);
    const { feedId: waiting } = await expectOfficial('createFeed', 202, ['POST', `${feeds}/feeds`, feed]);
    await expectOfficial('cancelFeed', 200, ['DELETE', `${feeds}/feeds/${waiting}`]);
    await expectOfficial('cancelFeed', 400, ['DELETE', `${feeds}/feeds/${waiting}`]);
  });

  it('fits along the life of a report', async () => {
    const order = { reportType: 'GET_MERCHANT_LISTINGS_ALL_DATA', marketplaceIds: [FRANCE.id] };
    const { reportId } = await expectOfficial('createReport', 202, ['POST', `${reports}/reports`, order]);
    await expectOfficial('getReport', 200, ['GET', `${reports}/reports/${reportId}`]);
    bench.clock.advance(5_000);
    const done = await expectOfficial('getReport', 200, ['GET', `${reports}/reports/${reportId}`]);
    expect(done.processingStatus).toBe('DONE');
    await expectOfficial('getReportDocument', 200, ['GET', `${reports}/documents/${done.reportDocumentId}`]);
    await expectOfficial('getReports', 200, ['GET', `${reports}/reports?reportTypes=${order.reportType}`]);
    await expectOfficial('cancelReport', 400, ['DELETE', `${reports}/reports/${reportId}`]);
  });

  it('fits where something is unknown, wrong or not allowed', async () => {
    await expectOfficial('getFeed', 404, ['GET', `${feeds}/feeds/50000099999`]);
    await expectOfficial('getFeed', 404, ['GET', `${feeds}/feeds/none`]);
    await expectOfficial('getFeedDocument', 404, ['GET', `${feeds}/documents/none`]);
    await expectOfficial('createFeedDocument', 400, ['POST', `${feeds}/documents`, {}]);
    await expectOfficial('createFeedDocument', 400, ['POST', `${feeds}/documents`, '{"contentType":']);
    await expectOfficial('createFeed', 400, ['POST', `${feeds}/feeds`, { feedType: 'X', marketplaceIds: [] }]);
    await expectOfficial('getFeeds', 400, ['GET', `${feeds}/feeds`]);
    await expectOfficial('getFeeds', 400, ['GET', `${feeds}/feeds?feedTypes=A&pageSize=101`]);
    await expectOfficial('getReport', 404, ['GET', `${reports}/reports/none`]);
    await expectOfficial('createReport', 400, ['POST', `${reports}/reports`, { reportType: 'X' }]);
    const denied = await fetch(`${bench.client.url}${feeds}/feeds/1`);
    const answer = { status: denied.status, headers: denied.headers, body: await denied.json() };
    expect([denied.status, feedModel.faultsOfAnswer('getFeed', answer)]).toEqual([403, []]);
  });

  it('fits where a fault strikes', async () => {
    const inputFeedDocumentId = await bench.client.upload(envelope('Product', [[product('B', CODES.another)]]));
    const feed = { feedType: 'POST_PRODUCT_DATA', marketplaceIds: [FRANCE.id], inputFeedDocumentId };
    const create = ['POST', `${feeds}/feeds`, feed] as [string, string, unknown];
    for (const status of [429, 503] as const)
      for (const retryAfterSeconds of [undefined, 5]) {
        await bench.client.command({ kind: 'answer', status, retryAfterSeconds });
        await expectOfficial('createFeed', status, create);
      }
    for (const kind of ['cancelled', 'stuck', 'fatal', 'report-empty']) {
      await bench.client.command({ kind });
      const { feedId } = await expectOfficial('createFeed', 202, create);
      bench.clock.advance(5_000);
      await expectOfficial('getFeed', 200, ['GET', `${feeds}/feeds/${feedId}`]);
      await bench.client.control('POST', '/release');
    }
    await expectOfficial('getFeeds', 200, ['GET', `${feeds}/feeds?feedTypes=POST_PRODUCT_DATA`]);
  });

  it('tells the applied rate on good answers, 400 and 404, and never on 403', async () => {
    const known = await bench.client.call('GET', `${feeds}/feeds/none`);
    expect(known.headers.get('x-amzn-RateLimit-Limit')).toBe('100');
    const denied = await fetch(`${bench.client.url}${feeds}/feeds/none`);
    expect(denied.headers.get('x-amzn-RateLimit-Limit')).toBeNull();
    expect(denied.headers.get('x-amzn-RequestId')).toMatch(/^[0-9a-f-]{36}$/);
  });
});
