import type { Knex } from 'knex';

export type Cell = string | number | null;
export type TableRow = Record<string, Cell>;
/** Rows by table name without its prefix. */
export type ShopTables = Readonly<Record<(typeof TABLES)[number], TableRow[]>>;

const TABLES = [
  'attribute',
  'attribute_group',
  'attribute_group_lang',
  'attribute_lang',
  'category',
  'category_product',
  'configuration',
  'country',
  'currency',
  'currency_shop',
  'group',
  'image',
  'image_shop',
  'lang',
  'lang_shop',
  'manufacturer',
  'pack',
  'product',
  'product_attribute',
  'product_attribute_combination',
  'product_attribute_image',
  'product_attribute_shop',
  'product_lang',
  'product_shop',
  'product_supplier',
  'product_tag',
  'shop',
  'shop_group',
  'shop_url',
  'specific_price',
  'stock_available',
  'tag',
  'tax',
  'tax_rule',
  'tax_rules_group',
] as const;

/** Reads the tables that a Webservice shows, as texts; a server made of them may change its own copies. */
export async function readShopTables(db: Knex): Promise<ShopTables> {
  const entries = await Promise.all(
    TABLES.map(async (name): Promise<[string, TableRow[]]> => [name, [...(await db(`ps_${name}`).select('*'))]]),
  );
  return Object.fromEntries(entries) as ShopTables;
}

/** Tables with these rows and no others. */
export function shopTablesOf(rows: Partial<ShopTables>): ShopTables {
  return Object.fromEntries(TABLES.map((name) => [name, rows[name] ?? []])) as unknown as ShopTables;
}
