import type { Row } from '../../db/read-rows.js';
import { NO_STOCK, type StockDigests, type StockStretch } from '../catalogue.js';
import type { ShopGround } from '../prestashop-database/shop-ground.js';
import { StockDigestSums, stockRowText, stockTermsOf } from '../prestashop-database/stock-digests.js';
import { StockDigest } from '../stock-digest.js';
import type { BatchContent } from './batch-reader.js';
import type { WebserviceReading } from './ground-reader.js';
import { readList, readPage, readProductIds } from './list-records.js';
import { packDisplay, packMemberOf } from './pack-fields.js';
import { readPacks } from './pack-reader.js';
import { stockRequest, stockRowCounts, stockRowOf } from './stock-rows.js';

/** The stock digests of a batch, of the rows that its items were made of. */
export function batchDigests(ground: ShopGround, { products, stock, packs }: BatchContent): StockDigests {
  const sums = new StockDigestSums(stockTermsOf(ground.configuration));
  for (const rows of stock.values()) sums.add(rows, stockRowText);
  return sums.add(packs.digestRows, componentText).of(products.map(({ id }) => id));
}

/** Of a row of `PackReading.digestRows`. */
function componentText(row: Row): string {
  return `pack|${row.join('|')}`;
}

const PRODUCTS_PER_STRETCH = 1_000;

/**
 * The stock of a whole catalogue in stretches. All rows are read first, in the order of their own ids, since a call by product
 * would cost the shop many times as much: 30,000 rows are 60 calls and some ten seconds (measured facts, section 10).
 */
export async function* readStockStretches(
  reading: WebserviceReading,
  ground: ShopGround,
): AsyncGenerator<StockStretch> {
  const digests = [...(await readDigests(reading, ground))].sort(([a], [b]) => a - b);
  for (let start = 0; start === 0 || start < digests.length; start += PRODUCTS_PER_STRETCH) {
    const part = digests.slice(start, start + PRODUCTS_PER_STRETCH);
    const next = digests[start + PRODUCTS_PER_STRETCH];
    const sum = new StockDigest();
    for (const [, digest] of part) sum.add(digest);
    const products: StockDigests = new Map(part);
    yield {
      firstProductId: start === 0 ? 0 : (part[0]?.[0] ?? 0),
      lastProductId: next === undefined ? Number.MAX_SAFE_INTEGER : next[0] - 1,
      digest: sum.toString(),
      products: () => Promise.resolve(products),
    };
  }
}

async function readDigests(reading: WebserviceReading, ground: ShopGround): Promise<StockDigests> {
  const { client, shopId, fields } = reading;
  const packRows = await readList(client, {
    ...{ resource: 'products', shopId, display: packDisplay(fields.packCombination) },
    filters: { cache_is_pack: '[1]' },
  });
  const packs = packRows.map((row) => packMemberOf(row, fields.packCombination));
  const sums = new StockDigestSums(stockTermsOf(ground.configuration));
  for (let after = 0; ; ) {
    const page = await readPage(client, stockRequest(shopId), { after });
    const last = page.at(-1);
    if (last === undefined) break;
    const rows = page.filter((row) => stockRowCounts(row, ground.identity)).map(stockRowOf);
    sums.add(rows, stockRowText);
    after = last.id;
  }
  sums.add((await readPacks(reading, ground, packs)).digestRows, componentText);
  const productIds = await readProductIds(reading);
  return new Map([...sums.of(productIds)].filter(([, digest]) => digest !== NO_STOCK));
}
