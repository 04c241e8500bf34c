import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LISTING_MESSAGE_TYPES } from '../../../../../feeds/xml/feed-types.js';
import { type PlacedSku, placeSku } from '../../../../../src/features/export/documents/place-sku.js';
import { RunDocuments } from '../../../../../src/features/export/documents/run-documents.js';
import { parseExportOptions } from '../../../../../src/features/export/export-options.js';
import { desireItem } from '../../../../../src/features/export/plan/desire-sku.js';
import { type PlanRules, planSku } from '../../../../../src/features/export/plan/plan-sku.js';
import type { PlannedSku } from '../../../../../src/features/export/plan/planned-sku.js';
import { prepareItem } from '../../../../../src/features/export/plan/prepare-items.js';
import type { ListingMemory } from '../../../../../src/features/listings/listing.js';
import { Archive } from '../../../../../src/features/reports/archive.js';
import type { FeedKind } from '../../../../../src/features/reports/feed.js';
import type { CatalogueItem } from '../../../../../src/shop/catalogue.js';
import { sampleItem, steady } from '../../offers/sample-items.js';
import { type FrameWishes, sameOptions, sampleShopFrame } from '../sample-frame.js';
import { accepted, DE, FR, listed, MARKED, memoryOf } from '../sample-memory.js';

const PRICES = [steady('29.90'), steady('25.50')];
const PREVIEW: PlanRules = { ...MARKED, preview: true };
/** Both marketplaces have it, with a stock that buyers can order. */
const known = memoryOf(
  [
    [FR, listed()],
    [DE, listed()],
  ],
  { quantity: accepted('3') },
);

