import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sharedFile } from '../../support/shared-material.js';
import { describeWithShared } from '../../support/with-shared-material.js';
import { xsdFactsValidator } from '../../support/xsd-facts-validator.js';
import { CODES, envelope, inventory, product, resultsOf, SimulatorBench, summaryOf } from './simulator-bench.js';

const FEED_TYPES: Readonly<Record<string, string>> = {
  inventory: 'POST_INVENTORY_AVAILABILITY_DATA',
  price: 'POST_PRODUCT_PRICING_DATA',
  product: 'POST_PRODUCT_DATA',
  image: 'POST_PRODUCT_IMAGE_DATA',
};

describeWithShared('The simulator with the check of documents by facts', () => {
  let bench: SimulatorBench;
  beforeAll(async () => {
    bench = await SimulatorBench.open('SQLite');
    await bench.process('POST_PRODUCT_DATA', envelope('Product', [[product('PS-1-0', CODES.one)]]));
  });
  afterAll(() => bench.close());

  it('applies nothing of a faulty listing feed and names the place', async () => {
    const files = readdirSync(sharedFile('amazon', 'samples', 'xml-invalid')).filter(
      (file) => FEED_TYPES[file.split('-')[0] ?? ''],
    );
    expect(files.length).toBeGreaterThan(12);
    const before = await bench.client.listings();
    for (const file of files) {
      const xml = readFileSync(sharedFile('amazon', 'samples', 'xml-invalid', file), 'utf8').replaceAll(
        'A1EXAMPLESELLER',
        'SELLER1',
      );
      const report = await bench.process(FEED_TYPES[file.split('-')[0] ?? ''] ?? '', xml);
      expect([file, resultsOf(report)[0]]).toEqual([file, '0 Error 5000 -']);
      expect([file, report]).toEqual([file, expect.stringMatching(/XML Parsing Error|MessageID/)]);
    }
    expect(await bench.client.listings()).toEqual(before);
  });

  it('writes reports that fit Amazon’s own schema, whatever they say', async () => {
    const validate = xsdFactsValidator();
    const messages = [
      [inventory('PS-1-0', 3)],
      [inventory('GHOST & <SON>'.replace('&', '&amp;').replace('<', '&lt;'), 3)],
    ] as const;
    const some = await bench.process('POST_INVENTORY_AVAILABILITY_DATA', envelope('Inventory', [...messages]));
    const none = await bench.process(
      'POST_INVENTORY_AVAILABILITY_DATA',
      envelope('Inventory', [[inventory('PS-1-0', 4)]]),
    );
    const broken = await bench.process('POST_INVENTORY_AVAILABILITY_DATA', '<AmazonEnvelope>');
    expect([some, none, broken].map((report) => validate('ProcessingReport', report))).toEqual([[], [], []]);
    expect([some, none, broken].map(summaryOf)).toEqual([
      [2, 1, 1, 0],
      [1, 1, 0, 0],
      [0, 0, 1, 0],
    ]);
  });
});
