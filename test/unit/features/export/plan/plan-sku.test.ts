import { describe, expect, it } from 'vitest';
import {
  type DesiredSku,
  type PlannedPart,
  type PlanRules,
  planSku,
} from '../../../../../src/features/export/plan/plan-sku.js';
import type { ListingMemory } from '../../../../../src/features/listings/listing.js';
import { ERASED_OFFER } from '../../../../../src/features/listings/listing-service.js';
import {
  accepted,
  DE,
  desiredListing,
  desiredSku,
  FR,
  listed,
  MARKED,
  memoryOf,
  open,
  part,
  rejected,
  UNMARKED,
  unknown,
} from '../sample-memory.js';

const PRICE = '9.90|EUR';
const OLD_PRICE = '12.00|EUR';
const OFFER = 'EAN:4006381333931|New';
const PREVIEW: PlanRules = { ...MARKED, preview: true };

/** "price send", or "quantity wait price-first", each with the country unless it is FR. */
const described = ({ marketplaceId, part: name, decision, why }: PlannedPart) =>
  [marketplaceId === DE ? 'DE' : '', name, decision, why ?? ''].filter((word) => word !== '').join(' ');
const plan = (desired: DesiredSku, memory: ListingMemory | null, rules = MARKED) =>
  planSku(desired, memory, rules).map(described);

describe('A SKU that Amazon has', () => {
  const desired = desiredSku([desiredListing(FR, { offer: OFFER, price: PRICE })], 5);

  it('is told only what changed', () => {
    const same = memoryOf([[FR, listed({ price: accepted(PRICE) })]], { quantity: accepted('5') });
    expect(plan(desired, same)).toEqual(['price equal', 'quantity equal']);
    const otherPrice = memoryOf([[FR, listed({ price: accepted(OLD_PRICE) })]], { quantity: accepted('5') });
    expect(plan(desired, otherPrice)).toEqual(['price send', 'quantity equal']);
  });

  it('says the offer only when it is to be created', () => {
    const create = desiredSku([desiredListing(FR, { offer: OFFER, create: true })]);
    expect(plan(create, memoryOf([[FR, listed()]]))).toEqual([]);
  });

  it('keeps the order offer, price, texts, pictures of each marketplace, then the one stock', () => {
    const all = { create: true, offer: OFFER, price: PRICE, metadata: 'sha256:1', images: 'sha256:2' };
    const parts = plan(desiredSku([desiredListing(FR, all), desiredListing(DE, all)], 5), null, PREVIEW);
    expect(parts).toEqual([
      ...['offer send', 'price send', 'metadata send', 'images send'],
      ...['DE offer send', 'DE price send', 'DE metadata send', 'DE images send'],
      'quantity send',
    ]);
  });

  it('shows before each value what Amazon had, as far as we know', () => {
    const hadBefore = (price: ReturnType<typeof part> | null) =>
      planSku(desired, price && memoryOf([[FR, listed({ price })]]), MARKED)[0]?.before;
    expect(hadBefore(null)).toBeNull();
    expect(hadBefore(part({ effectiveValue: '1|EUR' }))).toBe('1|EUR');
    expect(hadBefore(accepted(OLD_PRICE))).toBe(OLD_PRICE);
    expect(hadBefore(rejected('8|EUR', OLD_PRICE))).toBe(OLD_PRICE);
    expect(hadBefore(open('8|EUR', OLD_PRICE))).toBe('8|EUR');
  });
});

describe('A sale', () => {
  const onSale = `${OLD_PRICE}|9.90|2026-11-01|2026-11-21`;

  it('that ended by its dates sends nothing', () => {
    const desired = desiredSku([desiredListing(FR, { price: OLD_PRICE, today: '2026-11-21' })]);
    expect(plan(desired, memoryOf([[FR, listed({ price: accepted(onSale) })]]))).toEqual(['price equal']);
  });

  it('that is taken back before its end is sent', () => {
    const desired = desiredSku([desiredListing(FR, { price: OLD_PRICE, today: '2026-11-20' })]);
    expect(plan(desired, memoryOf([[FR, listed({ price: accepted(onSale) })]]))).toEqual(['price send']);
  });

  it('that ended while it was in flight is still that value', () => {
    const desired = desiredSku([desiredListing(FR, { price: OLD_PRICE, today: '2026-11-21' })]);
    expect(plan(desired, memoryOf([[FR, listed({ price: open(onSale) })]]))).toEqual(['price in-flight']);
  });
});

