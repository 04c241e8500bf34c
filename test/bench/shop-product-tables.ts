const AMOUNT = 'DECIMAL(20,6) NOT NULL DEFAULT 0';
const ECOTAX = 'DECIMAL(17,6) NOT NULL DEFAULT 0';
const ID = 'INT UNSIGNED NOT NULL';
const OPTIONAL_ID = 'INT UNSIGNED DEFAULT NULL';
const FLAG = 'TINYINT(1) NOT NULL DEFAULT';
const CODES = 'ean13 VARCHAR(13), isbn VARCHAR(32), upc VARCHAR(12), mpn VARCHAR(40)';
const LOW_STOCK = `low_stock_threshold INT DEFAULT NULL, low_stock_alert ${FLAG} 0`;
const REDIRECT_TYPE = `redirect_type ENUM('','404','410','301-product','302-product','301-category','302-category',
  '200-displayed','404-displayed','410-displayed','default') NOT NULL DEFAULT 'default'`;
const SHOWN = `available_for_order ${FLAG} 1, available_date DATE DEFAULT NULL, show_condition ${FLAG} 1,
  \`condition\` ENUM('new','used','refurbished') NOT NULL DEFAULT 'new', show_price ${FLAG} 1, indexed ${FLAG} 0,
  visibility ENUM('both','catalog','search','none') NOT NULL DEFAULT 'both'`;
const DATES = 'date_add DATETIME NOT NULL, date_upd DATETIME NOT NULL';

/**
 * The large tables of a shop with all their columns and keys: how wide a row is and how an index lies decides how fast it is
 * read.
 *
 * @source column names, types and keys as PrestaShop 8.2.1 has them
 */
