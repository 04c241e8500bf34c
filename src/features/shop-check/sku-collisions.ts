import { crc32 } from 'node:zlib';
import type { Catalogue, CatalogueItem, CatalogueQuery, SkuField, SkuHolder } from '../../shop/catalogue.js';

/** Which of some items could be sold: what cannot claims no SKU. */
export type SellableOf = (items: readonly CatalogueItem[]) => Promise<(item: CatalogueItem) => boolean>;

export interface SkuCollisionParts {
  readonly catalogue: Catalogue;
  readonly field: SkuField;
  /** How rivals outside a batch are read. */
  readonly query: Omit<CatalogueQuery, 'selection'>;
  readonly sellableOf: SellableOf;
}

/** An item of a batch with the SKU that it would have. */
export interface ClaimingItem {
  readonly item: CatalogueItem;
  readonly sku: string;
}

/** Sellable items that carry one SKU, at least two, in (product, combination) order. */
export interface SkuCollision {
  readonly sku: string;
  readonly holders: readonly SkuHolder[];
}

/** Two SKUs of a million share one of the 2^27 places some 3,700 times; that costs a look, never an answer. */
const PLACE_BITS = 27;
const SKUS_PER_SEARCH = 2_000;
/** A SKU that was told is not looked at again; so many of them are kept in mind. */
const MOST_TOLD = 100_000;

/**
 * Finds the SKUs that several sellable items carry while a catalogue is walked in its order, each once.
 *
 * What was seen is kept as one bit a SKU, so memory stays at 16 MiB; only a SKU whose bit is there already is searched for in the shop: a catalogue
 * without collisions costs next to no query.
 */
export class SkuCollisions {
  readonly #parts: SkuCollisionParts;
  readonly #seen = new Uint8Array(2 ** (PLACE_BITS - 3));
  readonly #told = new Set<string>();

  constructor(parts: SkuCollisionParts) {
    this.#parts = parts;
  }

  /**
   * The collisions that these items complete, being the second to carry a SKU.
   *
   * @param items of the next batch, those that could be sold, each with a SKU that is not empty
   */
  async among(items: readonly ClaimingItem[]): Promise<readonly SkuCollision[]> {
    const suspects = new Set<string>();
    for (const { sku } of items) if (this.#isSeen(sku) && !this.#told.has(sku)) suspects.add(sku);
    if (suspects.size === 0) return [];
    const contested = [...(await this.#holdersOf([...suspects])).values()].filter((group) => group.length > 1);
    if (contested.length === 0) return [];
    const here = new Set(items.map(({ item }) => keyOf(item)));
    const elsewhere = await this.#sellableElsewhere(contested.flat(), here);
    const collisions = contested.flatMap((group): SkuCollision[] => {
      const holders = group.filter((one) => here.has(keyOf(one)) || elsewhere.has(keyOf(one)));
      const [first, second] = holders;
      return first !== undefined && second !== undefined ? [{ sku: first.sku, holders }] : [];
    });
    for (const { sku } of collisions) if (this.#told.size < MOST_TOLD) this.#told.add(sku);
    return collisions;
  }

  /** Whether something with this place came before; it has now. */
  #isSeen(sku: string): boolean {
    const place = crc32(sku) >>> (32 - PLACE_BITS);
    const [byte, bit] = [place >>> 3, 1 << (place & 7)];
    const before = this.#seen[byte] ?? 0;
    this.#seen[byte] = before | bit;
    return (before & bit) !== 0;
  }

  async #holdersOf(skus: readonly string[]): Promise<ReadonlyMap<string, readonly SkuHolder[]>> {
    const { catalogue, field } = this.#parts;
    const bySku = new Map<string, SkuHolder[]>();
    for (let start = 0; start < skus.length; start += SKUS_PER_SEARCH)
      for (const holder of await catalogue.holdersOf(field, skus.slice(start, start + SKUS_PER_SEARCH))) {
        const group = bySku.get(holder.sku);
        if (group === undefined) bySku.set(holder.sku, [holder]);
        else group.push(holder);
      }
    return bySku;
  }

  async #sellableElsewhere(holders: readonly SkuHolder[], here: ReadonlySet<string>): Promise<ReadonlySet<string>> {
    const { catalogue, query, sellableOf } = this.#parts;
    const productIds = [...new Set(holders.filter((one) => !here.has(keyOf(one))).map((one) => one.productId))];
    const sellable = new Set<string>();
    if (productIds.length === 0) return sellable;
    for await (const { items } of catalogue.batches({ ...query, selection: { kind: 'products', productIds } })) {
      const isSellable = await sellableOf(items);
      for (const item of items) if (!here.has(keyOf(item)) && isSellable(item)) sellable.add(keyOf(item));
    }
    return sellable;
  }
}

function keyOf({ productId, combinationId }: Pick<SkuHolder, 'productId' | 'combinationId'>): string {
  return `${productId}-${combinationId}`;
}
