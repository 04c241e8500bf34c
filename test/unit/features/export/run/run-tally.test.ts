import { describe, expect, it } from 'vitest';
import type { FeedDocument } from '../../../../../src/features/export/documents/feed-document.js';
import type { PlacedSku } from '../../../../../src/features/export/documents/place-sku.js';
import type { PlannedPart } from '../../../../../src/features/export/plan/plan-sku.js';
import { prepareItem } from '../../../../../src/features/export/plan/prepare-items.js';
import { noTotals } from '../../../../../src/features/export/run/run.js';
import { RunTally } from '../../../../../src/features/export/run/run-tally.js';
import type { ListingMemory } from '../../../../../src/features/listings/listing.js';
import type { Part } from '../../../../../src/features/offers/offer-settings.js';
import type { CatalogueItem } from '../../../../../src/shop/catalogue.js';
import { sampleItem, steady } from '../../offers/sample-items.js';
import { sameOptions, sampleShopFrame } from '../sample-frame.js';
import { FR, listed, memoryOf, part } from '../sample-memory.js';

const planned = (name: Part, decision: PlannedPart['decision'], value = '5'): PlannedPart => ({
  ...{ marketplaceId: name === 'quantity' ? 0 : FR, part: name, value },
  ...{ before: null, decision, why: null },
});

function placed(
  parts: readonly PlannedPart[],
  item: Partial<CatalogueItem> | null = {},
  memory: ListingMemory | null = null,
): PlacedSku {
  const whole = sampleItem({ prices: [steady('29.90'), steady('29.90')], ...item });
  const prepared = item === null ? null : prepareItem(whole, sampleShopFrame(), sameOptions());
  const verdicts = (prepared?.offers[0]?.offer.verdicts ?? []).map((verdict) => ({ ...verdict, marketplaceIds: [FR] }));
  const carrier = { sku: prepared?.sku ?? 'GONE', shopId: 1, productId: 7, combinationId: 0 };
  return {
    parts,
    subject: { carrier, revision: 1, planned: parts, prepared, memory, verdicts, notes: [], createOn: [] },
  };
}

describe('The figures of a run', () => {
  it('begin with nothing', () => {
    expect(new RunTally().totals).toEqual(noTotals);
  });

  it('count items by what stands against them', () => {
    const tally = new RunTally();
    tally.addProducts(4);
    tally.addSku(placed([]));
    tally.addSku(placed([], { active: false }));
    tally.addSku(placed([], { reference: '' }));
    tally.addSku(placed([], { ean13: '4006381333932' }));
    tally.addSku(placed([], { prices: [steady('0'), steady('0')] }));
    expect(tally.totals).toMatchObject({
      products: 4,
      items: 5,
      stopped: 1,
      skuFaults: 1,
      createFaults: 1,
      priceFaults: 1,
    });
    expect(Object.values(tally.totals.reasons).every((count) => count === 1)).toBe(true);
  });

  it('count the parts of a SKU that nothing carries, but no item', () => {
    const tally = new RunTally();
    tally.addSku(placed([planned('quantity', 'send', '0')], null));
    expect(tally.totals).toMatchObject({ items: 0, stopped: 0, sent: 1, changes: { quantity: 1 } });
  });

  it('count parts by what becomes of them', () => {
    const tally = new RunTally();
    tally.addSku(
      placed([
        planned('offer', 'in-flight'),
        planned('price', 'equal'),
        planned('metadata', 'rejected'),
        planned('images', 'left-alone'),
      ]),
    );
    tally.addSku(placed([planned('price', 'send'), planned('quantity', 'wait')]));
    expect(tally.totals).toMatchObject({
      sent: 1,
      waiting: 1,
      inFlight: 1,
      equal: 1,
      leftAlone: 2,
      changes: { price: 1 },
    });
  });

  it('count a stock as raised when it is above what Amazon shows', () => {
    const shown = (value: string | null) => memoryOf([[FR, listed()]], { quantity: part({ effectiveValue: value }) });
    const raised = (memory: ListingMemory | null, value: string, decision: PlannedPart['decision'] = 'send') => {
      const tally = new RunTally();
      tally.addSku(placed([planned('quantity', decision, value)], {}, memory));
      return tally.totals.raised;
    };
    expect([raised(null, '5'), raised(shown('4'), '5'), raised(shown(null), '5|2')]).toEqual([1, 1, 1]);
    expect([raised(shown('5'), '5'), raised(shown('6'), '5'), raised(null, '0'), raised(null, '5', 'wait')]).toEqual([
      0, 0, 0, 0,
    ]);
  });

  it('count what waited in one round and went in a later one as sent, once', () => {
    const tally = new RunTally();
    tally.addSku(placed([planned('price', 'wait'), planned('quantity', 'wait')]));
    tally.addAgain([placed([planned('price', 'send'), planned('quantity', 'wait')])], 2, 0);
    expect(tally.totals).toMatchObject({ sent: 1, waiting: 1, items: 1 });
    tally.addAgain([placed([planned('price', 'equal'), planned('quantity', 'send')])], 1, 0);
    expect(tally.totals).toMatchObject({ sent: 2, waiting: 0, changes: { price: 1, quantity: 1 } });
  });

  it('count what waited and can go no more as left alone, and nothing that an earlier round has counted', () => {
    const tally = new RunTally();
    tally.addSku(placed([planned('offer', 'send'), planned('price', 'wait'), planned('quantity', 'wait')]));
    const refused = [planned('offer', 'rejected'), planned('price', 'left-alone'), planned('quantity', 'left-alone')];
    tally.addAgain([placed(refused)], 2, 0);
    tally.addAgain([placed(refused)], 0, 0);
    expect(tally.totals).toMatchObject({ sent: 1, waiting: 0, leftAlone: 2 });
  });

  it('count what is held once, however often its product is looked at for something else', () => {
    const tally = new RunTally();
    tally.addSku(placed([planned('price', 'held'), planned('quantity', 'wait')]));
    tally.addAgain([placed([planned('price', 'held'), planned('quantity', 'left-alone')])], 1, 0);
    expect(tally.totals).toMatchObject({ held: 1, waiting: 0, leftAlone: 1 });
    tally.addSku(placed([planned('price', 'wait')]));
    tally.addAgain([placed([planned('price', 'held')])], 1, 1);
    expect(tally.totals).toMatchObject({ held: 2, waiting: 0, leftAlone: 1 });
  });

  it('add up messages by type, and feeds', () => {
    const tally = new RunTally();
    const document = (messageType: string, messages: number) => ({
      document: { messageType, messages } as FeedDocument,
      handovers: [],
    });
    tally.addDocument(document('Price', 3));
    tally.addDocument(document('Price', 2));
    tally.addDocument(document('Inventory', 1));
    tally.addFeed();
    expect(tally.totals).toMatchObject({
      messages: { Price: 5, Inventory: 1 },
      feeds: 1,
    });
  });
});