describe('A SKU that Amazon does not have', () => {
  const desired = desiredSku([desiredListing(FR, { offer: OFFER, price: PRICE, images: 'sha256:2' })], 5);
  const create = desiredSku([desiredListing(FR, { create: true, offer: OFFER, price: PRICE, images: 'sha256:2' })], 5);
  const intended = { atAmazon: null, createIntent: true };

  it('is tried once by a plain sync that never tried it', () => {
    expect(plan(desired, null)).toEqual(['price send', 'images send', 'quantity wait price-first']);
  });

  it('is left alone once that is known', () => {
    const absent = memoryOf([[FR, listed({ price: rejected(PRICE) }, { atAmazon: false })]], {
      quantity: rejected('5'),
    });
    expect(plan(desired, absent)).toEqual([
      'price left-alone not-at-amazon',
      'images left-alone not-at-amazon',
      'quantity left-alone not-at-amazon',
    ]);
  });

  it('is created first: everything else of it waits for the answer', () => {
    expect(plan(create, null)).toEqual([
      'offer send',
      'price wait created-first',
      'images wait created-first',
      'quantity wait created-first',
    ]);
    const onItsWay = memoryOf([[FR, listed({ offer: open(OFFER) }, intended)]]);
    expect(plan(desired, onItsWay)).toContain('offer in-flight');
    expect(plan(desired, onItsWay)).toContain('price wait created-first');
  });

  it('waits with what was refused before there was an offer, also for the same mark', () => {
    const unknown = memoryOf([[FR, listed({ price: rejected(PRICE) }, { atAmazon: false })]], {
      quantity: rejected('5'),
    });
    expect(plan(create, unknown, UNMARKED)).toEqual([
      'offer send',
      'price wait created-first',
      'images wait created-first',
      'quantity wait created-first',
    ]);
  });

  it('is tried again as a creation by any change, as long as the intent stands', () => {
    const refused = memoryOf([[FR, listed({ offer: rejected(OFFER) }, intended)]]);
    expect(plan(desired, refused, MARKED)).toContain('offer send');
  });

  it('is refused once for one mark, and takes price, pictures and stock with it', () => {
    const refused = memoryOf([[FR, listed({ offer: rejected(OFFER) }, intended)]]);
    expect(plan(desired, refused, UNMARKED)).toEqual([
      'offer rejected',
      'price left-alone offer-rejected',
      'images left-alone offer-rejected',
      'quantity left-alone offer-rejected',
    ]);
  });

  it('is not created while it may not be, and is not asked for anything else once it is known to be missing', () => {
    const barred = desiredSku([desiredListing(FR, { create: true, price: PRICE })], 5);
    expect(plan(barred, memoryOf([[FR, listed({}, { atAmazon: false })]]))).toEqual([
      'price left-alone not-at-amazon',
      'quantity left-alone not-at-amazon',
    ]);
  });

  it('is created anew when it is gone, and told everything again', () => {
    // What was accepted of it is forgotten when Amazon says that it does not know the SKU.
    const gone = memoryOf([[FR, listed({ offer: part(), price: rejected(PRICE) }, { atAmazon: false })]], {
      quantity: part(),
    });
    expect(plan(create, gone)).toEqual([
      'offer send',
      'price wait created-first',
      'images wait created-first',
      'quantity wait created-first',
    ]);
    const back = memoryOf([[FR, listed({ offer: accepted(OFFER), price: rejected(PRICE) })]], { quantity: part() });
    expect(plan(create, back)).toEqual(['price send', 'images send', 'quantity wait price-first']);
  });
});

