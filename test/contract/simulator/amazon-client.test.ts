import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AmazonAccount } from '../../../src/amazon/amazon-account.js';
import { documentFromText } from '../../../src/amazon/document-source.js';
import { openAmazonAccount } from '../../../src/amazon/open-amazon-account.js';
import { silentLogger } from '../../../src/core/logger.js';
import { simulatorCredentials } from '../../../src/simulator/credentials.js';
import { CODES, envelope, FRANCE, product, resultsOf, SimulatorBench } from './simulator-bench.js';
import { XML_TYPE } from './simulator-client.js';

describe('Our own Amazon client with the simulator', () => {
  let bench: SimulatorBench;
  let account: AmazonAccount;
  beforeAll(async () => {
    bench = await SimulatorBench.open('SQLite');
    account = openAmazonAccount({
      baseUrl: bench.client.url,
      tokenUrl: `${bench.client.url}/auth/o2/token`,
      ...simulatorCredentials('SELLER1'),
      clock: bench.clock,
      logger: silentLogger,
      userAgent: 'Feedbridge/test',
    });
  });
  afterAll(async () => {
    await account.close();
    await bench.close();
  });

  it('sends a feed, finds it in the list and reads its report, compressed or not', async () => {
    for (const sku of ['A', 'B', 'C', 'D']) {
      const upload = await account.feeds.createFeedDocument(XML_TYPE);
      await account.feeds.uploadDocument(upload, documentFromText(envelope('Product', [[product(sku, CODES.none)]])));
      const feed = {
        feedType: 'POST_PRODUCT_DATA',
        marketplaceIds: [FRANCE.id],
        inputFeedDocumentId: upload.feedDocumentId,
      };
      const { feedId } = await account.feeds.createFeed(feed);
      bench.clock.advance(2_000);
      const done = await account.feeds.getFeed(feedId);
      expect(done.processingStatus).toBe('DONE');
      expect((await account.feeds.getFeeds({ feedTypes: ['POST_PRODUCT_DATA'] }))[0]).toEqual(done);
      expect(resultsOf(await account.feeds.readDocument(done.resultFeedDocumentId ?? ''))).toEqual([
        `1 Error 8560 ${sku}`,
      ]);
    }
  });

  it('reads the listings report', async () => {
    const order = { reportType: 'GET_MERCHANT_LISTINGS_ALL_DATA', marketplaceIds: [FRANCE.id] };
    const { reportId } = await account.reports.createReport(order);
    bench.clock.advance(2_000);
    const { reportDocumentId } = await account.reports.getReport(reportId);
    const download = await account.reports.openDocument(reportDocumentId ?? '');
    let text = '';
    for await (const piece of download.text) text += piece;
    expect([download.charset, text]).toEqual(['utf-8', expect.stringMatching(/^item-name\t/)]);
  });
});
