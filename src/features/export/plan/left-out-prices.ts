import { computePrice } from '../../offers/compute-price.js';
import { judgeStops } from '../../offers/judge-stops.js';
import { writePriceValue } from '../../offers/part-values.js';
import type { ShopFrame } from './account-frame.js';
import type { WantedPrice } from './plan-sku.js';
import type { OptionsOf, PreparedItem } from './prepare-items.js';

/**
 * What an item should cost where prices are exported, but not by this run: with the stock only, or on other marketplaces.
 *
 * A quantity that makes a listing buyable must not overtake them. They are computed one by one as somebody asks, which few items need.
 *
 * @returns undefined where the run decides every price itself
 */
export function leftOutPrices(
  { item }: PreparedItem,
  { leftOut }: ShopFrame,
  optionsOf: OptionsOf,
): (() => Iterable<WantedPrice>) | undefined {
  if (leftOut.length === 0) return undefined;
  return function* () {
    for (const { marketplace, offers } of leftOut) {
      const subject = { item, options: optionsOf(item, marketplace.id) };
      if (judgeStops(subject, offers).length > 0) continue;
      const { price } = computePrice(subject, offers);
      if (price) yield { marketplaceId: marketplace.id, today: offers.today, value: writePriceValue(price) };
    }
  };
}
