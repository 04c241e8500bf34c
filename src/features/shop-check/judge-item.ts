import type { CatalogueItem, ShopContext } from '../../shop/catalogue.js';
import { judgeCode } from '../offers/judge-create.js';
import { makeVerdict } from '../offers/make-verdict.js';
import type { SkuSource } from '../offers/offer-settings.js';
import { productCodeOf } from '../offers/product-code.js';
import { judgeSku, skuOf } from '../offers/sku.js';
import type { FaultKind } from './catalogue-fault.js';

/** One fault of one item. */
export interface ItemFault {
  readonly kind: FaultKind;
  readonly sentence: string;
  readonly advice: string;
}

/** What faults are judged by: of the item, texts in all languages of the shop and a price in its default currency are read. */
export interface JudgingTerms {
  readonly context: Pick<ShopContext, 'defaultCurrency' | 'languages'>;
  readonly skuSource: SkuSource;
}

/** Whether nothing about the item itself keeps it from being sold, whatever marketplace it is for. */
export function couldSell(item: CatalogueItem): boolean {
  return (
    item.inShop && !item.draft && item.active && item.availableForOrder && !item.virtual && item.minimalQuantity <= 1
  );
}

/** The faults that an item has by itself; codes, price, texts and SKU count only where it could be sold. */
export function judgeItem(item: CatalogueItem, terms: JudgingTerms): readonly ItemFault[] {
  if (!item.inShop) return [];
  if (item.draft) return [asFault('draft', makeVerdict('draft'))];
  if (item.active && item.minimalQuantity > 1)
    return [asFault('minimal-quantity', makeVerdict('minimal-quantity', { lot: item.minimalQuantity }))];
  if (!couldSell(item)) return [];
  return [...judgeSkuOf(item, terms), ...judgeCodes(item), ...judgePrice(item, terms), ...judgeTexts(item, terms)];
}

function judgeSkuOf(item: CatalogueItem, { skuSource }: JudgingTerms): readonly ItemFault[] {
  const verdict = judgeSku(skuOf(item, skuSource), skuSource);
  return verdict === null ? [] : [asFault(verdict.code as FaultKind, verdict)];
}

function judgeCodes(item: CatalogueItem): readonly ItemFault[] {
  const code = productCodeOf(item);
  if (code.status === 'valid') return [];
  const verdict = judgeCode(code);
  return [asFault(code.status === 'none' ? 'no-code' : code.fault, verdict)];
}

function judgePrice({ prices }: CatalogueItem, { context }: JudgingTerms): readonly ItemFault[] {
  const [price] = prices;
  if (price === undefined || 'fault' in price || price.standard > 0n) return [];
  return [asFault('price-zero', makeVerdict('price-zero', { price: `0 ${context.defaultCurrency}` }))];
}

/** A name is what every offer needs; a description may well be empty. */
function judgeTexts({ texts }: CatalogueItem, { context }: JudgingTerms): readonly ItemFault[] {
  const missing = context.languages.filter((language) => texts?.get(language)?.fallback !== false);
  if (texts === null || missing.length === 0) return [];
  const sentence = `Has no name or description of its own in ${missing.join(', ')}.`;
  return [
    {
      kind: 'translation-missing',
      sentence,
      advice: 'Translate it in the shop; until then another language stands for it.',
    },
  ];
}

function asFault(
  kind: FaultKind,
  { sentence, advice }: { readonly sentence: string; readonly advice: string },
): ItemFault {
  return { kind, sentence, advice };
}
