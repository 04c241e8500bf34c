/**
 * The shop itself: configuration, contexts, languages, currencies, countries, taxes, customer groups.
 *
 * @source column names and keys as a PrestaShop 8.2 database has them; DECIMAL and DATETIME are TEXT, so that SQLite keeps every digit
 */
export const shopTables: readonly string[] = [
  `CREATE TABLE ps_configuration (
    id_configuration INTEGER PRIMARY KEY,
    id_shop_group INTEGER,
    id_shop INTEGER,
    name TEXT NOT NULL,
    value TEXT,
    date_add TEXT NOT NULL,
    date_upd TEXT NOT NULL
  )`,
  'CREATE INDEX ps_configuration_name ON ps_configuration (name)',
  `CREATE TABLE ps_shop_group (
    id_shop_group INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    share_customer INTEGER NOT NULL,
    share_order INTEGER NOT NULL,
    share_stock INTEGER NOT NULL,
    active INTEGER NOT NULL,
    deleted INTEGER NOT NULL
  )`,
  `CREATE TABLE ps_shop (
    id_shop INTEGER PRIMARY KEY,
    id_shop_group INTEGER NOT NULL,
    name TEXT NOT NULL,
    id_category INTEGER NOT NULL,
    active INTEGER NOT NULL,
    deleted INTEGER NOT NULL
  )`,
  `CREATE TABLE ps_shop_url (
    id_shop_url INTEGER PRIMARY KEY,
    id_shop INTEGER NOT NULL,
    domain TEXT NOT NULL,
    domain_ssl TEXT NOT NULL,
    physical_uri TEXT NOT NULL,
    virtual_uri TEXT NOT NULL,
    main INTEGER NOT NULL,
    active INTEGER NOT NULL
  )`,
  `CREATE TABLE ps_lang (
    id_lang INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    active INTEGER NOT NULL,
    iso_code TEXT NOT NULL,
    language_code TEXT NOT NULL,
    locale TEXT NOT NULL
  )`,
  `CREATE TABLE ps_lang_shop (
    id_lang INTEGER NOT NULL,
    id_shop INTEGER NOT NULL,
    PRIMARY KEY (id_lang, id_shop)
  ) WITHOUT ROWID`,
  `CREATE TABLE ps_currency (
    id_currency INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    iso_code TEXT NOT NULL,
    numeric_iso_code TEXT,
    "precision" INTEGER NOT NULL,
    conversion_rate TEXT NOT NULL,
    deleted INTEGER NOT NULL,
    active INTEGER NOT NULL
  )`,
  `CREATE TABLE ps_currency_shop (
    id_currency INTEGER NOT NULL,
    id_shop INTEGER NOT NULL,
    conversion_rate TEXT NOT NULL,
    PRIMARY KEY (id_currency, id_shop)
  ) WITHOUT ROWID`,
  `CREATE TABLE ps_currency_lang (
    id_currency INTEGER NOT NULL,
    id_lang INTEGER NOT NULL,
    name TEXT NOT NULL,
    symbol TEXT NOT NULL,
    pattern TEXT,
    PRIMARY KEY (id_currency, id_lang)
  ) WITHOUT ROWID`,
  `CREATE TABLE ps_country (
    id_country INTEGER PRIMARY KEY,
    id_zone INTEGER NOT NULL,
    id_currency INTEGER NOT NULL,
    iso_code TEXT NOT NULL,
    active INTEGER NOT NULL,
    contains_states INTEGER NOT NULL
  )`,
  'CREATE INDEX ps_country_iso_code ON ps_country (iso_code)',
  `CREATE TABLE ps_tax (
    id_tax INTEGER PRIMARY KEY,
    rate TEXT NOT NULL,
    active INTEGER NOT NULL,
    deleted INTEGER NOT NULL
  )`,
  `CREATE TABLE ps_tax_rules_group (
    id_tax_rules_group INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    active INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    date_add TEXT NOT NULL,
    date_upd TEXT NOT NULL
  )`,
  `CREATE TABLE ps_tax_rule (
    id_tax_rule INTEGER PRIMARY KEY,
    id_tax_rules_group INTEGER NOT NULL,
    id_country INTEGER NOT NULL,
    id_state INTEGER NOT NULL,
    zipcode_from TEXT NOT NULL,
    zipcode_to TEXT NOT NULL,
    id_tax INTEGER NOT NULL,
    behavior INTEGER NOT NULL,
    description TEXT NOT NULL
  )`,
  'CREATE INDEX ps_tax_rule_place ON ps_tax_rule (id_tax_rules_group, id_country, id_state, zipcode_from)',
  `CREATE TABLE ps_group (
    id_group INTEGER PRIMARY KEY,
    reduction TEXT NOT NULL,
    price_display_method INTEGER NOT NULL,
    show_prices INTEGER NOT NULL,
    date_add TEXT NOT NULL,
    date_upd TEXT NOT NULL
  )`,
];
