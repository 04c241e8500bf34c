import type { SkuField, SkuHolder } from '../catalogue.js';
import type { WebserviceReading } from './ground-reader.js';
import { alternatives, type ListRequest, readByIds, readList } from './list-records.js';
import type { WebserviceRecord } from './webservice-record.js';

/**
 * Finds every item of one shop context that carries one of some texts in a field, byte for byte.
 *
 * The shop's database compares without case and accents, so it finds too many; what is not the same text is left out here.
 *
 * @param skus at most 2,000
 */
export async function readSkuHolders(
  reading: WebserviceReading,
  { field, skus }: { readonly field: SkuField; readonly skus: readonly string[] },
): Promise<readonly SkuHolder[]> {
  const wanted = new Set(skus.filter((sku) => sku !== ''));
  const filters = textFilters([...wanted]);
  const found =
    field === 'supplier-reference'
      ? await holdersBySupplier(reading, filters)
      : await holdersByCode(reading, field, filters);
  const holders = found.filter(({ sku }) => wanted.has(sku));
  return holders.sort((a, b) => a.productId - b.productId || a.combinationId - b.combinationId);
}

/** A product that has combinations in this shop is not sold by itself, so its own code is nobody's. */
async function holdersByCode(
  reading: WebserviceReading,
  field: 'reference' | 'ean13',
  filters: readonly (string | null)[],
): Promise<readonly SkuHolder[]> {
  const { shopId } = reading;
  const products = await readEach(reading, filters, {
    ...{ resource: 'products', shopId, display: [field, 'combinations[id]'] },
    field,
  });
  const combinations = await readEach(reading, filters, {
    ...{ resource: 'combinations', shopId, display: ['id_product', field] },
    field,
  });
  return [
    ...products.filter(isSoldItself).map((row) => ({ sku: row.text(field), productId: row.id, combinationId: 0 })),
    ...combinations.map((row) => ({
      sku: row.text(field),
      productId: row.integer('id_product'),
      combinationId: row.id,
    })),
  ];
}

/** Only the reference of the product's own supplier counts. */
async function holdersBySupplier(
  reading: WebserviceReading,
  filters: readonly (string | null)[],
): Promise<readonly SkuHolder[]> {
  const { client, shopId } = reading;
  const field = 'product_supplier_reference';
  const references = await readEach(reading, filters, {
    ...{ resource: 'product_suppliers', shopId, display: ['id_product', 'id_product_attribute', 'id_supplier', field] },
    field,
  });
  const ids = references.map((row) => row.integer('id_product'));
  const request = { resource: 'products', shopId, display: ['id_supplier', 'combinations[id]'] };
  const products = new Map((await readByIds(client, request, ids)).map((row) => [row.id, row]));
  return references.flatMap((row) => {
    const product = products.get(row.integer('id_product'));
    const combinationId = row.integer('id_product_attribute');
    if (product === undefined || product.integer('id_supplier') !== row.integer('id_supplier')) return [];
    const sold = combinationId === 0 ? isSoldItself(product) : hasCombination(product, combinationId);
    return sold ? { sku: row.text(field), productId: product.id, combinationId } : [];
  });
}

function isSoldItself(product: WebserviceRecord): boolean {
  return product.associated('combinations').length === 0;
}

function hasCombination(product: WebserviceRecord, combinationId: number): boolean {
  return product.associated('combinations').some(({ id }) => id === combinationId);
}

async function readEach(
  { client }: WebserviceReading,
  filters: readonly (string | null)[],
  { field, ...request }: ListRequest & { readonly field: string },
): Promise<readonly WebserviceRecord[]> {
  // Texts that differ in case or accents alone find the same row, which must not pass for two holders.
  const rows = new Map<number, WebserviceRecord>();
  for (const filter of filters)
    for (const row of await readList(client, { ...request, filters: filter === null ? {} : { [field]: filter } }))
      rows.set(row.id, row);
  return [...rows.values()];
}

/** Characters that a list of alternatives can hold without meaning something. */
const PLAIN = /^[\w./ -]+$/;
/** Brackets and what stands around them are PrestaShop's own signs; it takes tags out of what it is asked for, and backslashes escape. */
const SPECIAL = /[[\]<>\\]/;
/** More questions than these cost a shop more than its whole list. */
const MOST_SINGLE = 50;

/**
 * Filters that let at least every row with one of the texts through. A text with other characters is asked for by itself, without
 * brackets, which PrestaShop compares as it is; one with signs of PrestaShop's by its longest plain part, anywhere in the field.
 */
function textFilters(texts: readonly string[]): readonly (string | null)[] {
  const plain = texts.filter((text) => PLAIN.test(text));
  const lists = alternatives(plain).map((filter) => (filter.includes('|') ? filter : filter.slice(1, -1)));
  const single = new Set(texts.filter((text) => !PLAIN.test(text)).map(singleFilter));
  return single.has(null) || single.size > MOST_SINGLE ? EVERYTHING : [...lists, ...single];
}

const EVERYTHING = [null];

/** @returns null when only the whole list will do */
function singleFilter(text: string): string | null {
  if (!SPECIAL.test(text)) return text;
  const parts = text.match(/[a-z0-9]+/gi) ?? [];
  const longest = parts.reduce((best, part) => (part.length > best.length ? part : best), '');
  return longest === '' ? null : `%[${longest}]%`;
}
