/**
 * What stands around products: makers, suppliers, categories, tags and images.
 *
 * @source column names and keys as a PrestaShop 8.2 database has them; DECIMAL and DATETIME are TEXT, so that SQLite keeps every digit
 */
export const surroundingTables: readonly string[] = [
  `CREATE TABLE ps_manufacturer (
    id_manufacturer INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    date_add TEXT NOT NULL,
    date_upd TEXT NOT NULL,
    active INTEGER NOT NULL
  )`,
  `CREATE TABLE ps_supplier (
    id_supplier INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    date_add TEXT NOT NULL,
    date_upd TEXT NOT NULL,
    active INTEGER NOT NULL
  )`,
  `CREATE TABLE ps_product_supplier (
    id_product_supplier INTEGER PRIMARY KEY,
    id_product INTEGER NOT NULL,
    id_product_attribute INTEGER NOT NULL,
    id_supplier INTEGER NOT NULL,
    product_supplier_reference TEXT,
    product_supplier_price_te TEXT NOT NULL,
    id_currency INTEGER NOT NULL
  )`,
  'CREATE UNIQUE INDEX ps_product_supplier_once ON ps_product_supplier (id_product, id_product_attribute, id_supplier)',
  `CREATE TABLE ps_category (
    id_category INTEGER PRIMARY KEY,
    id_parent INTEGER NOT NULL,
    id_shop_default INTEGER NOT NULL,
    level_depth INTEGER NOT NULL,
    nleft INTEGER NOT NULL,
    nright INTEGER NOT NULL,
    active INTEGER NOT NULL,
    date_add TEXT NOT NULL,
    date_upd TEXT NOT NULL,
    position INTEGER NOT NULL,
    is_root_category INTEGER NOT NULL
  )`,
  'CREATE INDEX ps_category_parent ON ps_category (id_parent)',
  'CREATE INDEX ps_category_nested ON ps_category (nleft, nright, active)',
  `CREATE TABLE ps_category_lang (
    id_category INTEGER NOT NULL,
    id_shop INTEGER NOT NULL,
    id_lang INTEGER NOT NULL,
    name TEXT NOT NULL,
    link_rewrite TEXT NOT NULL,
    PRIMARY KEY (id_category, id_shop, id_lang)
  ) WITHOUT ROWID`,
  `CREATE TABLE ps_category_shop (
    id_category INTEGER NOT NULL,
    id_shop INTEGER NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (id_category, id_shop)
  ) WITHOUT ROWID`,
  `CREATE TABLE ps_category_product (
    id_category INTEGER NOT NULL,
    id_product INTEGER NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (id_category, id_product)
  ) WITHOUT ROWID`,
  'CREATE INDEX ps_category_product_item ON ps_category_product (id_product)',
  `CREATE TABLE ps_tag (
    id_tag INTEGER PRIMARY KEY,
    id_lang INTEGER NOT NULL,
    name TEXT NOT NULL
  )`,
  `CREATE TABLE ps_product_tag (
    id_product INTEGER NOT NULL,
    id_tag INTEGER NOT NULL,
    id_lang INTEGER NOT NULL,
    PRIMARY KEY (id_product, id_tag)
  ) WITHOUT ROWID`,
  `CREATE TABLE ps_image (
    id_image INTEGER PRIMARY KEY,
    id_product INTEGER NOT NULL,
    position INTEGER NOT NULL,
    cover INTEGER
  )`,
  'CREATE UNIQUE INDEX ps_image_cover ON ps_image (id_product, cover)',
  `CREATE TABLE ps_image_shop (
    id_product INTEGER NOT NULL,
    id_image INTEGER NOT NULL,
    id_shop INTEGER NOT NULL,
    cover INTEGER,
    PRIMARY KEY (id_image, id_shop)
  ) WITHOUT ROWID`,
  'CREATE UNIQUE INDEX ps_image_shop_cover ON ps_image_shop (id_product, id_shop, cover)',
  `CREATE TABLE ps_product_attribute_image (
    id_product_attribute INTEGER NOT NULL,
    id_image INTEGER NOT NULL,
    PRIMARY KEY (id_product_attribute, id_image)
  ) WITHOUT ROWID`,
  'CREATE INDEX ps_product_attribute_image_item ON ps_product_attribute_image (id_image)',
];
