import type { ExactPrice } from '../../core/money.js';
import { type Row, readRows } from '../../db/read-rows.js';
import type { BatchReading } from './batch-reading.js';
import { dateOf, decimalOf, flagOf, integerOf, textOf } from './read-cell.js';
import type { TableRead } from './read-tables.js';
import { RowCursor } from './row-cursor.js';
import type { ShopReading } from './shop-identity.js';

/** What ps_product keeps for all shops. */
export interface ProductRow {
  readonly id: number;
  readonly supplierId: number;
  readonly manufacturerId: number;
  readonly reference: string;
  readonly ean13: string;
  readonly upc: string;
  readonly mpn: string;
  readonly virtual: boolean;
  readonly draft: boolean;
  readonly pack: boolean;
}

/** What ps_product_shop keeps for one shop; amounts tax excluded, in the shop's default currency. */
export interface ProductShopRow {
  readonly taxRulesGroupId: number;
  readonly price: ExactPrice;
  readonly ecotax: ExactPrice;
  readonly wholesalePrice: ExactPrice;
  readonly active: boolean;
  readonly availableForOrder: boolean;
  readonly visibility: string;
  readonly condition: string;
  readonly minimalQuantity: number;
  readonly availableDate: string | null;
  readonly packStockType: number;
}

/**
 * Reads products by a condition, in id order.
 *
 * @param condition on the columns of ps_product
 * @param limit the most rows wanted
 */
export async function readProducts(
  { db, table, columns }: ShopReading,
  condition: string,
  limit: number,
): Promise<readonly ProductRow[]> {
  const rows = await readRows(
    db,
    `SELECT id_product, id_supplier, id_manufacturer, reference, ean13, upc, ${columns.sql('product.mpn')} AS mpn,
       is_virtual, ${columns.sql('product.state')} AS state, cache_is_pack
     FROM ${table('product')} WHERE ${condition} ORDER BY id_product LIMIT ${limit}`,
  );
  return rows.map(productOf);
}

/** Reads this shop's own rows of the batch's products, as a cursor in product order. */
export function readProductShops({ table, shop, products }: BatchReading): TableRead<RowCursor> {
  return {
    sql: `SELECT id_product, id_tax_rules_group, price, ecotax, wholesale_price, active, available_for_order, visibility,
       \`condition\`, minimal_quantity, available_date, pack_stock_type
     FROM ${table('product_shop')} WHERE ${products.where('id_product')} AND id_shop = ${shop.shopId}
     ORDER BY id_product`,
    of: (rows) => new RowCursor(rows),
  };
}

/** One row of `readProductShops`. */
export function productShopOf(row: Row): ProductShopRow {
  return {
    taxRulesGroupId: integerOf(row[1]),
    price: decimalOf(row[2]),
    ecotax: decimalOf(row[3]),
    wholesalePrice: decimalOf(row[4]),
    active: flagOf(row[5]),
    availableForOrder: flagOf(row[6]),
    visibility: textOf(row[7]),
    condition: textOf(row[8]),
    minimalQuantity: integerOf(row[9]),
    availableDate: dateOf(row[10]),
    packStockType: integerOf(row[11]),
  };
}

function productOf(row: Row): ProductRow {
  return {
    id: integerOf(row[0]),
    supplierId: integerOf(row[1]),
    manufacturerId: integerOf(row[2]),
    reference: textOf(row[3]),
    ean13: textOf(row[4]),
    upc: textOf(row[5]),
    mpn: textOf(row[6]),
    virtual: flagOf(row[7]),
    draft: integerOf(row[8]) === 0,
    pack: flagOf(row[9]),
  };
}
