import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sharedFile } from '../../support/shared-material.js';
import { describeEachDatabase } from '../../support/test-databases.js';
import { itWithShared } from '../../support/with-shared-material.js';
import { BRITAIN, CODES, envelope, FRANCE, inventory, price, product, SimulatorBench } from './simulator-bench.js';

type Line = Readonly<Record<string, string>>;

describeEachDatabase('The listings report of the simulator', (name) => {
  let bench: SimulatorBench;
  beforeAll(async () => {
    bench = await SimulatorBench.open(name);
    const title = '<DescriptionData><Title>A\tlamp\nin two lines</Title></DescriptionData>';
    const names = [
      ['LAMP', CODES.one, title],
      ['SOON', CODES.another, ''],
      ['AMAZON', CODES.third, ''],
    ] as const;
    const products = names.map(([sku, code, inside]) => [product(sku, code, inside)] as const);
    await bench.process('POST_PRODUCT_DATA', envelope('Product', products));
    const byAmazon =
      '<SKU>AMAZON</SKU><Lookup>FulfillmentNetwork</Lookup><SwitchFulfillmentTo>AFN</SwitchFulfillmentTo>';
    await bench.process(
      'POST_INVENTORY_AVAILABILITY_DATA',
      envelope('Inventory', [[inventory('LAMP', 6)], [byAmazon]]),
    );
    const prices = [[price('LAMP', '19.90')], [price('AMAZON', '5.00')]] as const;
    await bench.process('POST_PRODUCT_PRICING_DATA', envelope('Price', [...prices]));
  });
  afterAll(() => bench.close());

  async function order(marketplaceId: string): Promise<string> {
    const body = { reportType: 'GET_MERCHANT_LISTINGS_ALL_DATA', marketplaceIds: [marketplaceId] };
    const answer = await bench.client.call('POST', '/reports/2021-06-30/reports', body);
    return (answer.body as { reportId: string }).reportId;
  }

  async function read(reportId: string): Promise<{ header: readonly string[]; lines: readonly Line[] }> {
    const report = (await bench.client.call('GET', `/reports/2021-06-30/reports/${reportId}`)).body as Line;
    const text = await bench.client.download(`/reports/2021-06-30/documents/${report.reportDocumentId}`);
    const [header = [], ...rows] = text
      .trimEnd()
      .split('\n')
      .map((row) => row.split('\t'));
    return {
      header,
      lines: rows.map((row) => Object.fromEntries(header.map((column, at) => [column, row[at] ?? '']))),
    };
  }

  it('has a line for each offer of the marketplace, with stock, price, channel and state', async () => {
    const reportId = await order(FRANCE.id);
    bench.clock.advance(2_000);
    const { lines } = await read(reportId);
    const picked = lines.map((line) => [
      line['seller-sku'],
      line.quantity,
      line.price,
      line['fulfilment-channel'],
      line.status,
    ]);
    expect(picked).toEqual([
      ['AMAZON', '', '5.00', 'AMAZON_EU', 'Active'],
      ['LAMP', '6', '19.90', 'DEFAULT', 'Active'],
      ['SOON', '0', '', 'DEFAULT', 'Incomplete'],
    ]);
    expect(lines[1]).toMatchObject({
      'item-name': 'A lamp in two lines',
      'item-condition': '11',
      'product-id-type': '1',
    });
    expect(lines[1]?.asin1).toMatch(/^B0[0-9A-Z]{8}$/);
  });

  it('is empty but for its header where the seller offers nothing', async () => {
    const reportId = await order(BRITAIN.id);
    bench.clock.advance(2_000);
    expect((await read(reportId)).lines).toEqual([]);
  });

  it('shows the state at its own end, with what readers see by then', async () => {
    const reportId = await order(FRANCE.id);
    await bench.client.submit('POST_INVENTORY_AVAILABILITY_DATA', envelope('Inventory', [[inventory('LAMP', 0)]]), [
      FRANCE.id,
    ]);
    bench.clock.advance(600_000);
    const later = await order(FRANCE.id);
    bench.clock.advance(2_000);
    const lampOf = async (id: string) => (await read(id)).lines.find((line) => line['seller-sku'] === 'LAMP');
    expect(await lampOf(reportId)).toMatchObject({ quantity: '6', status: 'Active' });
    expect(await lampOf(later)).toMatchObject({ quantity: '0', status: 'Inactive' });
  });

  itWithShared('has the columns of real files, in Europe’s spelling', async () => {
    const facts = JSON.parse(readFileSync(sharedFile('amazon', 'report-columns.json'), 'utf8'));
    const columns: string[] = facts.reports.GET_MERCHANT_LISTINGS_ALL_DATA.columns;
    const reportId = await order(FRANCE.id);
    bench.clock.advance(2_000);
    const { header } = await read(reportId);
    expect(header.map((column) => column.replace('fulfilment', 'fulfillment'))).toEqual(columns);
    expect(header).toContain('fulfilment-channel');
  });
});
