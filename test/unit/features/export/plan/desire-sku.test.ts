import { describe, expect, it } from 'vitest';
import { parseExportOptions } from '../../../../../src/features/export/export-options.js';
import { desireItem, desireWithdrawal, isAtAmazon } from '../../../../../src/features/export/plan/desire-sku.js';
import { prepareItem } from '../../../../../src/features/export/plan/prepare-items.js';
import type { ListingMemory } from '../../../../../src/features/listings/listing.js';
import { ERASED_OFFER } from '../../../../../src/features/listings/listing-service.js';
import type { ProductOptions } from '../../../../../src/features/offers/offer-settings.js';
import type { CatalogueItem } from '../../../../../src/shop/catalogue.js';
import { sampleItem, steady } from '../../offers/sample-items.js';
import { type FrameWishes, sameOptions, sampleShopFrame } from '../sample-frame.js';
import { accepted, DE, FR, listed, memoryOf, open, part, rejected } from '../sample-memory.js';

interface Case extends FrameWishes {
  readonly item?: Partial<CatalogueItem>;
  readonly tab?: Partial<ProductOptions>;
  readonly memory?: ListingMemory | null;
  readonly create?: boolean;
}

const PRICES = [steady('29.90'), steady('25.50')];

function desire({ item, tab, memory = null, create = false, ...wishes }: Case = {}) {
  const frame = sampleShopFrame(wishes);
  const prepared = prepareItem(sampleItem({ prices: PRICES, ...item }), frame, sameOptions(tab));
  const sendsQuantity = frame.marketplaces.some((one) => one.selected && one.parts.has('quantity'));
  const options = parseExportOptions(wishes.options ?? {});
  return desireItem(prepared, memory, { options, sendsQuantity, create: () => create });
}

describe('What an item should be', () => {
  it('is said for each marketplace of the run, and its stock once', () => {
    expect(desire()).toMatchObject({
      sku: 'MUG-7',
      quantity: { value: '5', units: 5 },
      listings: [
        { marketplaceId: FR, offer: 'EAN:4006381333931|New', price: '29.90|EUR', metadata: null, images: null },
        { marketplaceId: DE, price: '25.50|EUR' },
      ],
    });
  });

  it('is said for no marketplace that the run leaves out', () => {
    expect(desire({ selected: [DE] }).listings.map((one) => one.marketplaceId)).toEqual([DE]);
  });

  it('has no offer where it may not be created, and goes on being told its price', () => {
    const { listings } = desire({ item: { ean13: '4006381333932' } });
    expect(listings[0]).toMatchObject({ offer: null, price: '29.90|EUR' });
  });

  it('says nothing of parts that the run or the settings leave out', () => {
    const stockOnly = desire({ options: { stockOnly: true } });
    expect(stockOnly.listings[0]).toMatchObject({ offer: null, price: null, priceLeftOut: true });
    expect(stockOnly.quantity).toEqual({ value: '5', units: 5 });
    expect(desire({ options: { pricesOnly: true } })).toMatchObject({ quantity: null });
    const withoutPrice = desire({ settings: { parts: new Set(['quantity']) } });
    expect(withoutPrice.listings[0]).toMatchObject({ price: null, priceLeftOut: false });
  });

  it('asks for creation where a mark or an option does', () => {
    expect(desire({ create: true }).listings.map((one) => one.create)).toEqual([true, true]);
  });

  it('is told texts and pictures when they are asked for', () => {
    const [first] = desire({ options: { extendedData: true, images: true } }).listings;
    expect(first).toMatchObject({
      metadata: expect.stringMatching(/^sha256:/),
      images: expect.stringMatching(/^sha256:/),
    });
    expect(desire({ options: { images: true }, item: { imageUrls: [] } }).listings[0]).toMatchObject({ images: null });
  });
});

describe('The handling time of a stock', () => {
  const pool = { handlingTimeDays: 3 };

  it('is sent when the run is asked for it', () => {
    expect(desire({ pool, options: { handlingTime: true } }).quantity?.value).toBe('5|3');
  });

  it('stays what Amazon has when it is not', () => {
    const memoryWith = (quantity: ReturnType<typeof part>) => memoryOf([[FR, listed()]], { quantity });
    expect(desire({ pool }).quantity?.value).toBe('5');
    expect(desire({ pool, memory: memoryWith(accepted('9|2')) }).quantity?.value).toBe('5|2');
    expect(desire({ pool, memory: memoryWith(open('9|2', '9')) }).quantity?.value).toBe('5|2');
    expect(desire({ pool, memory: memoryWith(rejected('9|2', '9')) }).quantity?.value).toBe('5');
    expect(desire({ pool, memory: memoryWith(part({ effectiveValue: '4' })) }).quantity?.value).toBe('5');
  });
});

