/**
 * The columns that every shop must have, by table without its prefix: the read-only account needs SELECT on these tables, no others. What only
 * some versions have stands in `VERSIONED_COLUMNS`.
 *
 * @source PrestaShop 1.6.1.24, 1.7.8.11 and 8.2.1 schemas
 */
export const SHOP_TABLES = {
  attribute: ['id_attribute', 'id_attribute_group', 'position'],
  attribute_group: ['id_attribute_group', 'position'],
  attribute_group_lang: ['id_attribute_group', 'id_lang', 'public_name'],
  attribute_lang: ['id_attribute', 'id_lang', 'name'],
  category_product: ['id_category', 'id_product'],
  configuration: ['name', 'value', 'id_shop', 'id_shop_group'],
  country: ['id_country', 'iso_code', 'active'],
  currency: ['id_currency', 'iso_code', 'active', 'deleted'],
  currency_shop: ['id_currency', 'id_shop', 'conversion_rate'],
  group: ['id_group', 'reduction'],
  image: ['id_image', 'position'],
  image_shop: ['id_image', 'id_product', 'id_shop', 'cover'],
  lang: ['id_lang', 'iso_code', 'active'],
  lang_shop: ['id_lang', 'id_shop'],
  manufacturer: ['id_manufacturer', 'name'],
  pack: ['id_product_pack', 'id_product_item', 'id_product_attribute_item', 'quantity'],
  product: [
    ...['id_product', 'id_supplier', 'id_manufacturer', 'reference', 'ean13', 'upc'],
    ...['is_virtual', 'cache_is_pack'],
  ],
  product_attribute: ['id_product', 'id_product_attribute', 'reference', 'ean13', 'upc'],
  product_attribute_combination: ['id_attribute', 'id_product_attribute'],
  product_attribute_image: ['id_image', 'id_product_attribute'],
  product_attribute_shop: [
    ...['id_product', 'id_product_attribute', 'id_shop', 'price', 'ecotax', 'wholesale_price'],
    ...['minimal_quantity', 'available_date', 'default_on'],
  ],
  product_group_reduction_cache: ['id_product', 'id_group', 'reduction'],
  product_lang: ['id_product', 'id_shop', 'id_lang', 'name', 'description', 'description_short', 'link_rewrite'],
  product_shop: [
    ...['id_product', 'id_shop', 'id_tax_rules_group', 'price', 'ecotax', 'wholesale_price', 'active'],
    ...['available_for_order', 'visibility', 'condition', 'minimal_quantity', 'available_date', 'pack_stock_type'],
  ],
  product_supplier: ['id_product', 'id_product_attribute', 'id_supplier', 'product_supplier_reference'],
  product_tag: ['id_product', 'id_tag', 'id_lang'],
  shop: ['id_shop', 'id_shop_group', 'name', 'active', 'deleted'],
  shop_group: ['id_shop_group', 'share_stock'],
  shop_url: ['id_shop', 'domain', 'domain_ssl', 'physical_uri', 'virtual_uri', 'main', 'active'],
  specific_price: [
    ...['id_specific_price', 'id_specific_price_rule', 'id_cart', 'id_product', 'id_shop', 'id_currency', 'id_country'],
    ...['id_group', 'id_customer', 'id_product_attribute', 'price', 'from_quantity', 'reduction', 'reduction_tax'],
    ...['reduction_type', 'from', 'to'],
  ],
  specific_price_priority: ['id_specific_price_priority', 'id_product', 'priority'],
  stock_available: [
    'id_stock_available',
    'id_product',
    'id_product_attribute',
    'id_shop',
    'id_shop_group',
    'quantity',
    'out_of_stock',
  ],
  tag: ['id_tag', 'name'],
  tax: ['id_tax', 'rate'],
  tax_rule: [
    ...['id_tax_rule', 'id_tax_rules_group', 'id_country', 'id_state', 'zipcode_from', 'zipcode_to', 'id_tax'],
    ...['behavior'],
  ],
  tax_rules_group: ['id_tax_rules_group', 'active'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type ShopTable = keyof typeof SHOP_TABLES;

/** Writes a table's name for SQL: prefix and backticks, which SQLite understands as well. */
export type TableNaming = (table: ShopTable) => string;

/** The naming for one prefix, which must have been checked by `tablePrefix`. */
export function namedWith(prefix: string): TableNaming {
  return (table) => `\`${prefix}${table}\``;
}