describe('The one stock', () => {
  const desired = (units: number, price: string | null = PRICE) => desiredSku([desiredListing(FR, { price })], units);
  const known = (price: ReturnType<typeof part>, quantity: ReturnType<typeof part>) =>
    memoryOf([[FR, listed({ price })]], { quantity });

  it('that makes a listing buyable waits for a changed price, however far that one is', () => {
    const last = accepted('0');
    expect(plan(desired(5), known(accepted(OLD_PRICE), last))).toEqual(['price send', 'quantity wait price-first']);
    expect(plan(desired(5), known(open(PRICE, OLD_PRICE), last))).toEqual([
      'price in-flight',
      'quantity wait price-first',
    ]);
    expect(plan(desired(5), known(open('8|EUR', OLD_PRICE), last))).toEqual([
      'price wait another-in-flight',
      'quantity wait price-first',
    ]);
    expect(plan(desired(5), known(unknown(PRICE, OLD_PRICE), last))).toEqual([
      'price send',
      'quantity wait price-first',
    ]);
    expect(plan(desired(5), known(accepted(PRICE), last))).toEqual(['price equal', 'quantity send']);
  });

  it('stays as it is while its price is refused: it would be sold at the old one', () => {
    expect(plan(desired(5), known(rejected(PRICE, OLD_PRICE), accepted('0')), UNMARKED)).toEqual([
      'price rejected',
      'quantity left-alone price-rejected',
    ]);
  });

  it('goes on when the price is withheld: no price of ours is on its way', () => {
    expect(plan(desired(5, null), known(accepted(OLD_PRICE), accepted('0')))).toEqual(['quantity send']);
    expect(plan(desired(5, null), known(rejected(PRICE, OLD_PRICE), accepted('0')))).toEqual(['quantity send']);
  });

  it('that is lower never waits, nor one that is higher while buyers can order anyway', () => {
    for (const price of [accepted(OLD_PRICE), open(PRICE, OLD_PRICE), unknown(PRICE), rejected(PRICE, OLD_PRICE)])
      for (const units of [0, 1, 3, 9])
        expect(plan(desired(units), known(price, accepted('3')))[1]).toMatch(/^quantity (send|equal)$/);
    expect(plan(desired(0), known(open(PRICE), accepted('0')))[1]).toBe('quantity equal');
    expect(plan(desired(0), null)[1]).toBe('quantity send');
  });

  it('counts as buyable by the newest figure that Amazon took or showed', () => {
    const shown = (value: string, atMs: number) =>
      part({ ...accepted('0'), effectiveValue: value, effectiveAtMs: atMs });
    const quantityAt = (quantity: ReturnType<typeof part> | null) =>
      plan(desired(5), memoryOf([[FR, listed({ price: accepted(OLD_PRICE) })]], { quantity }))[1];
    expect(quantityAt(shown('4', 2_000))).toBe('quantity send');
    expect(quantityAt(shown('4', 500))).toBe('quantity wait price-first');
    expect(quantityAt(part({ effectiveValue: '4', effectiveAtMs: 1 }))).toBe('quantity send');
    expect(quantityAt(part({ effectiveValue: '0', effectiveAtMs: 1 }))).toBe('quantity wait price-first');
    expect(quantityAt(null)).toBe('quantity wait price-first');
    expect(quantityAt(rejected('7', '2'))).toBe('quantity send');
  });

  it('of an unclear answer counts as buyable only if it is either way', () => {
    const quantityAt = (quantity: ReturnType<typeof part>) => plan(desired(5), known(accepted(OLD_PRICE), quantity))[1];
    expect(quantityAt(unknown('4', '3'))).toBe('quantity send');
    expect(quantityAt(unknown('0', '3'))).toBe('quantity wait price-first');
    expect(quantityAt(unknown('4', '0'))).toBe('quantity wait price-first');
  });

  it('waits for the prices of all its marketplaces', () => {
    const both = desiredSku([desiredListing(FR, { price: PRICE }), desiredListing(DE, { price: PRICE })], 5);
    const memory = memoryOf(
      [
        [FR, listed({ price: accepted(PRICE) })],
        [DE, listed({ price: open(PRICE) })],
      ],
      { quantity: accepted('0') },
    );
    expect(plan(both, memory)).toEqual(['price equal', 'DE price in-flight', 'quantity wait price-first']);
  });

  it('alone still waits for a price that is in flight, unclear or refused', () => {
    const stockOnly = desiredSku([desiredListing(FR, { priceLeftOut: true })], 5);
    const quantityAt = (price: ReturnType<typeof part>) => plan(stockOnly, known(price, accepted('0')));
    expect(quantityAt(accepted(OLD_PRICE))).toEqual(['quantity send']);
    expect(quantityAt(open(PRICE, OLD_PRICE))).toEqual(['quantity wait price-first']);
    expect(quantityAt(unknown(PRICE, OLD_PRICE))).toEqual(['quantity wait price-first']);
    expect(quantityAt(rejected(PRICE, OLD_PRICE))).toEqual(['quantity left-alone price-rejected']);
    expect(quantityAt(open(PRICE, PRICE))).toEqual(['quantity send']);
  });

  it('alone waits at 0 for a price that the shop has changed and nobody has sent', () => {
    const wanting = (value: string): DesiredSku => ({
      ...desiredSku([desiredListing(FR, { priceLeftOut: true })], 5),
      leftOutPrices: () => [{ marketplaceId: FR, today: '2026-11-21', value }],
    });
    const quantityAt = (price: ReturnType<typeof part>, wanted: string, before = '0') =>
      plan(wanting(wanted), known(price, accepted(before))).at(-1);
    expect(quantityAt(accepted(OLD_PRICE), PRICE)).toBe('quantity wait price-first');
    expect(quantityAt(accepted(PRICE), PRICE)).toBe('quantity send');
    expect(quantityAt(part({ effectiveValue: PRICE, effectiveAtMs: 1 }), PRICE)).toBe('quantity send');
    expect(quantityAt(part({ effectiveValue: OLD_PRICE, effectiveAtMs: 1 }), PRICE)).toBe('quantity wait price-first');
    expect(quantityAt(accepted(`${PRICE}|8.90|2026-10-01|2026-11-01`), PRICE)).toBe('quantity send');
    expect(quantityAt(accepted(OLD_PRICE), PRICE, '3')).toBe('quantity send');
    expect(
      plan(wanting(PRICE), memoryOf([[FR, listed({}, { atAmazon: false })]], { quantity: accepted('0') })),
    ).toEqual([expect.not.stringContaining('price-first')]);
  });

  it('computes no price that nobody asks for', () => {
    let asked = 0;
    const leftOutPrices = () => {
      asked += 1;
      return [];
    };
    for (const [units, before] of [
      [5, '3'],
      [0, '3'],
      [5, '5'],
    ] as const)
      plan({ ...desiredSku([desiredListing(FR)], units), leftOutPrices }, known(accepted(PRICE), accepted(before)));
    expect(asked).toBe(0);
  });

  it('of a run for one marketplace waits for a price in flight on another, not for one that is stuck there', () => {
    const elsewhere = (price: ReturnType<typeof part>) =>
      memoryOf(
        [
          [FR, listed({ price: accepted(PRICE) })],
          [DE, listed({ price })],
        ],
        { quantity: accepted('0') },
      );
    expect(plan(desired(5), elsewhere(open(PRICE)))).toEqual(['price equal', 'quantity wait price-first']);
    expect(plan(desired(5), elsewhere(unknown(PRICE)))).toEqual(['price equal', 'quantity send']);
    expect(plan(desired(5), elsewhere(rejected(PRICE)))).toEqual(['price equal', 'quantity send']);
  });

  it('goes at once while a listing is created on a further marketplace, not while it is on none', () => {
    const both = desiredSku([desiredListing(FR), desiredListing(DE, { create: true, offer: OFFER })], 2);
    const onFr = memoryOf([[FR, listed()]], { quantity: accepted('3') });
    expect(plan(both, onFr)).toEqual(['DE offer send', 'quantity send']);
    expect(plan(desiredSku([desiredListing(DE, { create: true, offer: OFFER })], 2), onFr)).toEqual([
      'DE offer send',
      'quantity send',
    ]);
    expect(plan(both, null)).toEqual(['DE offer send', 'quantity wait created-first']);
  });

  it('reaches 0 also when its marketplaces of this run do not have the SKU, but another has', () => {
    const onDe = memoryOf([
      [FR, listed({}, { atAmazon: false })],
      [DE, listed()],
    ]);
    expect(plan(desiredSku([desiredListing(FR)], 0), onDe)).toEqual(['quantity send']);
  });

  it('is never given to what Amazon fulfils, whatever is wanted', () => {
    const fulfilled = memoryOf([[FR, listed({ price: accepted(OLD_PRICE) })]], { channel: 'AMAZON_EU' });
    expect(plan(desired(5), fulfilled)).toEqual(['price send']);
    expect(plan(desired(0), fulfilled, PREVIEW)).toEqual(['price send']);
  });
});

describe('A listing that is to be taken off Amazon', () => {
  const erased = desiredSku([desiredListing(FR, { offer: ERASED_OFFER })], 0);

  it('is deleted and brought to 0 at once', () => {
    const memory = memoryOf([[FR, listed({ offer: accepted(OFFER) })]], { quantity: accepted('3') });
    expect(plan(erased, memory)).toEqual(['offer send', 'quantity send']);
  });

  it('is deleted once', () => {
    const onItsWay = memoryOf([[FR, listed({ offer: open(ERASED_OFFER) })]], { quantity: open('0') });
    expect(plan(erased, onItsWay)).toEqual(['offer in-flight', 'quantity in-flight']);
  });
});

describe('A preview', () => {
  it('shows what goes in the end: nothing waits for anything', () => {
    const create = desiredSku([desiredListing(FR, { create: true, offer: OFFER, price: PRICE })], 5);
    expect(plan(create, null, PREVIEW)).toEqual(['offer send', 'price send', 'quantity send']);
    const another = memoryOf([[FR, listed({ price: open('8|EUR') })]], { quantity: open('9') });
    expect(plan(create, another, PREVIEW)).toEqual(['price send', 'quantity send']);
  });
});
