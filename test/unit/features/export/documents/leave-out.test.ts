import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { renderEnvelope } from '../../../../../feeds/xml/envelope.js';
import { productMessage } from '../../../../../feeds/xml/product.js';
import { FeedDocument } from '../../../../../src/features/export/documents/feed-document.js';
import { leaveOut } from '../../../../../src/features/export/documents/leave-out.js';
import { Archive } from '../../../../../src/features/reports/archive.js';

const HEADER = { merchantId: 'A2SELLER', messageType: 'Product' } as const;
const PATH = 'product.xml.gz';
const SKUS = ['A', 'B & Co', 'C', 'B &amp; Co', 'D'];
/** Its texts have line ends, also those that are none in XML, and what looks like a message. */
const messageOf = (sku: string) =>
  productMessage({
    sku,
    operationType: 'PartialUpdate',
    description: { title: `Of ${sku}\n<Message><MessageID>9</MessageID>\u2028more`, brand: 'X\r\nY' },
  });
const handoverOf = (sku: string) => ({
  ...{ sku, shopId: 1, productId: 7, combinationId: 0, marketplaceId: 11 },
  ...{ part: 'metadata' as const, value: 'v', revision: 2 },
});

describe('A document without some of its SKUs', () => {
  let folder = '';
  let archive: Archive;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'feedbridge-leave-out-'));
    archive = new Archive(folder);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const fill = async (skus: readonly string[]) => {
    const document = new FeedDocument({
      ...HEADER,
      marketplaceId: 11,
      path: PATH,
      absolutePath: archive.absolute(PATH),
    });
    for (const sku of skus) document.append(messageOf(sku));
    await document.close();
    return { document, handovers: skus.map(handoverOf), group: null, graveNotes: [] };
  };

  it('is the one that would have been rendered without them, byte for byte, and so are its figures', async () => {
    // Pictures have several messages each, and there is more text than is handed to the disk at once.
    const skus = Array.from({ length: 4_000 }, (_, index) => [...SKUS, `N${index}`, `N${index}`]).flat();
    const left = await leaveOut(await fill(skus), new Set(['B & Co', 'D', 'N0', 'N3999']), archive);
    const kept = skus.filter((sku) => !['B & Co', 'D', 'N0', 'N3999'].includes(sku));
    const text = await archive.read(PATH);
    expect(text === [...renderEnvelope(HEADER, kept.map(messageOf))].join('')).toBe(true);
    expect(left?.document).toMatchObject({ path: PATH, messages: kept.length, bytes: Buffer.byteLength(text) });
    expect(left?.handovers.map((one) => one.sku)).toEqual(kept);
  });

  it('is none when nothing is left, and no file stays', async () => {
    expect(await leaveOut(await fill(['A', 'C']), new Set(['A', 'C']), archive)).toBeNull();
    expect(existsSync(archive.absolute(PATH))).toBe(false);
  });
});
