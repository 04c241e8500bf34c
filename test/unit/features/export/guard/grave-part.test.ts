import { describe, expect, it } from 'vitest';
import { gravityOf, isNoGraver } from '../../../../../src/features/export/guard/grave-part.js';
import type { PlannedPart } from '../../../../../src/features/export/plan/plan-sku.js';
import type { ListingMemory } from '../../../../../src/features/listings/listing.js';
import { ERASED_OFFER } from '../../../../../src/features/listings/listing-service.js';
import { accepted, FR, listed, memoryOf } from '../sample-memory.js';

const TODAY = '2026-11-21';

const planned = (part: PlannedPart['part'], value: string): PlannedPart => ({
  marketplaceId: part === 'quantity' ? 0 : FR,
  part,
  value,
  before: null,
  decision: 'send',
  why: null,
});

const judge = (part: PlannedPart, memory: ListingMemory | null) => gravityOf(part, { memory, prepared: null }, TODAY);

const known = (price: string | null, quantity: string | null) =>
  memoryOf([[FR, listed(price === null ? {} : { price: accepted(price) })]], {
    quantity: quantity === null ? null : accepted(quantity),
  });

describe('A quantity', () => {
  it('is grave that takes the last stock away, and no other', () => {
    expect(judge(planned('quantity', '0'), known(null, '7|2'))).toMatchObject({ kind: 'zeroed', before: '7|2' });
    expect(judge(planned('quantity', '0|2'), known(null, '7'))).toMatchObject({ kind: 'zeroed' });
    expect(judge(planned('quantity', '1'), known(null, '7'))).toBeNull();
    expect(judge(planned('quantity', '0'), known(null, '0|2'))).toBeNull();
    expect(judge(planned('quantity', '0'), known(null, null))).toBeNull();
    expect(judge(planned('quantity', '0'), null)).toBeNull();
  });
});

describe('A price', () => {
  const jumps = (before: string, after: string) => judge(planned('price', after), known(before, '7')) !== null;

  it('jumps when it is another by more than 30 %, up or down', () => {
    expect(jumps('100.00|EUR', '130.00|EUR')).toBe(false);
    expect(jumps('100.00|EUR', '130.01|EUR')).toBe(true);
    expect(jumps('100.00|EUR', '70.00|EUR')).toBe(false);
    expect(jumps('100.00|EUR', '69.99|EUR')).toBe(true);
    expect(jumps('100.00|EUR', '100.00|SEK')).toBe(true);
  });

  it('jumps by a sale too, unless that one has ended', () => {
    expect(jumps('100.00|EUR', '100.00|EUR|60.00|2026-11-20|2026-11-30')).toBe(true);
    expect(jumps('100.00|EUR', '100.00|EUR|60.00|2026-12-01|2026-12-05')).toBe(true);
    expect(jumps('100.00|EUR', '100.00|EUR|80.00|2026-11-20|2026-11-30')).toBe(false);
    expect(jumps('100.00|EUR|60.00|2026-11-20|2026-11-30', '100.00|EUR')).toBe(true);
    expect(jumps('100.00|EUR|60.00|2026-11-01|2026-11-21', '100.00|EUR')).toBe(false);
  });

  it('jumps while nobody can buy at it too: the restock would be sold at it', () => {
    const part = planned('price', '200.00|EUR');
    for (const quantity of ['0', '3', null])
      expect(judge(part, known('100.00|EUR', quantity))).toEqual({ kind: 'price', before: '100.00|EUR' });
    expect(judge(part, known(null, '3'))).toBeNull();
  });

  it('is no jump where Amazon is known to have no listing', () => {
    const gone = listed({ price: accepted('100.00|EUR') }, { atAmazon: false });
    const memory = memoryOf([[FR, gone]], { quantity: accepted('7') });
    expect(judge(planned('price', '200.00|EUR'), memory)).toBeNull();
  });
});

describe('Taking a listing off Amazon', () => {
  it('is grave, but not where an item is barred on one marketplace and sold on another', () => {
    const part = planned('offer', ERASED_OFFER);
    expect(judge(part, known(null, '3'))).toMatchObject({ kind: 'erased' });
    const prepared = {} as Parameters<typeof gravityOf>[1]['prepared'];
    expect(gravityOf(part, { memory: known(null, '3'), prepared }, TODAY)).toBeNull();
    expect(judge(planned('offer', 'EAN:4006381333931|New'), known(null, '3'))).toBeNull();
  });
});

describe('A released value may go', () => {
  const mayGo = (value: string, seen: string, before: string | null = '100.00|EUR') =>
    isNoGraver(value, { kind: 'price', seen, before, today: TODAY });

  it('as it was seen, or when it lies on the way there', () => {
    expect(mayGo('200.00|EUR', '200.00|EUR')).toBe(true);
    expect(mayGo('150.00|EUR', '200.00|EUR')).toBe(true);
    expect(mayGo('40.00|EUR', '30.00|EUR')).toBe(true);
  });

  it('but not when it goes further, or the other way', () => {
    expect(mayGo('200.01|EUR', '200.00|EUR')).toBe(false);
    expect(mayGo('60.00|EUR', '200.00|EUR')).toBe(false);
    expect(mayGo('150.00|EUR|20.00|2026-11-20|2026-11-30', '200.00|EUR')).toBe(false);
    expect(mayGo('150.00|SEK', '200.00|EUR')).toBe(false);
    expect(mayGo('150.00|EUR', '200.00|EUR', null)).toBe(false);
  });

  it('always when it takes stock away or a listing off, as was seen', () => {
    expect(isNoGraver('0|2', { kind: 'zeroed', seen: '0', before: '7', today: '' })).toBe(true);
  });
});
