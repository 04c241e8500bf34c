/**
 * Products and combinations with what the shop says of them in each context.
 *
 * @source column names and keys as a PrestaShop 8.2 database has them; DECIMAL and DATETIME are TEXT, so that SQLite keeps every digit
 */
export const productTables: readonly string[] = [
  `CREATE TABLE ps_product (
    id_product INTEGER PRIMARY KEY,
    id_supplier INTEGER,
    id_manufacturer INTEGER,
    id_shop_default INTEGER NOT NULL,
    ean13 TEXT,
    isbn TEXT,
    upc TEXT,
    mpn TEXT,
    reference TEXT,
    supplier_reference TEXT,
    width TEXT NOT NULL,
    height TEXT NOT NULL,
    depth TEXT NOT NULL,
    weight TEXT NOT NULL,
    is_virtual INTEGER NOT NULL,
    cache_is_pack INTEGER NOT NULL,
    state INTEGER NOT NULL,
    product_type TEXT NOT NULL,
    date_add TEXT NOT NULL,
    date_upd TEXT NOT NULL
  )`,
  'CREATE INDEX ps_product_reference_idx ON ps_product (reference)',
  'CREATE INDEX ps_product_manufacturer ON ps_product (id_manufacturer, id_product)',
  `CREATE TABLE ps_product_shop (
    id_product INTEGER NOT NULL,
    id_shop INTEGER NOT NULL,
    id_category_default INTEGER,
    id_tax_rules_group INTEGER NOT NULL,
    on_sale INTEGER NOT NULL,
    online_only INTEGER NOT NULL,
    ecotax TEXT NOT NULL,
    minimal_quantity INTEGER NOT NULL,
    price TEXT NOT NULL,
    wholesale_price TEXT NOT NULL,
    unit_price TEXT NOT NULL,
    additional_shipping_cost TEXT NOT NULL,
    active INTEGER NOT NULL,
    redirect_type TEXT NOT NULL,
    available_for_order INTEGER NOT NULL,
    available_date TEXT,
    "condition" TEXT NOT NULL,
    show_price INTEGER NOT NULL,
    indexed INTEGER NOT NULL,
    visibility TEXT NOT NULL,
    cache_default_attribute INTEGER,
    pack_stock_type INTEGER NOT NULL,
    date_add TEXT NOT NULL,
    date_upd TEXT NOT NULL,
    PRIMARY KEY (id_product, id_shop)
  ) WITHOUT ROWID`,
  `CREATE TABLE ps_product_lang (
    id_product INTEGER NOT NULL,
    id_shop INTEGER NOT NULL,
    id_lang INTEGER NOT NULL,
    description TEXT,
    description_short TEXT,
    link_rewrite TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (id_product, id_shop, id_lang)
  ) WITHOUT ROWID`,
  `CREATE TABLE ps_product_attribute (
    id_product_attribute INTEGER PRIMARY KEY,
    id_product INTEGER NOT NULL,
    reference TEXT,
    supplier_reference TEXT,
    ean13 TEXT,
    isbn TEXT,
    upc TEXT,
    mpn TEXT
  )`,
  'CREATE INDEX ps_product_attribute_product ON ps_product_attribute (id_product)',
  'CREATE INDEX ps_product_attribute_reference ON ps_product_attribute (reference)',
  `CREATE TABLE ps_product_attribute_shop (
    id_product INTEGER NOT NULL,
    id_product_attribute INTEGER NOT NULL,
    id_shop INTEGER NOT NULL,
    wholesale_price TEXT NOT NULL,
    price TEXT NOT NULL,
    ecotax TEXT NOT NULL,
    weight TEXT NOT NULL,
    unit_price_impact TEXT NOT NULL,
    default_on INTEGER,
    minimal_quantity INTEGER NOT NULL,
    available_date TEXT,
    PRIMARY KEY (id_product_attribute, id_shop)
  ) WITHOUT ROWID`,
  'CREATE UNIQUE INDEX ps_product_attribute_shop_default ON ps_product_attribute_shop (id_product, id_shop, default_on)',
  `CREATE TABLE ps_product_attribute_combination (
    id_attribute INTEGER NOT NULL,
    id_product_attribute INTEGER NOT NULL,
    PRIMARY KEY (id_attribute, id_product_attribute)
  ) WITHOUT ROWID`,
  'CREATE INDEX ps_product_attribute_combination_item ON ps_product_attribute_combination (id_product_attribute)',
  `CREATE TABLE ps_attribute_group (
    id_attribute_group INTEGER PRIMARY KEY,
    is_color_group INTEGER NOT NULL,
    group_type TEXT NOT NULL,
    position INTEGER NOT NULL
  )`,
  `CREATE TABLE ps_attribute_group_lang (
    id_attribute_group INTEGER NOT NULL,
    id_lang INTEGER NOT NULL,
    name TEXT NOT NULL,
    public_name TEXT NOT NULL,
    PRIMARY KEY (id_attribute_group, id_lang)
  ) WITHOUT ROWID`,
  `CREATE TABLE ps_attribute (
    id_attribute INTEGER PRIMARY KEY,
    id_attribute_group INTEGER NOT NULL,
    color TEXT NOT NULL,
    position INTEGER NOT NULL
  )`,
  `CREATE TABLE ps_attribute_lang (
    id_attribute INTEGER NOT NULL,
    id_lang INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (id_attribute, id_lang)
  ) WITHOUT ROWID`,
  `CREATE TABLE ps_pack (
    id_product_pack INTEGER NOT NULL,
    id_product_item INTEGER NOT NULL,
    id_product_attribute_item INTEGER NOT NULL,
    quantity INTEGER NOT NULL,
    PRIMARY KEY (id_product_pack, id_product_item, id_product_attribute_item)
  ) WITHOUT ROWID`,
];
