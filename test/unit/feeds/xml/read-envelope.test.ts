import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderEnvelope } from '../../../../feeds/xml/envelope.js';
import { inventoryMessage } from '../../../../feeds/xml/inventory.js';
import { type EnvelopeMessage, EnvelopeUnreadable, readEnvelope } from '../../../../feeds/xml/read-envelope.js';
import type { DocumentChunks } from '../../../../feeds/xml/text-chunks.js';
import { sharedFile } from '../../../support/shared-material.js';
import { describeWithShared } from '../../../support/with-shared-material.js';
import { sku } from './hostile-text.js';

const golden = (name: string) => readFileSync(new URL(`../../../fixtures/feeds/${name}.xml`, import.meta.url));

async function messagesOf(chunks: DocumentChunks): Promise<EnvelopeMessage[]> {
  const messages: EnvelopeMessage[] = [];
  for await (const message of readEnvelope(chunks)) messages.push(message);
  return messages;
}

describe('readEnvelope', () => {
  test('tells who each message is about and what it asks for', async () => {
    expect(await messagesOf([golden('Product')])).toEqual([
      { messageId: 1, sku: 'PS-1-7', operationType: 'Update', messageType: 'Product' },
      { messageId: 2, sku: 'PS-2', operationType: 'PartialUpdate', messageType: 'Product' },
      { messageId: 3, sku: 'PS-OLD', operationType: 'Delete', messageType: 'Product' },
    ]);
  });

  test('a relationship is about its parent, not about its children', async () => {
    expect(await messagesOf([golden('Relationship')])).toMatchObject([{ sku: 'PS-1' }]);
  });

  test('gives back every SKU byte by byte, whatever the pieces', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(sku, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 50 }),
        async (skus, size) => {
          const messages = skus.map((one) => inventoryMessage({ sku: one, quantity: 1 }));
          const bytes = Buffer.from(
            [...renderEnvelope({ merchantId: 'A1', messageType: 'Inventory' }, messages)].join(''),
          );
          const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
            bytes.subarray(at * size, (at + 1) * size),
          );
          expect((await messagesOf(pieces)).map((message) => message.sku)).toEqual(skus);
        },
      ),
    );
  });

  test.each([
    ['empty', '', 'no text at all'],
    ['cut', golden('Price').toString().slice(0, -20), 'unclosed tag'],
    ['a page', '<html></html>', 'begins with <html>'],
    [
      'without a proper id',
      golden('Price').toString().replace('<MessageID>1<', '<MessageID>0<'),
      'MessageID to be a number from 1, got "0"',
    ],
  ])('a document that is %s throws', async (_name, xml, reason) => {
    await expect(messagesOf([xml])).rejects.toThrow(EnvelopeUnreadable);
    await expect(messagesOf([xml])).rejects.toThrow(reason);
  });

  test('the messages before a cut are given', async () => {
    const seen: number[] = [];
    const reading = async () => {
      for await (const message of readEnvelope([golden('Product').toString().replace('</AmazonEnvelope>', '')]))
        seen.push(message.messageId);
    };
    await expect(reading()).rejects.toThrow(EnvelopeUnreadable);
    expect(seen).toEqual([1, 2, 3]);
  });
});

describeWithShared('the sample feeds of the shared material', () => {
  const sample = (name: string) => readFileSync(sharedFile('amazon', 'samples', 'xml-feeds', name));

  test('a message without an operation means an update', async () => {
    expect(await messagesOf([sample('price.xml')])).toEqual([
      { messageId: 1, sku: 'PS-1-0', operationType: 'Update', messageType: 'Price' },
      { messageId: 2, sku: 'PS-1-7', operationType: 'Update', messageType: 'Price' },
    ]);
  });

  test('messages about orders have no SKU', async () => {
    expect((await messagesOf([sample('order-fulfillment.xml')])).map((message) => message.sku)).toEqual([null, null]);
  });
});
