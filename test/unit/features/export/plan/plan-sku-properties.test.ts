import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isUnsettled } from '../../../../../src/features/export/plan/plan-part.js';
import { type DesiredSku, type PlanRules, planSku } from '../../../../../src/features/export/plan/plan-sku.js';
import type { ListingMemory, MarketplaceListing, PartMemory } from '../../../../../src/features/listings/listing.js';
import { ERASED_OFFER } from '../../../../../src/features/listings/listing-service.js';
import { DE, desiredListing, FR, memoryOf, part } from '../sample-memory.js';

const OFFER = 'EAN:4006381333931|New';
const prices = fc.constantFrom('9.90|EUR', '12.00|EUR', '12.00|EUR|9.90|2026-11-20|2026-11-30');
const quantities = fc.constantFrom('0', '1', '5');
const states = fc.constantFrom('none', 'open', 'accepted', 'rejected', 'unknown' as const) as fc.Arbitrary<
  PartMemory['state']
>;

/** A part in any state that the tables can hold. */
function parts(values: fc.Arbitrary<string>): fc.Arbitrary<PartMemory> {
  const known = { state: states, submitted: values, accepted: fc.option(values), effective: fc.option(values) };
  return fc
    .record({ ...known, revision: fc.integer({ min: 1, max: 9 }), shownLater: fc.boolean() })
    .map(({ state, submitted, accepted, effective, revision, shownLater }) =>
      part({
        state,
        submittedValue: state === 'none' ? null : submitted,
        submittedRevision: state === 'none' ? null : revision,
        acceptedValue: state === 'accepted' ? submitted : accepted,
        acceptedAtMs: accepted === null && state !== 'accepted' ? null : 1_000,
        effectiveValue: effective,
        effectiveAtMs: effective === null ? null : shownLater ? 2_000 : 500,
      }),
    );
}

const listings: fc.Arbitrary<MarketplaceListing> = fc.record({
  atAmazon: fc.constantFrom(true, false, null),
  createIntent: fc.boolean(),
  parts: fc.record({ offer: parts(fc.constantFrom(OFFER, ERASED_OFFER)), price: parts(prices) }, { requiredKeys: [] }),
});

const memories: fc.Arbitrary<ListingMemory | null> = fc.option(
  fc
    .record({
      fr: fc.option(listings),
      de: fc.option(listings),
      quantity: fc.option(parts(quantities)),
      channel: fc.constantFrom('', 'DEFAULT', 'AMAZON_EU'),
    })
    .map(({ fr, de, quantity, channel }) =>
      memoryOf([...(fr ? ([[FR, fr]] as const) : []), ...(de ? ([[DE, de]] as const) : [])], { quantity, channel }),
    ),
);

const wishes: fc.Arbitrary<DesiredSku> = fc
  .record({
    marketplaces: fc.uniqueArray(fc.constantFrom(FR, DE)),
    offer: fc.constantFrom(null, OFFER, ERASED_OFFER),
    price: fc.option(prices),
    create: fc.boolean(),
    priceLeftOut: fc.boolean(),
    units: fc.option(fc.constantFrom(0, 1, 5)),
  })
  .map(({ marketplaces, units, price, priceLeftOut, ...said }) => ({
    sku: 'MUG',
    listings: marketplaces.map((id) =>
      desiredListing(id, { ...said, priceLeftOut, price: priceLeftOut ? null : price }),
    ),
    quantity: units === null ? null : { value: String(units), units },
  }));

const rules: fc.Arbitrary<PlanRules> = fc.record({
  revision: fc.integer({ min: 0, max: 12 }),
  everything: fc.boolean(),
  preview: fc.boolean(),
});

const check = (judge: (desired: DesiredSku, memory: ListingMemory | null, by: PlanRules) => void) =>
  fc.assert(fc.property(wishes, memories, rules, judge), { numRuns: 5_000 });

/** Every figure that buyers may see now. */
function possibleFigures(quantity: PartMemory | null): readonly number[] {
  if (quantity === null) return [0];
  const { acceptedValue, acceptedAtMs, effectiveValue, effectiveAtMs, state, submittedValue } = quantity;
  const newest = (effectiveAtMs ?? 0) > (acceptedAtMs ?? 0) ? effectiveValue : (acceptedValue ?? effectiveValue);
  const values = [newest, ...(state === 'unknown' ? [submittedValue] : [])];
  return values.map((value) => Number.parseInt(value ?? '0', 10));
}

