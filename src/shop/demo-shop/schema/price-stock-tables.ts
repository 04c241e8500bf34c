/**
 * What changes most often: stock, specific prices and the reductions of groups.
 *
 * @source column names and keys as a PrestaShop 8.2 database has them; DECIMAL and DATETIME are TEXT, so that SQLite keeps every digit
 */
export const priceStockTables: readonly string[] = [
  `CREATE TABLE ps_stock_available (
    id_stock_available INTEGER PRIMARY KEY,
    id_product INTEGER NOT NULL,
    id_product_attribute INTEGER NOT NULL,
    id_shop INTEGER NOT NULL,
    id_shop_group INTEGER NOT NULL,
    quantity INTEGER NOT NULL,
    physical_quantity INTEGER NOT NULL,
    reserved_quantity INTEGER NOT NULL,
    depends_on_stock INTEGER NOT NULL,
    out_of_stock INTEGER NOT NULL
  )`,
  `CREATE UNIQUE INDEX ps_stock_available_sqlstock
    ON ps_stock_available (id_product, id_product_attribute, id_shop, id_shop_group)`,
  `CREATE TABLE ps_specific_price (
    id_specific_price INTEGER PRIMARY KEY,
    id_specific_price_rule INTEGER NOT NULL,
    id_cart INTEGER NOT NULL,
    id_product INTEGER NOT NULL,
    id_shop INTEGER NOT NULL,
    id_shop_group INTEGER NOT NULL,
    id_currency INTEGER NOT NULL,
    id_country INTEGER NOT NULL,
    id_group INTEGER NOT NULL,
    id_customer INTEGER NOT NULL,
    id_product_attribute INTEGER NOT NULL,
    price TEXT NOT NULL,
    from_quantity INTEGER NOT NULL,
    reduction TEXT NOT NULL,
    reduction_tax INTEGER NOT NULL,
    reduction_type TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "to" TEXT NOT NULL
  )`,
  `CREATE UNIQUE INDEX ps_specific_price_once ON ps_specific_price (
    id_product, id_product_attribute, id_customer, id_cart, "from", "to", id_shop, id_shop_group,
    id_currency, id_country, id_group, from_quantity, id_specific_price_rule
  )`,
  'CREATE INDEX ps_specific_price_from ON ps_specific_price ("from")',
  'CREATE INDEX ps_specific_price_to ON ps_specific_price ("to")',
  `CREATE TABLE ps_specific_price_priority (
    id_specific_price_priority INTEGER PRIMARY KEY,
    id_product INTEGER NOT NULL UNIQUE,
    priority TEXT NOT NULL
  )`,
  `CREATE TABLE ps_product_group_reduction_cache (
    id_product INTEGER NOT NULL,
    id_group INTEGER NOT NULL,
    reduction TEXT NOT NULL,
    PRIMARY KEY (id_product, id_group)
  ) WITHOUT ROWID`,
];
