import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { sharedFile } from '../../support/shared-material.js';
import { describeWithShared } from '../../support/with-shared-material.js';
import { xsdFactsValidator } from '../../support/xsd-facts-validator.js';

describeWithShared('The check of documents by facts', () => {
  const validate = xsdFactsValidator();
  const judge = (xml: string) => validate(/<MessageType>(\w+)</.exec(xml)?.[1] ?? 'Product', xml);
  const sample = (folder: string, file: string) => readFileSync(sharedFile('amazon', 'samples', folder, file), 'utf8');
  const filesOf = (folder: string) =>
    readdirSync(sharedFile('amazon', 'samples', folder)).filter((name) => name.endsWith('.xml'));

  it('accepts every valid sample', () => {
    const files = filesOf('xml-feeds');
    expect(files).toHaveLength(9);
    expect(files.map((file) => [file, judge(sample('xml-feeds', file))])).toEqual(files.map((file) => [file, []]));
  });

  it('accepts every processing report in XML', () => {
    const files = filesOf('processing-reports');
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) expect([file, judge(sample('processing-reports', file))]).toEqual([file, []]);
  });

  it('refuses every faulty sample, with one fault in the right message', () => {
    const files = filesOf('xml-invalid');
    expect(files).toHaveLength(21);
    expect(files.filter((file) => judge(sample('xml-invalid', file)).length === 0)).toEqual([]);
    const faults = judge(sample('xml-invalid', 'price-sale-without-enddate.xml'));
    expect(faults).toEqual([
      { line: 17, column: expect.any(Number), messageId: '1', text: '<SalePrice> is not expected, but EndDate' },
    ]);
  });

  it('finds what a sample does not show: text beside elements, a second choice, a missing envelope part', () => {
    const inventory = sample('xml-feeds', 'inventory.xml');
    expect(judge(inventory.replace('<Quantity>12</Quantity>', 'x<Quantity>12</Quantity>'))[0]?.text).toContain(
      'text beside',
    );
    expect(judge(inventory.replace('</Quantity>', '</Quantity><Available>true</Available>'))[0]?.text).toBe(
      '<Available> is not expected here',
    );
    expect(judge(inventory.replace(/<Header>[\s\S]*<\/Header>/, ''))[0]?.text).toBe(
      '<MessageType> is not expected, but Header',
    );
    expect(judge(inventory.slice(0, -20))[0]?.text).toContain('unclosed tag');
  });
});