describe('Whatever is wanted and remembered of a SKU', () => {
  it('stock never makes it buyable while one of its prices waits or is refused', () => {
    check((desired, memory, by) => {
      if (by.preview) return;
      const planned = planSku(desired, memory, by);
      const quantity = planned.find((one) => one.part === 'quantity');
      if (quantity?.decision !== 'send' || Number(quantity.value) === 0) return;
      if (possibleFigures(memory?.quantity ?? null).every((units) => units > 0)) return;
      const open = planned.filter(
        (one) => one.part === 'price' && (isUnsettled(one.decision) || one.decision === 'rejected'),
      );
      expect(open).toEqual([]);
      for (const [id, { parts: known }] of memory?.marketplaces ?? [])
        if (
          !desired.listings.some((one) => one.marketplaceId === id && !one.priceLeftOut) &&
          known.price?.state === 'open'
        )
          expect(known.price.submittedValue).toBe(known.price.acceptedValue);
    });
  });

  it('stock that is lower than what buyers see never waits for a price', () => {
    check((desired, memory, by) => {
      const quantity = planSku(desired, memory, by).find((one) => one.part === 'quantity');
      if (quantity === undefined) return;
      const isLower = possibleFigures(memory?.quantity ?? null).every((units) => Number(quantity.value) < units);
      if (isLower || Number(quantity.value) === 0) expect(quantity.why ?? '').not.toMatch(/^price-/);
    });
  });

  it('a preview never waits', () => {
    check((desired, memory, by) => {
      const decisions = planSku(desired, memory, { ...by, preview: true }).map((one) => one.decision);
      expect(decisions).not.toContain('wait');
    });
  });

  it('a preview shows just what goes in the end: sent, or waiting, and nothing that a send leaves alone for good', () => {
    check((desired, memory, by) => {
      const preview = planSku(desired, memory, { ...by, preview: true });
      const send = planSku(desired, memory, { ...by, preview: false });
      expect(preview.map(({ part: name, value }) => [name, value])).toEqual(
        send.map(({ part: name, value }) => [name, value]),
      );
      for (const [index, { decision }] of send.entries())
        if (decision === 'send' || decision === 'wait') expect(preview[index]?.decision).toBe('send');
    });
  });

  it('a listing that is being created gets nothing else before', () => {
    check((desired, memory, by) => {
      const planned = planSku(desired, memory, { ...by, preview: false });
      for (const { marketplaceId, part: name, value, decision } of planned) {
        if (name !== 'offer' || value === ERASED_OFFER || !isUnsettled(decision)) continue;
        const others = planned.filter((one) => one.marketplaceId === marketplaceId && one.part !== 'offer');
        expect(others.map((one) => one.decision)).not.toContain('send');
      }
    });
  });

  it('what Amazon fulfils gets no quantity', () => {
    check((desired, memory, by) => {
      if (memory?.channel !== 'AMAZON_EU') return;
      expect(planSku(desired, memory, by).some((one) => one.part === 'quantity')).toBe(false);
    });
  });

  it('what is known not to be at Amazon is left alone unless it is to be created', () => {
    check((desired, memory, by) => {
      for (const { marketplaceId, decision } of planSku(desired, memory, by)) {
        const known = memory?.marketplaces.get(marketplaceId);
        const wanted = desired.listings.find((one) => one.marketplaceId === marketplaceId);
        if (known?.atAmazon !== false || wanted?.offer !== null) continue;
        expect(['left-alone', 'equal', 'in-flight']).toContain(decision);
      }
    });
  });

  it('each part is decided once, and why it waits or is left alone is said', () => {
    check((desired, memory, by) => {
      const planned = planSku(desired, memory, by);
      const keys = planned.map((one) => `${one.marketplaceId}/${one.part}`);
      expect(keys).toEqual([...new Set(keys)]);
      for (const { decision, why } of planned)
        expect(why !== null).toBe(decision === 'wait' || decision === 'left-alone');
    });
  });
});
