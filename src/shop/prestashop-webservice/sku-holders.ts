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
  filters: readonly string[],
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
  filters: readonly string[],
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
  filters: readonly string[],
  { field, ...request }: ListRequest & { readonly field: string },
): Promise<readonly WebserviceRecord[]> {
  const rows: WebserviceRecord[] = [];
  for (const filter of filters) rows.push(...(await readList(client, { ...request, filters: { [field]: filter } })));
  return rows;
}

/** Characters that a list of alternatives can hold without meaning something. */
const PLAIN = /^[\w./ -]+$/;

/** A text with other characters is asked for by itself, without brackets, which PrestaShop compares as it is. */
function textFilters(texts: readonly string[]): readonly string[] {
  const plain = texts.filter((text) => PLAIN.test(text));
  const lists = alternatives(plain).map((filter) => (filter.includes('|') ? filter : filter.slice(1, -1)));
  return [...lists, ...texts.filter((text) => !PLAIN.test(text))];
}
