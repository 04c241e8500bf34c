import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMinor, type RoundingMode, roundToMinor } from '../../../../src/core/money.js';
import { engineFor, pricedItemOf } from '../../../support/engine-under-oracle.js';
import {
  type OracleBuyer,
  type OracleShop,
  oraclePrice,
  oracleRound,
  oracleWinner,
} from '../../../support/price-oracle.js';
import { randomBuyer, randomShop } from '../../../support/random-price-shops.js';

const ROUNDING_MODES: readonly RoundingMode[] = ['up', 'down', 'half-up', 'half-down', 'half-even', 'half-odd'];

const shopsWithBuyers = randomBuyer.chain((buyer) => fc.tuple(randomShop(buyer), fc.constant(buyer)));

function quoteOf(shop: OracleShop, buyer: OracleBuyer) {
  return engineFor(shop, buyer).quote(pricedItemOf(shop), buyer.id_product_attribute);
}

/** As many decimals as the engine keeps. */
function kept(price: Decimal): Decimal {
  return price.toDecimalPlaces(12, Decimal.ROUND_HALF_UP);
}

describe('The engine, held against the rules computed once more', () => {
  it('chooses the same specific price, for every buyer', () => {
    fc.assert(
      fc.property(shopsWithBuyers, ([shop, buyer]) => {
        expect(quoteOf(shop, buyer).winner?.id ?? null).toBe(oracleWinner(shop, buyer)?.id_specific_price ?? null);
      }),
      { numRuns: 2_000 },
    );
  });

  it('computes the same price with and without tax and reduction, to the last decimal, in every rounding mode', () => {
    fc.assert(
      fc.property(shopsWithBuyers, fc.constantFrom(6, 3, 2, 0), ([shop, buyer], decimals) => {
        const quote = quoteOf(shop, buyer);
        const rounded = (price: bigint) =>
          formatMinor(roundToMinor(price, decimals, ROUNDING_MODES[shop.roundMode] ?? 'half-up'), decimals);
        const byTheRules = (tax: boolean, reduction: boolean) =>
          oracleRound(
            kept(oraclePrice(shop, buyer, { tax, reduction, groupReduction: true })),
            decimals,
            shop.roundMode,
          );
        expect({
          taxExcluded: rounded(quote.taxExcluded),
          taxIncluded: rounded(quote.taxIncluded),
          taxExcludedBase: rounded(quote.taxExcludedBase),
          taxIncludedBase: rounded(quote.taxIncludedBase),
        }).toEqual({
          taxExcluded: byTheRules(false, true),
          taxIncluded: byTheRules(true, true),
          taxExcludedBase: byTheRules(false, false),
          taxIncludedBase: byTheRules(true, false),
        });
      }),
      { numRuns: 1_000 },
    );
  });

  it('gives no negative price, neither now nor at any step of its timeline', () => {
    fc.assert(
      fc.property(shopsWithBuyers, ([shop, buyer]) => {
        const { standard, steps } = engineFor(shop, buyer).price(pricedItemOf(shop), buyer.id_product_attribute);
        const { winner: _winner, ...now } = quoteOf(shop, buyer);
        const all = [standard, ...steps.flatMap((step) => [step.price, step.standard]), ...Object.values(now)];
        expect(all.filter((price) => price < 0n)).toEqual([]);
      }),
    );
  });

  it('says the same when asked for now as when asked for the timeline that is exported', () => {
    fc.assert(
      fc.property(shopsWithBuyers, ([shop, buyer]) => {
        const atMs = Date.parse('2026-11-21T12:00:31Z');
        const { standard, steps } = engineFor(shop, buyer).price(pricedItemOf(shop), buyer.id_product_attribute);
        const running = steps.find((step) => step.startMs <= atMs && atMs < step.endMs);
        expect(running?.price ?? standard).toBe(quoteOf(shop, buyer).taxIncluded);
      }),
    );
  });

  it('does not depend on the order in which rows come', () => {
    const shuffled = shopsWithBuyers.chain(([shop, buyer]) =>
      fc.record({
        shop: fc.constant(shop),
        buyer: fc.constant(buyer),
        specificPrices: fc.shuffledSubarray([...shop.specificPrices], { minLength: shop.specificPrices.length }),
        taxRules: fc.shuffledSubarray([...shop.taxRules], { minLength: shop.taxRules.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ shop, buyer, specificPrices, taxRules }) => {
        expect(quoteOf({ ...shop, specificPrices, taxRules }, buyer)).toEqual(quoteOf(shop, buyer));
      }),
    );
  });

  it('falls or stays from one quantity step to the next, where a larger step takes off no less', () => {
    // What held for fewer still holds for more, and what comes to hold beside it is a larger step: only a fixed price could make it dearer.
    const steps = shopsWithBuyers.map(([shop, buyer]) => {
      const specificPrices = shop.specificPrices.map((row) => ({
        ...row,
        price: '-1.000000',
        reduction_type: 'percentage' as const,
        reduction: (row.from_quantity / 20).toFixed(6),
      }));
      return [{ ...shop, specificPrices }, buyer] as const;
    });
    fc.assert(
      fc.property(steps, fc.nat(12), fc.nat(12), ([shop, buyer], few, more) => {
        const priceAt = (quantity: number) => quoteOf(shop, { ...buyer, quantity }).taxIncluded;
        expect(priceAt(few + more) <= priceAt(few)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('is as high with tax as without, or higher', () => {
    fc.assert(
      fc.property(shopsWithBuyers, ([shop, buyer]) => {
        const quote = quoteOf(shop, buyer);
        expect(quote.taxIncluded >= quote.taxExcluded).toBe(true);
        expect(quote.taxIncludedBase >= quote.taxExcludedBase).toBe(true);
      }),
    );
  });
});
