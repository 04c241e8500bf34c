import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderEnvelope } from '../../../../feeds/xml/envelope.js';
import { LISTING_MESSAGE_TYPES } from '../../../../feeds/xml/feed-types.js';
import { inventoryMessage } from '../../../../feeds/xml/inventory.js';
import { checkFeedDocument } from '../../../../src/features/reports/check-feed-document.js';
import { sharedFile, sharedFolder } from '../../../support/shared-material.js';
import { describeWithShared } from '../../../support/with-shared-material.js';
import { ARBITRARY_MESSAGES } from './arbitrary-messages.js';

const golden = (name: string) => readFileSync(new URL(`../../../fixtures/feeds/${name}.xml`, import.meta.url), 'utf8');

describe('what we write', () => {
  test.each(LISTING_MESSAGE_TYPES)('the %s document is valid', async (messageType) => {
    expect(await checkFeedDocument(golden(messageType))).toEqual({ valid: true, messageType, faults: [] });
  });

  test.each(LISTING_MESSAGE_TYPES)('any %s message that the builder accepts is valid', async (messageType) => {
    const messages = fc.array(ARBITRARY_MESSAGES[messageType], { minLength: 20, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(messages, async (some) => {
        const xml = [...renderEnvelope({ merchantId: 'A1EXAMPLESELLER', messageType }, some)].join('');
        expect(await checkFeedDocument(Buffer.from(xml))).toEqual({ valid: true, messageType, faults: [] });
      }),
      { numRuns: 5 },
    );
  });
});

const SAMPLES = ['amazon', 'samples'];

describeWithShared('the samples of the shared material', () => {
  const list = (folder: string) => {
    if (sharedFolder() === null) return [];
    return readdirSync(sharedFile(...SAMPLES, folder)).filter((name) => name.endsWith('.xml'));
  };
  const read = (folder: string, name: string) => readFileSync(sharedFile(...SAMPLES, folder, name));

  test('nine feeds, twenty-one faulty ones and four reports are there to be checked', () => {
    expect(['xml-feeds', 'xml-invalid', 'processing-reports'].map((folder) => list(folder).length)).toEqual([9, 21, 4]);
  });

  test.each(list('xml-feeds'))('the feed %s is accepted', async (name) => {
    expect(await checkFeedDocument(read('xml-feeds', name))).toMatchObject({ valid: true, faults: [] });
  });

  test.each(list('processing-reports'))('the report %s is accepted', async (name) => {
    expect(await checkFeedDocument(read('processing-reports', name))).toMatchObject({
      valid: true,
      messageType: 'ProcessingReport',
    });
  });

  test.each(list('xml-invalid'))('the faulty feed %s is refused where Amazon refuses it', async (name) => {
    const reason = readFileSync(sharedFile(...SAMPLES, 'xml-invalid', 'RESULTS.txt'), 'utf8')
      .split('\n')
      .find((line) => line.includes(name));
    const element = /Element '(\w+)'/.exec(reason ?? '')?.[1];
    const check = await checkFeedDocument(read('xml-invalid', name));
    expect(check.valid).toBe(false);
    expect(check.faults[0]?.message).toContain(`Element '${element}'`);
  });
});

describe('what is refused', () => {
  const inventory = golden('Inventory');
  const faultsOf = async (xml: string | Buffer) => (await checkFeedDocument(xml)).faults;

  test('a payload that does not fit the MessageType', async () => {
    const [fault] = await faultsOf(inventory.replace('<MessageType>Inventory<', '<MessageType>Price<'));
    expect(fault).toMatchObject({
      line: 5,
      message: expect.stringContaining("Element 'Inventory': This element is not expected"),
    });
  });

  test('a MessageType we know nothing of, and none at all', async () => {
    const [unknown] = await faultsOf(inventory.replace('>Inventory</MessageType>', '>CartonContents</MessageType>'));
    expect(unknown?.message).toMatch(/^Expected MessageType to be one of Product, .*, got "CartonContents"\.$/);
    const [none] = await faultsOf(inventory.replace('<MessageType>Inventory</MessageType>', ''));
    expect(none?.message).toContain('got null');
  });

  test('a purge of everything that the document does not name', async () => {
    const purge = (answer: string) =>
      inventory.replace('</MessageType>', `</MessageType><PurgeAndReplace>${answer}</PurgeAndReplace>`);
    expect(await faultsOf(purge('false'))).toEqual([]);
    expect(await faultsOf(purge('true'))).toMatchObject([
      { message: expect.stringContaining("Element 'PurgeAndReplace'") },
    ]);
  });

  test('two messages with one id', async () => {
    const [fault] = await faultsOf(inventory.replace('<MessageID>2<', '<MessageID>1<'));
    expect(fault).toMatchObject({ line: 6, message: expect.stringContaining("Duplicate key-sequence ['1']") });
  });

  test('a cut document, an empty one, a page, and bytes that are no UTF-8', async () => {
    expect(await faultsOf(inventory.slice(0, 700))).toMatchObject([
      { line: 7, message: expect.stringContaining('Line 7, column') },
    ]);
    expect(await faultsOf('')).toMatchObject([{ message: expect.stringContaining('no text at all') }]);
    expect(await faultsOf('<html><body/></html>')).toMatchObject([
      { line: 1, message: expect.stringContaining('got "html"') },
    ]);
    expect(await faultsOf(Buffer.from('<a>é</a>', 'latin1'))).toEqual([
      { line: null, message: expect.stringContaining('UTF-8') },
    ]);
  });

  test('a document type with entities, before anything of it is expanded', async () => {
    const laughs = '<!DOCTYPE AmazonEnvelope [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>';
    const [fault] = await faultsOf(
      inventory.replace('<AmazonEnvelope', `${laughs}<AmazonEnvelope`).replace('PS-2', '&b;'),
    );
    expect(fault?.message).toContain('document type (AmazonEnvelope)');
  });
});

describe('a large document', () => {
  const many = (total: number) =>
    Array.from({ length: total }, (_, index) => ({
      ...inventoryMessage({ sku: `PS-${index}`, quantity: 1 }),
    }));

  test('is checked to its end, beyond the 65,535 lines that libxml2 counts in a tree', async () => {
    const xml = [...renderEnvelope({ merchantId: 'A1', messageType: 'Inventory' }, many(70_000))];
    xml[69_999] = xml[69_999]?.replace('<Quantity>1<', '<Quantity>-1<') ?? '';
    const { faults } = await checkFeedDocument(xml.join(''));
    expect(faults).toEqual([{ line: 70_003, message: expect.stringContaining("Element 'Quantity': '-1'") }]);
  });

  test('with a fault in every line names the first hundred', async () => {
    const xml = [...renderEnvelope({ merchantId: 'A1', messageType: 'Inventory' }, many(150))].join('');
    const { faults } = await checkFeedDocument(xml.replaceAll('<Quantity>1<', '<Quantity>one<'));
    expect(faults.map((fault) => fault.line)).toEqual(Array.from({ length: 100 }, (_, index) => index + 5));
  });
});
