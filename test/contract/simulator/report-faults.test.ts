import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeEachDatabase } from '../../support/test-databases.js';
import { CODES, envelope, FRANCE, inventory, product, SimulatorBench } from './simulator-bench.js';

const STOCK = 'POST_INVENTORY_AVAILABILITY_DATA';
const LISTINGS = 'GET_MERCHANT_LISTINGS_ALL_DATA';
const REPORTS = '/reports/2021-06-30';

describeEachDatabase('Faults of the documents that the simulator writes', (name) => {
  let bench: SimulatorBench;
  let quantity = 0;
  beforeAll(async () => {
    bench = await SimulatorBench.open(name);
    await bench.process('POST_PRODUCT_DATA', envelope('Product', [[product('LAMP', CODES.one)]]));
  });
  afterAll(() => bench.close());

  async function struckFeed(kind: string): Promise<string> {
    quantity += 1;
    await bench.client.command({ kind });
    const messages = [[inventory('LAMP', quantity)], [inventory('GHOST', 1)]] as const;
    const report = await bench.process(STOCK, envelope('Inventory', messages));
    // Whatever its report looks like, the feed was applied.
    expect((await bench.client.listing('LAMP'))?.quantity).toBe(quantity);
    return report;
  }

  async function orderListings(): Promise<Readonly<Record<string, string>>> {
    const order = { reportType: LISTINGS, marketplaceIds: [FRANCE.id] };
    const { body } = await bench.client.call('POST', `${REPORTS}/reports`, order);
    bench.clock.advance(2_000);
    const { reportId } = body as { reportId: string };
    return (await bench.client.call('GET', `${REPORTS}/reports/${reportId}`)).body as Record<string, string>;
  }
  const listings = async () =>
    bench.client.download(`${REPORTS}/documents/${(await orderListings()).reportDocumentId}`);

  it('end a processing report early, in the middle of its text', async () => {
    const cut = await struckFeed('report-cut');
    expect(cut).toMatch(/^<\?xml[\s\S]*<ProcessingSummary>/);
    expect(cut).not.toContain('</ProcessingReport>');
  });

  it('leave a processing report empty', async () => {
    expect(await struckFeed('report-empty')).toBe('');
  });

  it('put a web page in its place', async () => {
    expect(await struckFeed('report-html')).toMatch(/^<!DOCTYPE html>/);
  });

  it('leave the next one whole', async () => {
    await struckFeed('report-cut');
    const feedId = await bench.client.submit(STOCK, envelope('Inventory', [[inventory('LAMP', 1)]]), [FRANCE.id]);
    bench.clock.advance(2_000);
    expect(await bench.client.processingReport(feedId)).toContain('</AmazonEnvelope>');
  });

  it('strike listings reports too', async () => {
    const whole = await listings();
    await bench.client.command({ kind: 'report-cut', types: [LISTINGS] });
    const cut = await listings();
    expect([whole.startsWith(cut), cut.length < whole.length]).toEqual([true, true]);
    await bench.client.command({ kind: 'report-html', types: [LISTINGS] });
    expect(await listings()).toMatch(/^<!DOCTYPE html>/);
    await bench.client.command({ kind: 'report-empty', types: [LISTINGS] });
    expect(await listings()).toBe('');
    expect(await listings()).toBe(whole);
  });

  it('end listings reports FATAL or CANCELLED, or hold them until they are released', async () => {
    await bench.client.command({ kind: 'fatal', types: [LISTINGS] });
    expect(await orderListings()).toMatchObject({ processingStatus: 'FATAL' });
    await bench.client.command({ kind: 'cancelled', types: [LISTINGS] });
    expect(await orderListings()).toMatchObject({ processingStatus: 'CANCELLED' });
    await bench.client.command({ kind: 'stuck', types: [LISTINGS] });
    const { reportId, processingStatus } = await orderListings();
    expect(processingStatus).toBe('IN_PROGRESS');
    expect(await bench.client.control('POST', '/release', { id: reportId })).toMatchObject({ stuck: [] });
    const { body } = await bench.client.call('GET', `${REPORTS}/reports/${reportId}`);
    expect(body).toMatchObject({ processingStatus: 'DONE' });
  });

  it('pass listings reports by when they are meant for feeds', async () => {
    await bench.client.command(
      { kind: 'whole-feed-error' },
      { kind: 'transient-error', skus: ['LAMP'] },
      { kind: 'fatal', skus: ['LAMP'] },
    );
    expect(await orderListings()).toMatchObject({ processingStatus: 'DONE' });
    const { faults } = await bench.client.control('GET', '/faults');
    expect((faults as { seen: number }[]).map(({ seen }) => seen)).toEqual([0, 0, 0]);
  });
});
