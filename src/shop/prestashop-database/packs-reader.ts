import { type Row, readRows } from '../../db/read-rows.js';
import type { BatchReading } from './batch-reading.js';
import { type PackComponent, PackStock } from './pack-stock.js';
import { type ProductRange, rangeOf } from './product-range.js';
import { flagOf, integerOf } from './read-cell.js';
import type { TableRead } from './read-tables.js';
import { stockRowRule } from './stock-reader.js';

/** Packs in packs are looked into so deep; what lies deeper, which PrestaShop's own pages cannot make, counts as missing. */
const MOST_LEVELS = 5;

/** Reads the components of the batch's packs with their stock in this shop. */
export function readPackComponents(reading: BatchReading): TableRead<readonly PackComponent[]> {
  return { sql: selectComponents(reading, reading.products), of: (rows) => rows.map(componentOf) };
}

/**
 * Makes the stock of the batch's packs known, reading also what packs within them are made of: one more statement for each level of packs in packs,
 * none where there is none.
 *
 * @param components what `readPackComponents` found
 * @param shopDefault what PS_PACK_STOCK_TYPE says
 */
export async function readPackStock(
  reading: BatchReading,
  components: readonly PackComponent[],
  shopDefault: number,
): Promise<PackStock> {
  const stock = new PackStock(shopDefault);
  let level = components;
  for (let depth = 1; ; depth += 1) {
    stock.add(level);
    const inner = stock.missingPacks();
    if (inner.length === 0 || depth === MOST_LEVELS) return stock;
    const rows = await readRows(reading.db, selectComponents(reading, rangeOf(inner)));
    level = rows.map(componentOf);
    stock.addEmpty(inner);
  }
}

/** A product that the database no longer has may have left its stock row behind: it is in no pack any more. */
function selectComponents({ table, shop }: BatchReading, packs: ProductRange): string {
  return `SELECT k.id_product_pack AS pack, k.id_product_item AS item, k.quantity AS needed, s.quantity AS stock,
      i.id_product AS found, CASE WHEN k.id_product_attribute_item = 0 THEN i.cache_is_pack ELSE 0 END AS inner_pack,
      h.pack_stock_type AS stock_type
    FROM ${table('pack')} k
    LEFT JOIN ${table('stock_available')} s ON s.id_product = k.id_product_item
      AND s.id_product_attribute = k.id_product_attribute_item AND ${stockRowRule(shop, 's')}
    LEFT JOIN ${table('product')} i ON i.id_product = k.id_product_item
    LEFT JOIN ${table('product_shop')} h ON h.id_product = k.id_product_item AND h.id_shop = ${shop.shopId}
    WHERE ${packs.where('k.id_product_pack')}`;
}

function componentOf([pack, item, needed, stock, found, inner, stockType]: Row): PackComponent {
  return {
    packId: integerOf(pack),
    productId: integerOf(item),
    needed: Math.max(integerOf(needed), 1),
    stock: integerOf(found) === 0 ? 0 : integerOf(stock),
    packStockType: flagOf(inner) ? integerOf(stockType) : null,
  };
}
