import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LISTING_MESSAGE_TYPES, type ListingMessageType } from '../../../../../feeds/xml/feed-types.js';
import { imageMessage } from '../../../../../feeds/xml/image.js';
import { inventoryMessage } from '../../../../../feeds/xml/inventory.js';
import { priceMessage } from '../../../../../feeds/xml/price.js';
import { productMessage } from '../../../../../feeds/xml/product.js';
import { readEnvelope } from '../../../../../feeds/xml/read-envelope.js';
import type { RenderedParts } from '../../../../../src/features/export/documents/render-messages.js';
import {
  type FilledDocument,
  RunDocuments,
  type RunDocumentsOptions,
} from '../../../../../src/features/export/documents/run-documents.js';
import type { Handover } from '../../../../../src/features/listings/listing-service.js';
import { Archive } from '../../../../../src/features/reports/archive.js';
import { checkFeedDocument } from '../../../../../src/features/reports/check-feed-document.js';

const FR = { marketplaceId: 11, country: 'FR' };
const DE = { marketplaceId: 12, country: 'DE' };

const MESSAGES = {
  Price: (sku: string) => [priceMessage({ sku, currency: 'EUR', standardPrice: '9.90' })],
  Inventory: (sku: string) => [inventoryMessage({ sku, quantity: 5 })],
  Product: (sku: string) => [productMessage({ sku, operationType: 'PartialUpdate' })],
  ProductImage: (sku: string) =>
    (['Main', 'PT1'] as const).map((imageType) =>
      imageMessage({ sku, imageType, imageLocation: 'https://x.example/a.jpg' }),
    ),
} as const;

const rendered = (messageType: keyof typeof MESSAGES, sku: string): RenderedParts => ({
  messageType,
  messages: MESSAGES[messageType](sku),
  parts: [],
});
const handover = (sku: string): Handover => ({
  ...{ sku, shopId: 1, productId: 7, combinationId: 0, revision: 1 },
  ...{ marketplaceId: 11, part: 'price', value: '9.90|EUR' },
});

