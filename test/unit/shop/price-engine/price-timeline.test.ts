import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePrice } from '../../../../src/core/money.js';
import type { ItemPrice } from '../../../../src/shop/catalogue.js';
import { computePrice } from '../../../../src/shop/price-engine/compute-price.js';
import { priceSegments } from '../../../../src/shop/price-engine/price-segments.js';
import { priceTimeline } from '../../../../src/shop/price-engine/price-timeline.js';
import { ShopClock } from '../../../../src/shop/price-engine/shop-clock.js';
import type { SpecificPrice } from '../../../../src/shop/price-engine/specific-price.js';
import { rankSpecificPrices } from '../../../../src/shop/price-engine/specific-price-rank.js';
import { DEFAULT_PRIORITIES, priceTerms, specificPrice, VISITOR } from '../../../support/specific-price-samples.js';

const clock = new ShopClock('Europe/Paris');
const AT_MS = Date.parse('2026-11-21T12:00:00Z');
const ITEM = { productPrice: parsePrice('100'), combinationImpact: 0n, ecotax: 0n };

function priceOf(winner: SpecificPrice | null): bigint {
  return computePrice(ITEM, winner, priceTerms());
}

function timeline(rows: readonly SpecificPrice[], atMs = AT_MS): ItemPrice {
  const ranked = rankSpecificPrices(rows, VISITOR, { priorities: DEFAULT_PRIORITIES }).general;
  return priceTimeline(priceSegments(ranked, clock), priceOf, atMs);
}

function off(
  reduction: string,
  from: string | null,
  to: string | null,
  fields: Partial<SpecificPrice> = {},
): SpecificPrice {
  return specificPrice({ reduction: parsePrice(reduction), reductionType: 'percentage', from, to, ...fields });
}

describe('priceTimeline', () => {
  it('has no steps when nothing is dated', () => {
    expect(timeline([off('0.1', null, null)])).toEqual({ standard: parsePrice('108'), steps: [] });
    expect(timeline([])).toEqual({ standard: parsePrice('120'), steps: [] });
  });

  it('joins neighbours of one price to one window', () => {
    const rows = [
      off('0.1', '2026-11-20 00:00:00', '2026-11-22 23:59:59', { id: 1 }),
      off('0.1', '2026-11-23 00:00:00', '2026-11-24 23:59:59', { id: 2 }),
    ];
    const [step, ...more] = timeline(rows).steps;
    expect(more).toEqual([]);
    expect(new Date(step?.startMs ?? 0).toISOString()).toBe('2026-11-19T23:00:00.000Z');
    expect(new Date(step?.endMs ?? 0).toISOString()).toBe('2026-11-24T23:00:00.000Z');
  });

  it('finds the true start of a running window behind rows that have ended', () => {
    const rows = [
      off('0.1', '2026-11-01 00:00:00', '2026-11-30 23:59:59', { id: 1 }),
      off('0.3', '2026-11-05 00:00:00', '2026-11-10 23:59:59', { id: 2, groupId: 1 }),
    ];
    expect(timeline(rows).steps.map((step) => new Date(step.startMs).toISOString())).toEqual([
      '2026-11-10T23:00:00.000Z',
    ]);
  });

  it('looks 400 days ahead, and keeps the true end of what began before that', () => {
    const far = timeline([off('0.1', '2028-01-01 00:00:00', '2028-01-02 00:00:00')]);
    const long = timeline([off('0.1', '2027-12-01 00:00:00', '2029-01-31 23:59:59')]);
    expect(far.steps).toEqual([]);
    expect(new Date(long.steps[0]?.endMs ?? 0).toISOString()).toBe('2029-01-31T23:00:00.000Z');
  });

  it('holds through the minute of its end, even when that is its only minute', () => {
    const [step] = timeline([off('0.1', '2026-11-22 10:00:00', '2026-11-22 10:00:00')]).steps;
    expect((step?.endMs ?? 0) - (step?.startMs ?? 0)).toBe(60_000);
  });

  it('counts a dearer window as well: what a sale is, others decide', () => {
    const rows = [
      specificPrice({ fixedPrice: parsePrice('150'), from: '2026-11-01 00:00:00', to: '2026-12-01 00:00:00' }),
    ];
    expect(timeline(rows).steps.map((step) => step.price)).toEqual([parsePrice('180')]);
  });

  it('agrees at every minute with a comparison of the rows at that minute', () => {
    const day = fc.integer({ min: -20, max: 20 }).map((days) => Date.parse('2027-03-28T01:30:00Z') + days * 3_600_000);
    const side = fc.option(day.map((ms) => clock.minuteAt(ms)));
    const row = fc.record({
      from: side,
      to: side,
      groupId: fc.constantFrom(0, 1),
      reduction: fc.constantFrom('0', '0.1', '0.2'),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 4 }), day, fc.integer({ min: 0, max: 2_000 }), (list, atMs, minutes) => {
        const rows = list.map(({ reduction, from, to, groupId }, id) => off(reduction, from, to, { id, groupId }));
        const { steps } = timeline(rows, atMs);
        const thenMs = atMs + minutes * 60_000;
        const now = rankSpecificPrices(rows.filter(holdsAt(thenMs)), VISITOR, {
          priorities: DEFAULT_PRIORITIES,
        }).general;
        const standard = priceOf(now.find((one) => one.from === null || one.to === null) ?? null);
        const found = steps.find((step) => step.startMs <= thenMs && thenMs < step.endMs);
        expect(found?.price ?? standard).toBe(priceOf(now[0] ?? null));
      }),
      { numRuns: 500 },
    );
  });
});

function holdsAt(ms: number): (row: SpecificPrice) => boolean {
  const minute = clock.minuteAt(ms);
  return ({ from, to }) => (from === null || from <= minute) && (to === null || to >= minute);
}
