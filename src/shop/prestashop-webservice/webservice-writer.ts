import type { ItemCodes, ItemKey, ShopWriter, StockPlace } from '../shop-writer.js';
import { readStockIdentity } from './ground-reader.js';
import { readByIds, readList } from './list-records.js';
import { stockRequest, stockRowCounts } from './stock-rows.js';
import type { WebserviceClient } from './webservice-client.js';
import { WebserviceNotFound } from './webservice-errors.js';
import { WebserviceRecord } from './webservice-record.js';
import { openEntry, readEntry, type WrittenEntry } from './write-record.js';
import { ShopWriteLost, StockChanged, StockManagedElsewhere } from './writer-errors.js';

/** Writes to a shop by its Webservice. */
export class WebserviceWriter implements ShopWriter {
  readonly #client: WebserviceClient;

  constructor(client: WebserviceClient) {
    this.#client = client;
  }

  async codesOf(shopId: number, item: ItemKey): Promise<ItemCodes | null> {
    try {
      const record = new WebserviceRecord(await readEntry(this.#client, entryOf(shopId, item)));
      const belongs = item.combinationId === 0 || record.integer('id_product') === item.productId;
      return belongs
        ? { reference: record.text('reference'), ean13: record.text('ean13'), upc: record.text('upc') }
        : null;
    } catch (error) {
      if (error instanceof WebserviceNotFound) return null;
      throw error;
    }
  }

  async writeCodes(shopId: number, item: ItemKey, codes: Partial<ItemCodes>): Promise<ItemCodes> {
    const changes = Object.fromEntries(Object.entries(codes).filter(([, value]) => value !== undefined));
    const opened = await openEntry(this.#client, entryOf(shopId, item));
    const failure = await this.#attempt(() => opened.write(changes));
    const found = await this.codesOf(shopId, item);
    for (const [name, wanted] of Object.entries(changes)) {
      const received = found?.[name as keyof ItemCodes];
      if (received !== wanted) throw this.#lost({ what: name, wanted, received: received ?? 'no such item' }, failure);
    }
    return found ?? { reference: '', ean13: '', upc: '' };
  }

  async hasCombinations(shopId: number, productId: number): Promise<boolean> {
    const request = { resource: 'products', shopId, display: ['combinations[id]'] };
    const [product] = await readByIds(this.#client, request, [productId]);
    return (product?.associated('combinations').length ?? 0) > 0;
  }

  async stockOf(shopId: number, item: ItemKey): Promise<StockPlace | null> {
    const request = stockRequest(shopId);
    const rows = await readList(this.#client, {
      ...request,
      display: [...request.display, 'depends_on_stock'],
      filters: { id_product: `[${item.productId}]`, id_product_attribute: `[${item.combinationId}]` },
    });
    const identity = await readStockIdentity({ client: this.#client, shopId });
    const row = rows.find(
      (one) =>
        stockRowCounts(one, identity) &&
        one.integer('id_product') === item.productId &&
        one.integer('id_product_attribute') === item.combinationId,
    );
    if (row === undefined) return null;
    if (row.flag('depends_on_stock')) throw new StockManagedElsewhere(item);
    return { rowId: row.id, quantity: row.quantity('quantity') };
  }

  async writeQuantity(shopId: number, { rowId, quantity: planned }: StockPlace, quantity: number): Promise<StockPlace> {
    const entry = { shopId, resource: 'stock_availables', element: 'stock_available', id: rowId };
    const opened = await openEntry(this.#client, entry);
    const current = opened.record.quantity('quantity');
    if (current !== planned) throw new StockChanged({ rowId, planned, current });
    const failure = await this.#attempt(() => opened.write({ quantity: String(quantity) }));
    const found = new WebserviceRecord(await readEntry(this.#client, entry)).quantity('quantity');
    if (found !== quantity)
      throw this.#lost({ what: 'quantity', wanted: String(quantity), received: String(found) }, failure);
    return { rowId, quantity: found };
  }

  close(): void {
    this.#client.close();
  }

  /** What the shop says afterwards decides, also after an answer that was lost or an error of a module that only came later. */
  async #attempt(write: () => Promise<void>): Promise<unknown> {
    try {
      await write();
      return null;
    } catch (error) {
      return error;
    }
  }

  #lost(
    { what, wanted, received }: { readonly what: string; readonly wanted: string; readonly received: string },
    failure: unknown,
  ): unknown {
    if (failure !== null) return failure;
    return new ShopWriteLost({ what, expected: JSON.stringify(wanted), received: JSON.stringify(received) });
  }
}

function entryOf(shopId: number, { productId, combinationId }: ItemKey): WrittenEntry {
  return combinationId === 0
    ? { shopId, resource: 'products', element: 'product', id: productId }
    : { shopId, resource: 'combinations', element: 'combination', id: combinationId };
}