export const shopProductTables: readonly string[] = [
  `CREATE TABLE ps_product (
    id_product ${ID} AUTO_INCREMENT PRIMARY KEY, id_supplier ${OPTIONAL_ID}, id_manufacturer ${OPTIONAL_ID},
    id_category_default ${OPTIONAL_ID}, id_shop_default INT UNSIGNED NOT NULL DEFAULT 1, id_tax_rules_group ${ID},
    on_sale ${FLAG} 0, online_only ${FLAG} 0, ${CODES}, ecotax ${ECOTAX}, quantity INT NOT NULL DEFAULT 0,
    minimal_quantity INT UNSIGNED NOT NULL DEFAULT 1, ${LOW_STOCK}, price ${AMOUNT}, wholesale_price ${AMOUNT},
    unity VARCHAR(255), unit_price ${AMOUNT}, unit_price_ratio ${AMOUNT}, additional_shipping_cost ${AMOUNT},
    reference VARCHAR(64), supplier_reference VARCHAR(64), location VARCHAR(255) NOT NULL DEFAULT '', width ${AMOUNT},
    height ${AMOUNT}, depth ${AMOUNT}, weight ${AMOUNT}, out_of_stock INT UNSIGNED NOT NULL DEFAULT 2,
    additional_delivery_times ${FLAG} 1, quantity_discount ${FLAG} 0, customizable ${FLAG} 0, uploadable_files ${FLAG} 0,
    text_fields ${FLAG} 0, active ${FLAG} 0, ${REDIRECT_TYPE}, id_type_redirected INT UNSIGNED NOT NULL DEFAULT 0, ${SHOWN},
    cache_is_pack ${FLAG} 0, cache_has_attachments ${FLAG} 0, is_virtual ${FLAG} 0, cache_default_attribute ${OPTIONAL_ID},
    ${DATES}, advanced_stock_management ${FLAG} 0, pack_stock_type INT UNSIGNED NOT NULL DEFAULT 3,
    state INT UNSIGNED NOT NULL DEFAULT 1,
    product_type ENUM('standard','pack','virtual','combinations','') NOT NULL DEFAULT '',
    KEY reference_idx (reference), KEY supplier_reference_idx (supplier_reference), KEY product_supplier (id_supplier),
    KEY product_manufacturer (id_manufacturer, id_product), KEY id_category_default (id_category_default),
    KEY indexed (indexed), KEY date_add (date_add), KEY state (state, date_upd))`,
  `CREATE TABLE ps_product_shop (
    id_product ${ID}, id_shop ${ID}, id_category_default ${OPTIONAL_ID}, id_tax_rules_group ${ID}, on_sale ${FLAG} 0,
    online_only ${FLAG} 0, ecotax ${ECOTAX}, minimal_quantity INT UNSIGNED NOT NULL DEFAULT 1, ${LOW_STOCK},
    price ${AMOUNT}, wholesale_price ${AMOUNT}, unity VARCHAR(255), unit_price ${AMOUNT}, unit_price_ratio ${AMOUNT},
    additional_shipping_cost ${AMOUNT}, customizable ${FLAG} 0, uploadable_files ${FLAG} 0, text_fields ${FLAG} 0,
    active ${FLAG} 0, ${REDIRECT_TYPE}, id_type_redirected INT UNSIGNED NOT NULL DEFAULT 0, ${SHOWN},
    cache_default_attribute ${OPTIONAL_ID}, advanced_stock_management ${FLAG} 0, ${DATES},
    pack_stock_type INT UNSIGNED NOT NULL DEFAULT 3,
    PRIMARY KEY (id_product, id_shop), KEY id_category_default (id_category_default),
    KEY date_add (date_add, active, visibility), KEY indexed (indexed, active, id_product))`,
  `CREATE TABLE ps_product_attribute (
    id_product_attribute ${ID} AUTO_INCREMENT PRIMARY KEY, id_product ${ID}, reference VARCHAR(64),
    supplier_reference VARCHAR(64), ${CODES}, wholesale_price ${AMOUNT}, price ${AMOUNT}, ecotax ${ECOTAX}, weight ${AMOUNT},
    unit_price_impact ${AMOUNT}, default_on TINYINT(1) UNSIGNED DEFAULT NULL,
    minimal_quantity INT UNSIGNED NOT NULL DEFAULT 1, ${LOW_STOCK}, available_date DATE DEFAULT NULL,
    UNIQUE KEY product_default (id_product, default_on), KEY product_attribute_product (id_product),
    KEY reference (reference), KEY supplier_reference (supplier_reference),
    KEY id_product_id_product_attribute (id_product_attribute, id_product))`,
  `CREATE TABLE ps_product_attribute_shop (
    id_product ${ID}, id_product_attribute ${ID}, id_shop ${ID}, wholesale_price ${AMOUNT}, price ${AMOUNT},
    ecotax ${ECOTAX}, weight ${AMOUNT}, unit_price_impact ${AMOUNT}, default_on TINYINT(1) UNSIGNED DEFAULT NULL,
    minimal_quantity INT UNSIGNED NOT NULL DEFAULT 1, ${LOW_STOCK}, available_date DATE DEFAULT NULL,
    PRIMARY KEY (id_product_attribute, id_shop), UNIQUE KEY id_product (id_product, id_shop, default_on))`,
  `CREATE TABLE ps_stock_available (
    id_stock_available ${ID} AUTO_INCREMENT PRIMARY KEY, id_product ${ID}, id_product_attribute ${ID}, id_shop ${ID},
    id_shop_group ${ID}, quantity INT NOT NULL DEFAULT 0, physical_quantity INT NOT NULL DEFAULT 0,
    reserved_quantity INT NOT NULL DEFAULT 0, depends_on_stock ${FLAG} 0, out_of_stock ${FLAG} 0,
    location VARCHAR(255) NOT NULL DEFAULT '',
    UNIQUE KEY product_sqlstock (id_product, id_product_attribute, id_shop, id_shop_group), KEY id_shop (id_shop),
    KEY id_shop_group (id_shop_group), KEY id_product (id_product), KEY id_product_attribute (id_product_attribute))`,
  `CREATE TABLE ps_specific_price (
    id_specific_price ${ID} AUTO_INCREMENT PRIMARY KEY, id_specific_price_rule ${ID}, id_cart ${ID}, id_product ${ID},
    id_shop INT UNSIGNED NOT NULL DEFAULT 1, id_shop_group ${ID}, id_currency ${ID}, id_country ${ID}, id_group ${ID},
    id_customer ${ID}, id_product_attribute ${ID}, price DECIMAL(20,6) NOT NULL, from_quantity MEDIUMINT UNSIGNED NOT NULL,
    reduction DECIMAL(20,6) NOT NULL, reduction_tax ${FLAG} 1, reduction_type ENUM('amount','percentage') NOT NULL,
    \`from\` DATETIME NOT NULL, \`to\` DATETIME NOT NULL,
    UNIQUE KEY id_product_2 (id_product, id_product_attribute, id_customer, id_cart, \`from\`, \`to\`, id_shop,
      id_shop_group, id_currency, id_country, id_group, from_quantity, id_specific_price_rule),
    KEY id_product (id_product, id_shop, id_currency, id_country, id_group, id_customer, from_quantity, \`from\`, \`to\`),
    KEY from_quantity (from_quantity), KEY id_specific_price_rule (id_specific_price_rule), KEY id_cart (id_cart),
    KEY id_product_attribute (id_product_attribute), KEY id_shop (id_shop), KEY id_customer (id_customer),
    KEY \`from\` (\`from\`), KEY \`to\` (\`to\`))`,
  `CREATE TABLE ps_category_product (
    id_category ${ID}, id_product ${ID}, position INT UNSIGNED NOT NULL DEFAULT 0,
    PRIMARY KEY (id_category, id_product), KEY id_product (id_product), KEY id_category (id_category, position))`,
];
