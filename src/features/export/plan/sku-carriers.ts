import type { Catalogue, SkuField, SkuHolder } from '../../../shop/catalogue.js';
import type { ShopFrame } from './account-frame.js';
import { isSellable, type OptionsOf, type PreparedItem } from './prepare-items.js';

/** A product without combinations (0), or one combination. */
export interface Carrier {
  readonly productId: number;
  readonly combinationId: number;
}

/** What finding the carriers of a SKU needs beside the items of the batch. */
export interface CarrierContext {
  readonly catalogue: Catalogue;
  readonly frame: ShopFrame;
  /** What the Amazon tabs of products outside the batch say: one that is switched off there sells under no SKU. */
  readonly loadOptions: (productIds: readonly number[]) => Promise<OptionsOf>;
}

/** One text for one carrier. */
export function keyOf(carrier: Carrier): string {
  return `${carrier.productId}-${carrier.combinationId}`;
}

/**
 * Finds what really sells under these SKUs: items of the batch, of the rest of the shop, and of the account's other shops, against which no stop
 * stands.
 *
 * @param batch items judged already
 * @returns by SKU; one that nothing sells is missing. Two queries per 2,000 SKUs, and one more where items outside the batch carry them
 */
export async function sellableCarriers(
  skus: readonly string[],
  {
    items,
    elsewhere,
  }: {
    readonly items: readonly PreparedItem[];
    readonly elsewhere: ReadonlyMap<string, { readonly productId: number; readonly sku: string | null }>;
  },
  context: CarrierContext & { readonly siblings: readonly CarrierContext[] },
): Promise<ReadonlyMap<string, readonly Carrier[]>> {
  const wanted = new Set(skus);
  const carriers = new Map<string, Carrier[]>();
  const add = (sku: string, carrier: Carrier) => carriers.set(sku, [...(carriers.get(sku) ?? []), carrier]);
  for (const { item, sku, sellable } of items) if (sellable && wanted.has(sku)) add(sku, item);
  const field = context.frame.skuSource;
  if (field === 'ids') {
    for (const { sku, productId } of elsewhere.values())
      if (sku !== null && wanted.has(sku)) add(sku, { productId, combinationId: 0 });
    return carriers;
  }
  for (const [shop, here] of [[context, items] as const, ...context.siblings.map((one) => [one, []] as const)]) {
    const holders = [...(await holdersOf(field, [...wanted], shop.catalogue)).values()].flat();
    const strangers = await sellableStrangers(holders, here, shop);
    for (const holder of holders) if (strangers.has(keyOf(holder))) add(holder.sku, holder);
  }
  return carriers;
}

/** Everything in the shop that carries these SKUs, sellable or not. */
export async function holdersOf(
  field: SkuField,
  skus: readonly string[],
  catalogue: Catalogue,
): Promise<ReadonlyMap<string, readonly SkuHolder[]>> {
  const bySku = new Map<string, SkuHolder[]>();
  for (let start = 0; start < skus.length; start += 2_000) {
    for (const holder of await catalogue.holdersOf(field, skus.slice(start, start + 2_000))) {
      const group = bySku.get(holder.sku);
      if (group) group.push(holder);
      else bySku.set(holder.sku, [holder]);
    }
  }
  return bySku;
}

/** The keys of those holders outside the batch that something sells. */
export async function sellableStrangers(
  holders: readonly SkuHolder[],
  items: readonly PreparedItem[],
  { catalogue, frame, loadOptions }: CarrierContext,
): Promise<ReadonlySet<string>> {
  const here = new Set(items.map((one) => keyOf(one.item)));
  const productIds = [...new Set(holders.filter((one) => !here.has(keyOf(one))).map((one) => one.productId))];
  const sellable = new Set<string>();
  if (productIds.length === 0) return sellable;
  const optionsOf = await loadOptions(productIds);
  const query = {
    ...frame.query,
    textLanguages: [],
    withImages: false,
    selection: { kind: 'products' as const, productIds },
  };
  for await (const batch of catalogue.batches(query))
    for (const item of batch.items)
      if (!here.has(keyOf(item)) && isSellable(item, frame, optionsOf)) sellable.add(keyOf(item));
  return sellable;
}
