/** By ps_product_shop.pack_stock_type and PS_PACK_STOCK_TYPE: which stock limits a pack. */
export const PACK_STOCK = { own: 0, components: 1, both: 2, shopDefault: 3 } as const;

/** One thing that is in a pack. */
export interface PackComponent {
  readonly packId: number;
  readonly productId: number;
  /** Pieces of it in one pack (>= 1). */
  readonly needed: number;
  /** Its own stock row, 0 when that or the thing itself is missing; may be negative. */
  readonly stock: number;
  /** Null when it is no pack itself; else which stock limits it. */
  readonly packStockType: number | null;
}

/**
 * How many packs can be sold, packs in packs included.
 *
 * @source PrestaShop classes/Pack.php (measured facts, section 5): with components, the least of floor(stock / needed)
 */
export class PackStock {
  readonly #shopDefault: number;
  readonly #components = new Map<number, PackComponent[]>();

  /** @param shopDefault what PS_PACK_STOCK_TYPE says */
  constructor(shopDefault: number) {
    this.#shopDefault = shopDefault;
  }

  /** Takes in what packs are made of; all components of one pack at once. */
  add(components: readonly PackComponent[]): void {
    for (const component of components) {
      const known = this.#components.get(component.packId);
      if (known === undefined) this.#components.set(component.packId, [component]);
      else known.push(component);
    }
  }

  /** Remembers that these packs were asked for, whatever was found. */
  addEmpty(packIds: readonly number[]): void {
    for (const id of packIds) if (!this.#components.has(id)) this.#components.set(id, []);
  }

  /** Packs within packs whose components are not known yet and matter. */
  missingPacks(): readonly number[] {
    const missing = new Set<number>();
    for (const components of this.#components.values())
      for (const { productId, packStockType } of components)
        if (packStockType !== null && this.#minds(packStockType) && !this.#components.has(productId))
          missing.add(productId);
    return [...missing];
  }

  /**
   * How many of a pack can be sold.
   *
   * @param stockType of the pack as ps_product_shop has it
   * @param ownQuantity of the pack's own stock row
   */
  quantityOf(packId: number, stockType: number, ownQuantity: number): number {
    return this.#quantityOf(packId, { stockType, ownQuantity }, new Set());
  }

  /** A pack that contains itself can never be packed, nor one within a pack that nobody looked into. */
  #quantityOf(
    packId: number,
    { stockType, ownQuantity }: { readonly stockType: number; readonly ownQuantity: number },
    around: ReadonlySet<number>,
  ): number {
    if (!this.#minds(stockType)) return ownQuantity;
    const components = this.#components.get(packId) ?? (around.size === 0 ? [] : undefined);
    if (around.has(packId) || components === undefined) return 0;
    if (components.length === 0) return ownQuantity;
    const within = new Set(around).add(packId);
    const possible = Math.min(...components.map((one) => Math.floor(this.#stockOf(one, within) / one.needed)));
    return this.#typeOf(stockType) === PACK_STOCK.both ? Math.min(possible, ownQuantity) : possible;
  }

  #stockOf({ productId, stock, packStockType }: PackComponent, around: ReadonlySet<number>): number {
    if (packStockType === null) return stock;
    return this.#quantityOf(productId, { stockType: packStockType, ownQuantity: stock }, around);
  }

  /** Whether the components limit a pack of this type. */
  #minds(stockType: number): boolean {
    const type = this.#typeOf(stockType);
    return type === PACK_STOCK.components || type === PACK_STOCK.both;
  }

  #typeOf(stockType: number): number {
    return stockType === PACK_STOCK.shopDefault ? this.#shopDefault : stockType;
  }
}
