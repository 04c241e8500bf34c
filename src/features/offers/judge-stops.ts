import type { CatalogueItem } from '../../shop/catalogue.js';
import { makeVerdict, NO_VERDICTS } from './make-verdict.js';
import type { OfferFrame } from './offer-frame.js';
import type { ItemWithOptions } from './offer-settings.js';
import { priceText, roundPrice } from './round-price.js';
import type { Verdict } from './verdict.js';

/**
 * Why nothing may sell an item on one marketplace: then its listing goes to 0, or loses its offer there.
 *
 * @returns all reasons at once, the most telling first, so that a person can mend them in one go; a draft or an item of another shop
 *   has only that one, since its other fields mean nothing
 */
export function judgeStops(subject: ItemWithOptions, frame: OfferFrame): readonly Verdict[] {
  const { item } = subject;
  if (item.draft) return [makeVerdict('draft')];
  if (!item.inShop) return [makeVerdict('not-in-shop', { shop: frame.context.name })];
  let stops = NO_VERDICTS;
  for (const judge of judges) {
    const stop = judge(subject, frame);
    if (stop !== null) stops = [...stops, stop];
  }
  return stops;
}

type StopJudge = (subject: ItemWithOptions, frame: OfferFrame) => Verdict | null;

const judges: readonly StopJudge[] = [
  ({ item }) => (item.active ? null : makeVerdict('inactive')),
  ({ item }) => (item.availableForOrder ? null : makeVerdict('not-for-order')),
  ({ options }, { settings }) =>
    options.disabled === true ? makeVerdict('disabled', { country: settings.country }) : null,
  ({ item }) => (item.virtual ? makeVerdict('virtual') : null),
  judgeCategories,
  judgeManufacturer,
  judgeSupplier,
  ({ item }, frame) => judgePriceFilter(item, frame),
  ({ item }, { settings }) => (settings.refuseHidden && item.visibility === 'none' ? makeVerdict('hidden') : null),
  ({ item }) => (item.minimalQuantity > 1 ? makeVerdict('minimal-quantity', { lot: item.minimalQuantity }) : null),
];

function judgeCategories({ item }: ItemWithOptions, { settings }: OfferFrame): Verdict | null {
  const selected = settings.categoryIds;
  if (selected.size === 0 || item.categoryIds.some((id) => selected.has(id))) return null;
  return makeVerdict('no-selected-category', { selected: selected.size, country: settings.country });
}

function judgeManufacturer({ item }: ItemWithOptions, { settings }: OfferFrame): Verdict | null {
  if (!settings.excludedManufacturerIds.has(item.manufacturerId)) return null;
  const manufacturer = item.manufacturerName || item.manufacturerId;
  return makeVerdict('manufacturer-excluded', { manufacturer, country: settings.country });
}

function judgeSupplier({ item }: ItemWithOptions, { settings }: OfferFrame): Verdict | null {
  if (!settings.excludedSupplierIds.has(item.supplierId)) return null;
  return makeVerdict('supplier-excluded', { supplier: item.supplierId, country: settings.country });
}

/**
 * Holds the price that the shop shows, without a dated sale, against the filter; both ends belong to it.
 *
 * The sale is left out because a stop takes the listing to 0: a product must not vanish from Amazon while it is cheap for a week.
 */
function judgePriceFilter(item: CatalogueItem, frame: OfferFrame): Verdict | null {
  const { priceFilterFrom: from, priceFilterTo: to, currencyDecimals: decimals, currency } = frame.settings;
  if (from === null && to === null) return null;
  const price = item.prices[frame.viewIndex];
  if (price === undefined || 'fault' in price) return null;
  const shown = roundPrice(price.standard, decimals, frame.roundingMode) * frame.minorUnit;
  if ((from === null || shown >= from) && (to === null || shown <= to)) return null;
  const text = (amount: bigint) => `${priceText(amount, decimals, frame.roundingMode)} ${currency}`;
  return makeVerdict('price-filter', {
    price: text(shown),
    from: from === null ? '0' : text(from),
    to: to === null ? 'any price' : text(to),
  });
}
