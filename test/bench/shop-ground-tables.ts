const ID = 'INT UNSIGNED NOT NULL';
const NAME = 'VARCHAR(128) NOT NULL';
const FLAG = 'TINYINT(1) NOT NULL';

/**
 * The small tables of a shop, and those that this catalogue leaves empty, with the columns and keys by which they are read.
 *
 * @source column names and keys as PrestaShop 8.2.1 has them
 */
export const shopGroundTables: readonly string[] = [
  `CREATE TABLE ps_shop_group (id_shop_group ${ID} PRIMARY KEY, name ${NAME}, share_stock ${FLAG})`,
  `CREATE TABLE ps_shop (id_shop ${ID} PRIMARY KEY, id_shop_group ${ID}, name ${NAME}, active ${FLAG}, deleted ${FLAG})`,
  `CREATE TABLE ps_shop_url (id_shop_url ${ID} PRIMARY KEY, id_shop ${ID}, domain ${NAME}, domain_ssl ${NAME},
    physical_uri ${NAME}, virtual_uri ${NAME}, main ${FLAG}, active ${FLAG})`,
  `CREATE TABLE ps_configuration (id_configuration ${ID} AUTO_INCREMENT PRIMARY KEY, id_shop_group INT, id_shop INT,
    name VARCHAR(254) NOT NULL, value MEDIUMTEXT, KEY name (name))`,
  `CREATE TABLE ps_lang (id_lang ${ID} PRIMARY KEY, iso_code VARCHAR(2) NOT NULL, active ${FLAG})`,
  `CREATE TABLE ps_lang_shop (id_lang ${ID}, id_shop ${ID}, PRIMARY KEY (id_lang, id_shop))`,
  `CREATE TABLE ps_currency (id_currency ${ID} PRIMARY KEY, iso_code VARCHAR(3) NOT NULL, \`precision\` INT NOT NULL,
    active ${FLAG}, deleted ${FLAG})`,
  `CREATE TABLE ps_currency_shop (id_currency ${ID}, id_shop ${ID}, conversion_rate DECIMAL(13,6) NOT NULL,
    PRIMARY KEY (id_currency, id_shop))`,
  `CREATE TABLE ps_country (id_country ${ID} PRIMARY KEY, iso_code VARCHAR(3) NOT NULL, active ${FLAG})`,
  `CREATE TABLE ps_group (id_group ${ID} PRIMARY KEY, reduction DECIMAL(17,2) NOT NULL)`,
  `CREATE TABLE ps_tax (id_tax ${ID} PRIMARY KEY, rate DECIMAL(10,3) NOT NULL)`,
  `CREATE TABLE ps_tax_rules_group (id_tax_rules_group ${ID} PRIMARY KEY, active ${FLAG})`,
  `CREATE TABLE ps_tax_rule (id_tax_rule ${ID} PRIMARY KEY, id_tax_rules_group ${ID}, id_country ${ID}, id_state ${ID},
    zipcode_from VARCHAR(12) NOT NULL, zipcode_to VARCHAR(12) NOT NULL, id_tax ${ID}, behavior INT NOT NULL)`,
  `CREATE TABLE ps_manufacturer (id_manufacturer ${ID} PRIMARY KEY, name ${NAME})`,
  `CREATE TABLE ps_attribute_group (id_attribute_group ${ID} PRIMARY KEY, position ${ID})`,
  `CREATE TABLE ps_attribute_group_lang (id_attribute_group ${ID}, id_lang ${ID}, public_name ${NAME},
    PRIMARY KEY (id_attribute_group, id_lang))`,
  `CREATE TABLE ps_attribute (id_attribute ${ID} PRIMARY KEY, id_attribute_group ${ID}, position ${ID})`,
  `CREATE TABLE ps_attribute_lang (id_attribute ${ID}, id_lang ${ID}, name ${NAME}, PRIMARY KEY (id_attribute, id_lang))`,
  `CREATE TABLE ps_product_attribute_combination (id_attribute ${ID}, id_product_attribute ${ID},
    PRIMARY KEY (id_attribute, id_product_attribute), KEY id_product_attribute (id_product_attribute))`,
  `CREATE TABLE ps_product_attribute_image (id_product_attribute ${ID}, id_image ${ID},
    PRIMARY KEY (id_product_attribute, id_image), KEY id_image (id_image))`,
  `CREATE TABLE ps_image (id_image ${ID} PRIMARY KEY, id_product ${ID}, position ${ID}, KEY image_product (id_product))`,
  `CREATE TABLE ps_image_shop (id_product ${ID}, id_image ${ID}, id_shop ${ID}, cover TINYINT(1),
    PRIMARY KEY (id_image, id_shop), KEY id_product (id_product, id_shop, cover))`,
  `CREATE TABLE ps_product_lang (id_product ${ID}, id_shop ${ID}, id_lang ${ID}, name ${NAME}, description MEDIUMTEXT,
    description_short MEDIUMTEXT, link_rewrite ${NAME}, PRIMARY KEY (id_product, id_shop, id_lang))`,
  `CREATE TABLE ps_tag (id_tag ${ID} PRIMARY KEY, name ${NAME})`,
  `CREATE TABLE ps_product_tag (id_product ${ID}, id_tag ${ID}, id_lang ${ID}, PRIMARY KEY (id_product, id_tag))`,
  `CREATE TABLE ps_product_supplier (id_product_supplier ${ID} AUTO_INCREMENT PRIMARY KEY, id_product ${ID},
    id_product_attribute ${ID}, id_supplier ${ID}, product_supplier_reference VARCHAR(64),
    UNIQUE KEY id_product (id_product, id_product_attribute, id_supplier), KEY id_supplier (id_supplier, id_product))`,
  `CREATE TABLE ps_pack (id_product_pack ${ID}, id_product_item ${ID}, id_product_attribute_item ${ID}, quantity ${ID},
    PRIMARY KEY (id_product_pack, id_product_item, id_product_attribute_item))`,
  `CREATE TABLE ps_specific_price_priority (id_specific_price_priority ${ID} AUTO_INCREMENT, id_product ${ID},
    priority VARCHAR(80) NOT NULL, PRIMARY KEY (id_specific_price_priority, id_product), UNIQUE KEY id_product (id_product))`,
  `CREATE TABLE ps_product_group_reduction_cache (id_product ${ID}, id_group ${ID}, reduction DECIMAL(5,4) NOT NULL,
    PRIMARY KEY (id_product, id_group))`,
];
