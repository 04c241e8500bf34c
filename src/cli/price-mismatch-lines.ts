import { formatMinor } from '../core/money.js';
import type { PriceMismatch } from '../features/price-verification/verify-prices.js';

/** Lines about one mismatch: the row's keys, what was expected and computed, and the specific price that won. */
export function priceMismatchLines({ row, lacks, differences, winner }: PriceMismatch): readonly string[] {
  const { asked } = row;
  const currency = asked.currencyId ?? asked.currencyIso ?? 'of the shop';
  const keys: readonly (readonly [name: string, value: string | number | null])[] = [
    ['shop', asked.shopId],
    ['product', asked.productId],
    ['combination', asked.combinationId],
    ['currency', currency],
    ['country', asked.countryId ?? 'of the shop'],
    ['state', asked.stateId || null],
    ['zip code', asked.zipcode === '0' ? null : asked.zipcode],
    ['group', asked.groupId ?? 'of visitors'],
    ['customer', asked.customerId],
    ['cart', asked.cartId || null],
    ['quantity', asked.quantity],
    ['group reduction', asked.withGroupReduction ? null : 'left out'],
  ];
  return [
    `line ${row.line}: ${phrases(keys)}`,
    ...(lacks === null ? [] : [`  ${lacks}`]),
    ...differences.map(
      ({ column, expected, computed }) => `  ${column}: expected ${expected || 'none'}, computed ${computed || 'none'}`,
    ),
    ...(lacks === null ? [`  ${winnerWords(winner)}`] : []),
  ];
}

function phrases(facts: readonly (readonly [name: string, value: string | number | null])[]): string {
  return facts.flatMap(([name, value]) => (value === null ? [] : [`${name} ${value}`])).join(', ');
}

function winnerWords(winner: PriceMismatch['winner']): string {
  if (winner === null) return 'no specific price applies';
  const exact = (price: bigint) => formatMinor(price, 12).replace(/\.?0+$/, '');
  const tax = winner.reductionWithTax ? 'tax included' : 'tax excluded';
  const off = winner.reductionType === 'percentage' ? 'of the price' : tax;
  const words: readonly (readonly [name: string, value: string | number | null])[] = [
    ['fixed price', winner.fixedPrice === null ? null : exact(winner.fixedPrice)],
    ['reduction', winner.reduction === 0n ? null : `${exact(winner.reduction)} ${off}`],
    ['rule', winner.ruleId || null],
    ['product', winner.productId],
    ['combination', winner.combinationId || null],
    ['shop', winner.shopId || null],
    ['currency', winner.currencyId || null],
    ['country', winner.countryId || null],
    ['group', winner.groupId || null],
    ['customer', winner.customerId || null],
    ['from quantity', winner.fromQuantity],
    ['from', winner.from],
    ['to', winner.to],
  ];
  return `specific price ${winner.id}: ${phrases(words)}`;
}
