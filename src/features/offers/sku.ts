import type { CatalogueItem } from '../../shop/catalogue.js';
import { makeVerdict } from './make-verdict.js';
import type { SkuSource } from './offer-settings.js';
import type { Verdict } from './verdict.js';

/** The most characters that Amazon takes. */
const SKU_MAX_CHARACTERS = 40;

const sourceNames: Readonly<Record<SkuSource, string>> = {
  reference: 'reference',
  'supplier-reference': 'supplier reference',
  ean13: 'EAN',
  ids: 'id',
};

// Control characters, lone surrogates and the two non-characters of XML 1.0: documents replace or drop them, and it is another key.
const UNWRITABLE = /[\p{Cc}\p{Cs}\uFFFE\uFFFF]/u;

/**
 * The key of an item at Amazon, byte for byte as the shop has it.
 *
 * @returns may be empty or faulty, see `judgeSku`; an EAN of zeros only is the shop's way to say none and gives an empty text
 */
export function skuOf(item: CatalogueItem, source: SkuSource): string {
  if (source === 'reference') return item.reference;
  if (source === 'supplier-reference') return item.supplierReference;
  if (source === 'ean13') return /^0+$/.test(item.ean13) ? '' : item.ean13;
  return item.combinationId === 0 ? String(item.productId) : `${item.productId}-${item.combinationId}`;
}

/**
 * What is wrong with a SKU by itself; that two items carry it is `judgeDuplicates`.
 *
 * @returns null when Amazon can take it
 * @source Amazon XSD SKUType: normalizedString of 1 to 40 characters
 */
export function judgeSku(sku: string, source: SkuSource): Verdict | null {
  if (sku === '') return makeVerdict('sku-empty', { source: sourceNames[source] });
  if (sku.length > SKU_MAX_CHARACTERS) {
    const length = [...sku].length;
    if (length > SKU_MAX_CHARACTERS) return makeVerdict('sku-too-long', { length });
  }
  const unwritable = UNWRITABLE.exec(sku);
  if (unwritable) return makeVerdict('sku-characters', { character: codePointName(unwritable[0]) });
  return sku.trim() === sku ? null : makeVerdict('sku-outer-spaces', { sku });
}

function codePointName(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
