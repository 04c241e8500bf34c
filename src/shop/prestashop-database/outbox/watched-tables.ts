import type { ShopTable } from '../shop-tables.js';

/** A table of the shop whose changes are written down. */
export interface WatchedTable {
  readonly table: ShopTable;
  /** The column of the combination; null where the row is about the whole product. */
  readonly combination: string | null;
  /** SQL over `ROW`, which stands for OLD or NEW: a number that tells rows of the same product and combination apart. */
  readonly part: string;
  /** Only rows for which this holds can enter an offer; null = all. */
  readonly only: string | null;
  /** An UPDATE is written down when one of these changes; those that a version lacks are left out. */
  readonly columns: readonly string[];
}

/**
 * The six tables that decide over stock, price and what is sold. What is left out is found by the sweep: texts, images, suppliers, taxes, groups.
 *
 * Of a row only the columns count that enter an offer: PrestaShop writes `date_upd`, `indexed` and its caches again and again.
 */
export const WATCHED_TABLES: readonly WatchedTable[] = [
  {
    table: 'stock_available',
    combination: 'id_product_attribute',
    // Unique with shop and group, of which one is 0.
    part: 'IF(ROW.`id_shop` > 0, ROW.`id_shop`, -CAST(ROW.`id_shop_group` AS SIGNED))',
    only: null,
    columns: ['quantity', 'out_of_stock', 'id_product', 'id_product_attribute', 'id_shop', 'id_shop_group'],
  },
  {
    table: 'product',
    combination: null,
    part: '0',
    only: null,
    columns: [
      ...['reference', 'supplier_reference', 'ean13', 'upc', 'mpn', 'state', 'is_virtual', 'cache_is_pack'],
      ...['id_manufacturer', 'id_supplier'],
    ],
  },
  {
    table: 'product_shop',
    combination: null,
    part: 'ROW.`id_shop`',
    only: null,
    columns: [
      ...['active', 'price', 'ecotax', 'wholesale_price', 'id_tax_rules_group', 'available_for_order', 'visibility'],
      ...['condition', 'minimal_quantity', 'available_date', 'pack_stock_type', 'id_shop'],
    ],
  },
  {
    table: 'product_attribute',
    combination: 'id_product_attribute',
    part: '0',
    only: null,
    columns: ['id_product', 'reference', 'ean13', 'upc', 'mpn'],
  },
  {
    table: 'product_attribute_shop',
    combination: 'id_product_attribute',
    part: 'ROW.`id_shop`',
    only: null,
    columns: ['price', 'ecotax', 'wholesale_price', 'minimal_quantity', 'available_date', 'id_product', 'id_shop'],
  },
  {
    table: 'specific_price',
    combination: 'id_product_attribute',
    // Special prices come and go: by their own ids the outbox would grow for ever where nobody empties it. Sixty-four is as good as their own, for
    // only two that are changed at the same moment must not meet.
    part: 'ROW.`id_specific_price` % 64',
    // An offer is for a visitor without a cart; carts and customers have prices of their own, which come and go all day.
    only: 'ROW.`id_customer` = 0 AND ROW.`id_cart` = 0',
    columns: [
      ...['id_product', 'id_product_attribute', 'id_shop', 'id_currency', 'id_country', 'id_group', 'id_customer'],
      ...['id_cart', 'price', 'from_quantity', 'reduction', 'reduction_tax', 'reduction_type', 'from', 'to'],
      ...['id_specific_price_rule'],
    ],
  },
];