describe('An item that nothing sells', () => {
  const stopped = { item: { active: false } };
  const known = memoryOf([[FR, listed()]], { quantity: accepted('5') });

  it('is brought to 0 where Amazon may have it', () => {
    expect(desire({ ...stopped, memory: known })).toMatchObject({ quantity: { value: '0', units: 0 } });
  });

  it('is left alone where Amazon does not have it', () => {
    for (const memory of [null, memoryOf([[FR, listed({}, { atAmazon: false })]], { quantity: accepted('5') })])
      expect(desire({ ...stopped, memory })).toEqual({ sku: 'MUG-7', quantity: null, listings: [] });
  });

  it('says no price and no offer any more', () => {
    for (const listing of desire({ ...stopped, memory: known }).listings)
      expect(listing).toMatchObject({ offer: null, price: null, metadata: null, images: null });
  });

  it('gets no quantity, not even 0, when its Amazon tab says that Amazon fulfils it', () => {
    expect(desire({ ...stopped, memory: known, tab: { amazonFulfilled: true } }).quantity).toBeNull();
    expect(desire({ ...stopped, memory: known, tab: { noQuantity: true } }).quantity).toEqual({ value: '0', units: 0 });
  });

  it('is not brought to 0 by a run that sends no quantities', () => {
    expect(desire({ ...stopped, memory: known, options: { pricesOnly: true } }).quantity).toBeNull();
  });

  it('on one marketplace keeps its stock for the others, also for one that the run leaves out', () => {
    // Both marketplaces have settings of their own in truth; here the run's own one refuses every category.
    const refused = { settings: { categoryIds: new Set([99]) }, memory: known };
    expect(desire(refused).quantity).toEqual({ value: '0', units: 0 });
    const frame = sampleShopFrame({ selected: [FR] });
    const [fr, de] = frame.marketplaces;
    if (!fr || !de) throw new Error('expected two marketplaces');
    const strict = sampleShopFrame({ selected: [FR], settings: { categoryIds: new Set([99]) } }).marketplaces[0] ?? fr;
    const prepared = prepareItem(
      sampleItem({ prices: PRICES }),
      { ...frame, marketplaces: [strict, de], exported: [strict] },
      sameOptions(),
    );
    const wish = { options: parseExportOptions({}), sendsQuantity: true, create: () => false };
    expect(desireItem(prepared, known, wish)).toMatchObject({
      listings: [{ marketplaceId: 11, offer: ERASED_OFFER }],
      quantity: { units: 5 },
    });
  });
});

describe('A SKU that nothing carries any more', () => {
  const known = memoryOf([
    [FR, listed()],
    [DE, listed({}, { atAmazon: false })],
  ]);

  it('is brought to 0', () => {
    expect(desireWithdrawal(known, [FR, DE], { erase: () => false, sendsQuantity: true })).toMatchObject({
      quantity: { value: '0', units: 0 },
      listings: [{ marketplaceId: FR, offer: null }],
    });
  });

  it('is taken off Amazon where it is, when a person confirmed that', () => {
    const { listings } = desireWithdrawal(known, [FR, DE], { erase: () => true, sendsQuantity: true });
    expect(listings).toMatchObject([{ marketplaceId: FR, offer: ERASED_OFFER }]);
  });

  it('is not brought to 0 by a run that sends no quantities', () => {
    expect(desireWithdrawal(known, [FR], { erase: () => false, sendsQuantity: false }).quantity).toBeNull();
  });
});

describe('Amazon', () => {
  const nothing = { atAmazon: null };
  it.each([
    ['a SKU that was never remembered', null, false],
    [
      'a SKU that one marketplace has',
      memoryOf([
        [FR, listed({}, { atAmazon: false })],
        [DE, listed()],
      ]),
      true,
    ],
    ['a SKU that none has', memoryOf([[FR, listed({ price: rejected('1|EUR') }, { atAmazon: false })]]), false],
    ['a SKU of which a price is on its way', memoryOf([[FR, listed({ price: open('1|EUR') }, nothing)]]), true],
    ['a SKU of which the stock is on its way', memoryOf([[FR, listed({}, nothing)]], { quantity: open('5') }), true],
    ['a SKU of which everything only waits', memoryOf([[FR, listed({ price: part() }, nothing)]]), false],
    [
      'a SKU that was only asked to be created',
      memoryOf([[FR, listed({}, { atAmazon: null, createIntent: true })]]),
      false,
    ],
  ])('may have %s: %#', (_title, memory, may) => {
    expect(isAtAmazon(memory)).toBe(may);
  });
});
