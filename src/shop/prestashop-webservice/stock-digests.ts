import type { Row } from '../../db/read-rows.js';
import { NO_STOCK, type StockDigests, type StockStretch } from '../catalogue.js';
import { cutStretches } from '../cut-stretches.js';
import type { ShopGround } from '../prestashop-database/shop-ground.js';
import { STOCK } from '../prestashop-database/stock-reader.js';
import { StockDigest } from '../stock-digest.js';
import type { BatchContent } from './batch-reader.js';
import { demandProducts } from './demand-products.js';
import type { WebserviceReading } from './ground-reader.js';
import { readList, readProductIds, readProvenPage } from './list-records.js';
import { packDisplay, packMemberOf } from './pack-fields.js';
import { readPacks } from './pack-reader.js';
import { stockRequest, stockRowCounts, stockRowOf } from './stock-rows.js';

/** Works out the digests of products from the rows that make their stock, in any order. */
class DigestSums {
  readonly #ground: ShopGround;
  readonly #sums = new Map<number, StockDigest>();

  constructor(ground: ShopGround) {
    this.#ground = ground;
  }

  /** @param rows of `readStockRows` */
  addStock(rows: readonly Row[]): this {
    for (const row of rows) this.#add(Number(row[STOCK.product]), this.#stockText(row));
    return this;
  }

  /** @param rows of `PackReading.digestRows` */
  addPacks(rows: readonly Row[]): this {
    for (const row of rows) this.#add(Number(row[0]), `pack|${row.join('|')}`);
    return this;
  }

  of(productIds: readonly number[]): StockDigests {
    return new Map(productIds.map((id) => [id, this.#sums.get(id)?.toString() ?? NO_STOCK]));
  }

  /** Of combinations `out_of_stock` means nothing; what the shop's settings make of a row belongs to it. */
  #stockText(row: Row): string {
    const { configuration } = this.#ground;
    const settings = `${configuration.flag('PS_ORDER_OUT_OF_STOCK')}|${configuration.flag('PS_STOCK_MANAGEMENT')}`;
    const outOfStock = row[STOCK.combination] === 0 ? row[STOCK.outOfStock] : '';
    return `${row[STOCK.product]}|${row[STOCK.combination]}|${row[STOCK.quantity]}|${outOfStock}|${settings}`;
  }

  #add(productId: number, text: string): void {
    const known = this.#sums.get(productId) ?? new StockDigest();
    this.#sums.set(productId, known.addRow(text));
  }
}

/** The stock digests of a batch, of the rows that its items were made of. */
export function batchDigests(ground: ShopGround, { products, stock, packs }: BatchContent): StockDigests {
  const sums = new DigestSums(ground);
  for (const rows of stock.values()) sums.addStock(rows);
  return sums.addPacks(packs.digestRows).of(products.map(({ id }) => id));
}

/**
 * The stock of a whole catalogue in stretches. All rows are read first, in the order of their own ids, since a call by product
 * would cost the shop many times as much: 30,000 rows are 60 calls and some ten seconds (measured facts, section 10).
 */
export async function* readStockStretches(
  reading: WebserviceReading,
  ground: ShopGround,
): AsyncGenerator<StockStretch> {
  const digests = [...(await readDigests(reading, ground))].sort(([a], [b]) => a - b);
  yield* cutStretches(new Map(digests), { from: 0, to: Number.MAX_SAFE_INTEGER });
}

async function readDigests(reading: WebserviceReading, ground: ShopGround): Promise<StockDigests> {
  const { client, shopId, fields } = reading;
  const packRows = await readList(client, {
    ...{ resource: 'products', shopId, display: packDisplay(fields.packCombination) },
    filters: { cache_is_pack: '[1]' },
  });
  const packs = packRows.map((row) => packMemberOf(row, fields.packCombination));
  const sums = new DigestSums(ground);
  for (let after = 0; ; ) {
    const page = await readProvenPage(client, stockRequest(shopId), { after });
    const last = page.at(-1);
    if (last === undefined) break;
    const rows = page.filter((row) => stockRowCounts(row, ground.identity)).map(stockRowOf);
    sums.addStock(rows);
    after = last.id;
  }
  sums.addPacks((await readPacks(reading, ground, packs)).digestRows);
  const productIds = await readProductIds(reading);
  if (productIds.length === 0) await demandProducts(reading, ground);
  return new Map([...sums.of(productIds)].filter(([, digest]) => digest !== NO_STOCK));
}
