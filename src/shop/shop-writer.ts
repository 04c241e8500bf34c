/** What is written to in the shop: a product (combination 0) or one of its combinations. */
export interface ItemKey {
  readonly productId: number;
  readonly combinationId: number;
}

/** Codes by which an item is known. */
export interface ItemCodes {
  readonly reference: string;
  readonly ean13: string;
  readonly upc: string;
}

/** The one stock row of an item that counts in a shop context. */
export interface StockPlace {
  readonly rowId: number;
  readonly quantity: number;
}

/** Writes to a shop, one thing at a time. Every write is read back: what a method gives is what the shop says afterwards. */
export interface ShopWriter {
  /** @returns null when the shop context has no such item */
  codesOf(shopId: number, item: ItemKey): Promise<ItemCodes | null>;
  /** @throws ShopWriteLost when the shop says something else afterwards */
  writeCodes(shopId: number, item: ItemKey, codes: Partial<ItemCodes>): Promise<ItemCodes>;
  /** Whether the shop context sells a product only through its combinations. */
  hasCombinations(shopId: number, productId: number): Promise<boolean>;
  /**
   * @returns null when the item has no stock row in this shop context
   * @throws StockManagedElsewhere when PrestaShop lets nobody write it
   */
  stockOf(shopId: number, item: ItemKey): Promise<StockPlace | null>;
  /**
   * Looks once more right before writing. What an order takes between that look and the write is overwritten: no shop offers a
   * conditional write.
   *
   * @param place as it was planned for
   * @throws StockChanged when the shop no longer has that quantity; ShopWriteLost when it says something else afterwards
   */
  writeQuantity(shopId: number, place: StockPlace, quantity: number): Promise<StockPlace>;
  close(): void;
}