describe('The documents of a round', () => {
  let folder = '';
  let archive: Archive;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'feedbridge-documents-'));
    archive = new Archive(folder);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const open = async (options: Partial<RunDocumentsOptions> = {}) =>
    new RunDocuments({
      archive,
      pathStart: await archive.reserve('documents', 'run-1-demo', 0),
      merchantId: 'A2SELLER',
      whenFull: 'wait',
      ...options,
    });
  const close = (documents: RunDocuments) => documents.close(LISTING_MESSAGE_TYPES);
  const skusOf = async ({ document }: FilledDocument) => {
    const skus: string[] = [];
    for await (const { messageId, sku } of readEnvelope(await archive.open(document.path)))
      skus.push(`${messageId} ${sku}`);
    return skus;
  };
  const described = (filled: readonly FilledDocument[]) =>
    filled.map(({ document }) => `${document.marketplaceId} ${document.messageType} ${document.messages}`);

  it('are one per marketplace and message type, with ids from 1 in each', async () => {
    const documents = await open();
    for (const sku of ['A', 'B']) {
      documents.place(FR, rendered('Price', sku), [handover(sku)]);
      documents.place(DE, rendered('Price', sku), []);
    }
    documents.place(FR, rendered('Inventory', 'A'), []);
    await documents.settle();
    const filled = await close(documents);
    expect(described(filled)).toEqual(['11 Price 2', '12 Price 2', '11 Inventory 1']);
    expect(await Promise.all(filled.map(skusOf))).toEqual([['1 A', '2 B'], ['1 A', '2 B'], ['1 A']]);
    expect(filled[0]?.handovers.map((one) => one.sku)).toEqual(['A', 'B']);
  });

  it('come in the order of sending, whatever they were begun in: offer, pictures, price, then stock', async () => {
    const documents = await open();
    const types: readonly (keyof typeof MESSAGES)[] = ['Inventory', 'Price', 'ProductImage', 'Product'];
    for (const type of types) documents.place(FR, rendered(type, 'A'), []);
    const order = (await close(documents)).map(({ document }) => document.messageType);
    expect(order).toEqual(['Product', 'ProductImage', 'Price', 'Inventory'] satisfies ListingMessageType[]);
  });

  it('are each valid, and of the size that they say', async () => {
    const documents = await open();
    const types: readonly (keyof typeof MESSAGES)[] = ['Inventory', 'Price', 'ProductImage', 'Product'];
    for (const type of types) for (const sku of ['A', 'ä&<', '"']) documents.place(FR, rendered(type, sku), []);
    for (const { document } of await close(documents)) {
      const text = await archive.read(document.path);
      expect(Buffer.byteLength(text)).toBe(document.bytes);
      expect(await checkFeedDocument(text)).toMatchObject({ valid: true, messageType: document.messageType });
    }
  });

  it('are none when nothing was placed', async () => {
    expect(await close(await open())).toEqual([]);
  });

  it('that are sent take no more than fits into one of a kind: the rest waits', async () => {
    const documents = await open({ limits: { messages: 3, bytes: 1_000_000 } });
    expect(documents.hasRoom(FR, 'Price', 3)).toBe(true);
    for (const sku of ['A', 'B']) documents.place(FR, rendered('Price', sku), []);
    expect(documents.hasRoom(FR, 'Price', 1)).toBe(true);
    expect(documents.hasRoom(FR, 'Price', 2)).toBe(false);
    expect(documents.hasRoom(DE, 'Price', 3)).toBe(true);
    expect(documents.handsOver).toBe(true);
    await close(documents);
  });

  it('that are sent hold a safe distance to the limit in bytes', async () => {
    const documents = await open({ limits: { messages: 25_000, bytes: 9_000 } });
    let count = 0;
    while (documents.hasRoom(FR, 'Price', 1)) {
      count += 1;
      documents.place(FR, rendered('Price', `SKU-${count}`), []);
      await documents.settle();
    }
    const [filled] = await close(documents);
    expect(filled?.document.bytes).toBeLessThanOrEqual(9_000);
    expect(count).toBeGreaterThan(5);
  });

  it('are nearly full when another claim would hardly find room', async () => {
    const documents = await open({ limits: { messages: 2_001, bytes: 100_000_000 } });
    documents.place(FR, rendered('Price', 'A'), []);
    expect(documents.isNearlyFull).toBe(false);
    documents.place(FR, rendered('Price', 'B'), []);
    expect(documents.isNearlyFull).toBe(true);
    await close(documents);
  });

  it('are nearly full by the size of what they hold, not of the largest that could come', async () => {
    const documents = await open();
    for (let index = 0; index < 22_900; index += 1) documents.place(FR, rendered('Price', `S${index}`), []);
    expect(documents.isNearlyFull).toBe(false);
    for (let index = 0; index < 200; index += 1) documents.place(FR, rendered('Price', `T${index}`), []);
    expect(documents.isNearlyFull).toBe(true);
    await documents.close(LISTING_MESSAGE_TYPES);
  });

  it('know rivals of one kind on one marketplace: only one of them may be open at Amazon', async () => {
    const documents = await open();
    documents.place(FR, rendered('Product', 'A'), []);
    expect(documents.hasRival(FR, 'ProductImage')).toBe(true);
    expect(documents.hasRival(FR, 'Product')).toBe(false);
    expect(documents.hasRival(FR, 'Price')).toBe(false);
    expect(documents.hasRival(DE, 'ProductImage')).toBe(false);
    await close(documents);
  });

  it('of a preview are followed by the next when they are full, and hold every message once', async () => {
    const documents = await open({ whenFull: 'next', limits: { messages: 3, bytes: 1_000_000 } });
    const skus = Array.from({ length: 8 }, (_, index) => `S${index}`);
    for (const sku of skus) {
      expect(documents.hasRoom(FR, 'Price', 1)).toBe(true);
      documents.place(FR, rendered('Price', sku), []);
      await documents.settle();
    }
    documents.place(FR, rendered('Product', 'A'), []);
    expect(documents.hasRival(FR, 'ProductImage')).toBe(false);
    expect(documents.handsOver).toBe(false);
    const filled = await close(documents);
    expect(described(filled)).toEqual(['11 Product 1', '11 Price 3', '11 Price 3', '11 Price 2']);
    const placed = (await Promise.all(filled.slice(1).map(skusOf))).flat();
    expect(placed.map((text) => text.slice(2))).toEqual(skus);
    expect(new Set(filled.map(({ document }) => document.path)).size).toBe(4);
  });

  it('of a preview keep the messages of one SKU together', async () => {
    const documents = await open({ whenFull: 'next', limits: { messages: 3, bytes: 1_000_000 } });
    for (const sku of ['A', 'B']) documents.place(FR, rendered('ProductImage', sku), []);
    expect(described(await close(documents))).toEqual(['11 ProductImage 2', '11 ProductImage 2']);
  });
});
