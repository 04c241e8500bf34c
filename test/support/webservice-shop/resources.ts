import { type Entry, entryOf, ids, text, translations } from './entries.js';
import { combinationEntries, productEntries } from './product-entries.js';
import type { ShopTables, TableRow } from './shop-tables.js';

/** One resource: the element of its entries, which fields cannot be filtered by, and its entries. */
export interface Resource {
  readonly element: string;
  readonly computed?: readonly string[];
  entries(tables: ShopTables, shopId: number): readonly Entry[];
}

const plain =
  (table: keyof ShopTables, key: string, columns: readonly string[]) =>
  (tables: ShopTables): readonly Entry[] =>
    tables[table].map((row) => entryOf(row[key], [[row, columns]]));

const STOCK = [
  'id_product',
  'id_product_attribute',
  'id_shop',
  'id_shop_group',
  'quantity',
  'depends_on_stock',
  'out_of_stock',
  'location',
];
const SPECIFIC_PRICE = [
  'id_shop_group',
  'id_shop',
  'id_cart',
  'id_product',
  'id_product_attribute',
  'id_currency',
  'id_country',
  'id_group',
  'id_customer',
  'id_specific_price_rule',
  'price',
  'from_quantity',
  'reduction',
  'reduction_tax',
  'reduction_type',
  'from',
  'to',
];
const PRODUCT_SUPPLIER = [
  'id_product',
  'id_product_attribute',
  'id_supplier',
  'id_currency',
  'product_supplier_reference',
  'product_supplier_price_te',
];

/** What the Webservice of a shop shows, as far as it is needed; stock rows are those of all shops. */
export const resources: Readonly<Record<string, Resource>> = {
  products: {
    element: 'product',
    computed: ['quantity', 'manufacturer_name', 'id_default_image', 'id_default_combination'],
    entries: productEntries,
  },
  combinations: { element: 'combination', entries: combinationEntries },
  stock_availables: { element: 'stock_available', entries: plain('stock_available', 'id_stock_available', STOCK) },
  specific_prices: { element: 'specific_price', entries: plain('specific_price', 'id_specific_price', SPECIFIC_PRICE) },
  product_suppliers: {
    element: 'product_supplier',
    entries: plain('product_supplier', 'id_product_supplier', PRODUCT_SUPPLIER),
  },
  tags: { element: 'tag', entries: plain('tag', 'id_tag', ['id_lang', 'name']) },
  configurations: {
    element: 'configuration',
    entries: plain('configuration', 'id_configuration', ['value', 'name', 'id_shop_group', 'id_shop']),
  },
  countries: { element: 'country', entries: plain('country', 'id_country', ['iso_code', 'active']) },
  groups: {
    element: 'group',
    entries: plain('group', 'id_group', ['reduction', 'price_display_method', 'show_prices']),
  },
  shops: { element: 'shop', entries: plain('shop', 'id_shop', ['id_shop_group', 'active', 'deleted', 'name']) },
  shop_groups: {
    element: 'shop_group',
    entries: plain('shop_group', 'id_shop_group', ['name', 'share_stock', 'active', 'deleted']),
  },
  shop_urls: {
    element: 'shop_url',
    entries: plain('shop_url', 'id_shop_url', [
      'id_shop',
      'active',
      'main',
      'domain',
      'domain_ssl',
      'physical_uri',
      'virtual_uri',
    ]),
  },
  taxes: { element: 'tax', entries: plain('tax', 'id_tax', ['rate', 'active', 'deleted']) },
  tax_rules: {
    element: 'tax_rule',
    entries: plain('tax_rule', 'id_tax_rule', [
      'id_tax_rules_group',
      'id_state',
      'id_country',
      'zipcode_from',
      'zipcode_to',
      'id_tax',
      'behavior',
    ]),
  },
  tax_rule_groups: {
    element: 'tax_rule_group',
    entries: plain('tax_rules_group', 'id_tax_rules_group', ['name', 'active', 'deleted']),
  },
  languages: {
    element: 'language',
    entries: (tables, shopId) =>
      ofShop(tables.lang, tables.lang_shop, { key: 'id_lang', shopId }).map(([row]) =>
        entryOf(row.id_lang, [[row, ['name', 'iso_code', 'active']]]),
      ),
  },
  currencies: {
    element: 'currency',
    entries: (tables, shopId) =>
      ofShop(tables.currency, tables.currency_shop, { key: 'id_currency', shopId }).map(([row, own]) =>
        entryOf(row.id_currency, [
          [row, ['iso_code', 'precision', 'active', 'deleted']],
          [own, ['conversion_rate']],
        ]),
      ),
  },
  product_options: {
    element: 'product_option',
    entries: (tables) =>
      tables.attribute_group.map((row) => {
        const names = tables.attribute_group_lang.filter((one) => one.id_attribute_group === row.id_attribute_group);
        return entryOf(row.id_attribute_group, [[row, ['is_color_group', 'group_type', 'position']]], {
          fields: { name: translations(names, 'name'), public_name: translations(names, 'public_name') },
        });
      }),
  },
  product_option_values: {
    element: 'product_option_value',
    entries: (tables) =>
      tables.attribute.map((row) => {
        const names = tables.attribute_lang.filter((one) => one.id_attribute === row.id_attribute);
        return entryOf(row.id_attribute, [[row, ['id_attribute_group', 'color', 'position']]], {
          fields: { name: translations(names, 'name') },
        });
      }),
  },
  categories: {
    element: 'category',
    entries: (tables) =>
      tables.category.map((row) => {
        const products = tables.category_product.filter((one) => one.id_category === row.id_category);
        return entryOf(row.id_category, [[row, ['id_parent', 'active']]], {
          associations: {
            products: ids(
              'product',
              products.map((one) => one.id_product),
            ),
          },
        });
      }),
  },
};

/** Rows that a shop has, each with its row of that shop. */
function ofShop(
  rows: readonly TableRow[],
  shopRows: readonly TableRow[],
  { key, shopId }: { readonly key: string; readonly shopId: number },
): readonly (readonly [TableRow, TableRow])[] {
  return rows.flatMap((row) => {
    const own = shopRows.find((one) => one[key] === row[key] && one.id_shop === shopId);
    return own === undefined ? [] : ([[row, own]] as const);
  });
}

/** The text of a plain field. */
export function plainField(entry: Entry, field: string): string {
  const value = entry.fields.get(field);
  return typeof value === 'string' ? value : text(null);
}