describe('The messages of a SKU', () => {
  let folder = '';
  let archive: Archive;
  let documents: RunDocuments;
  const open = async (limits?: { messages: number; bytes: number }) =>
    new RunDocuments({
      archive,
      pathStart: await archive.reserve('documents', 'run-1-demo', 0),
      merchantId: 'A2SELLER',
      whenFull: 'wait',
      ...(limits ? { limits } : {}),
    });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'feedbridge-place-'));
    archive = new Archive(folder);
    documents = await open();
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  interface Case extends FrameWishes {
    readonly item?: Partial<CatalogueItem>;
    readonly memory?: ListingMemory | null;
    readonly create?: boolean;
    readonly rules?: PlanRules;
    readonly isOpen?: (marketplaceId: number, kind: FeedKind) => boolean;
  }
  const place = ({
    item,
    memory = known,
    create = false,
    rules = MARKED,
    isOpen = () => false,
    ...wishes
  }: Case = {}) => {
    const frame = sampleShopFrame(wishes);
    const prepared = prepareItem(sampleItem({ prices: PRICES, ...item }), frame, sameOptions());
    const options = parseExportOptions(wishes.options ?? {});
    const desired = desireItem(prepared, memory, { options, sendsQuantity: true, create: () => create });
    const subject: PlannedSku = {
      carrier: { sku: prepared.sku, shopId: 1, productId: 7, combinationId: 0 },
      revision: rules.revision,
      planned: planSku(desired, memory, rules),
      ...{ prepared, memory, verdicts: [], notes: [], createOn: [] },
    };
    return placeSku(subject, { documents, frame, pool: { marketplaceId: FR, country: 'FR' }, isOpen, watch: null });
  };
  const decided = ({ parts }: PlacedSku) =>
    parts.map(({ marketplaceId, part, decision, why }) =>
      [marketplaceId === DE ? 'DE' : '', part, decision, why ?? ''].filter((word) => word !== '').join(' '),
    );
  const written = async () => {
    const filled = await documents.close(LISTING_MESSAGE_TYPES);
    return filled.map(({ document, handovers }) => ({
      what: `${document.marketplaceId} ${document.messageType} ${document.messages}`,
      hands: handovers.map((one) => `${one.marketplaceId} ${one.part} ${one.value} by ${one.revision}`),
    }));
  };

  it('go into a document per marketplace and type, the one stock to the account’s first marketplace', async () => {
    expect(decided(place())).toEqual(['price send', 'DE price send', 'quantity send']);
    expect(await written()).toEqual([
      { what: '11 Price 1', hands: ['11 price 29.90|EUR by 2'] },
      { what: '12 Price 1', hands: ['12 price 25.50|EUR by 2'] },
      { what: '11 Inventory 1', hands: ['0 quantity 5 by 2'] },
    ]);
  });

  it('carry offer and texts together, pictures by themselves', async () => {
    const options = { extendedData: true, images: true, noPrice: true };
    place({ selected: [FR], memory: null, create: true, options, rules: PREVIEW });
    expect(await written()).toMatchObject([
      {
        what: '11 Product 1',
        hands: [expect.stringContaining('offer EAN:'), expect.stringContaining('metadata sha256:')],
      },
      // The stock of an offer that a preview shows as made.
      { what: '11 Inventory 1' },
    ]);
  });

  it('are none where nothing is sent', async () => {
    const same = memoryOf([[FR, listed({ price: accepted('29.90|EUR') })]], { quantity: accepted('5') });
    expect(decided(place({ selected: [FR], memory: same }))).toEqual(['price equal', 'quantity equal']);
    expect(await written()).toEqual([]);
  });

  it('of a kind that has a feed open at Amazon wait, the others go', async () => {
    const isOpen = (marketplaceId: number, kind: FeedKind) => marketplaceId === FR && kind === 'price';
    expect(decided(place({ isOpen }))).toEqual(['price wait kind-in-flight', 'DE price send', 'quantity send']);
    expect((await written()).map((one) => one.what)).toEqual(['12 Price 1', '11 Inventory 1']);
  });

  it('wait for a document of the same kind in the same round', async () => {
    const options = { extendedData: true, images: true };
    expect(decided(place({ selected: [FR], options }))).toEqual([
      'price send',
      'metadata send',
      'images wait kind-in-flight',
      'quantity send',
    ]);
  });

  it('wait when their document is full', async () => {
    documents = await open({ messages: 1, bytes: 1_000_000 });
    place({ selected: [FR] });
    const other = place({ selected: [FR], item: { reference: 'ANOTHER-1' } });
    expect(decided(other)).toEqual(['price wait document-full', 'quantity wait document-full']);
    expect((await written()).map((one) => one.what)).toEqual(['11 Price 1', '11 Inventory 1']);
  });

  it('wait where this round carries the SKU already, whatever it is planned to be by now', async () => {
    place({ selected: [FR] });
    const back = memoryOf([[FR, listed({ price: accepted('29.90|EUR') })]], { quantity: accepted('5') });
    const waits = ['price wait another-in-flight', 'quantity wait another-in-flight'];
    expect(decided(place({ selected: [FR], item: { stockQuantity: 0 } }))).toEqual(waits);
    expect(decided(place({ selected: [FR], memory: back }))).toEqual(waits);
    expect(await written()).toEqual([
      { what: '11 Price 1', hands: ['11 price 29.90|EUR by 2'] },
      { what: '11 Inventory 1', hands: ['0 quantity 5 by 2'] },
    ]);
  });

  it('of a marketplace go although the round carries the SKU for another one', async () => {
    place({ selected: [FR] });
    expect(decided(place({ selected: [DE] }))).toEqual(['DE price send', 'quantity wait another-in-flight']);
  });

  it('that cannot be written are left alone with the reason, and keep nothing else back', async () => {
    // Swiss francs are no currency of the XML format.
    const placed = place({ settings: { currency: 'CHF' }, options: { extendedData: true } });
    expect(decided(placed)).toEqual([
      ...['price left-alone cannot-be-sent', 'metadata send'],
      ...['DE price left-alone cannot-be-sent', 'DE metadata send'],
      'quantity send',
    ]);
    expect(placed.subject.notes).toEqual([expect.stringContaining('CHF')]);
    expect((await written()).map((one) => one.what)).toEqual(['11 Product 1', '12 Product 1', '11 Inventory 1']);
  });

  it('bring a stock to 0 although a price cannot be written', async () => {
    const placed = place({ settings: { currency: 'CHF' }, item: { stockQuantity: 0 }, selected: [FR] });
    expect(decided(placed)).toEqual(['price left-alone cannot-be-sent', 'quantity send']);
    expect(await written()).toEqual([{ what: '11 Inventory 1', hands: ['0 quantity 0 by 2'] }]);
  });
});
