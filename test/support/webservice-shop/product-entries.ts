import { type Entry, entryOf, ids, text, translations } from './entries.js';
import type { ShopTables, TableRow } from './shop-tables.js';

const OWN = ['id_manufacturer', 'id_supplier', 'id_shop_default', 'reference', 'supplier_reference', 'location'];
const OWN_LATER = [
  'width',
  'height',
  'depth',
  'weight',
  'ean13',
  'isbn',
  'upc',
  'mpn',
  'cache_is_pack',
  'is_virtual',
  'state',
  'product_type',
];
const OF_SHOP = [
  'id_category_default',
  'id_tax_rules_group',
  'on_sale',
  'online_only',
  'ecotax',
  'minimal_quantity',
  'price',
  'wholesale_price',
  'active',
  'available_for_order',
  'available_date',
  'condition',
  'show_price',
  'visibility',
  'pack_stock_type',
  'date_add',
  'date_upd',
];
const TRANSLATED = ['name', 'description', 'description_short', 'link_rewrite'];

/** The products of one shop context; without an order, as a server gives them that was not asked for one: the last one first. */
export function productEntries(tables: ShopTables, shopId: number): readonly Entry[] {
  const inShop = rowsBy(
    tables.product_shop.filter((row) => row.id_shop === shopId),
    'id_product',
  );
  const found = tables.product.flatMap((product) => {
    const [own] = inShop.get(Number(product.id_product)) ?? [];
    return own === undefined ? [] : productEntry(tables, shopId, { product, own });
  });
  return [...found.slice(-1), ...found.slice(0, -1)];
}

function productEntry(
  tables: ShopTables,
  shopId: number,
  { product, own }: { readonly product: TableRow; readonly own: TableRow },
): Entry {
  const of = (rows: readonly TableRow[]) => rows.filter((row) => row.id_product === product.id_product);
  const texts = of(tables.product_lang).filter((row) => row.id_shop === shopId);
  const images = of(tables.image_shop).filter((row) => row.id_shop === shopId);
  const position = (id: unknown) => Number(tables.image.find((row) => row.id_image === id)?.position);
  const combinations = of(tables.product_attribute_shop).filter((row) => row.id_shop === shopId);
  const brand = tables.manufacturer.find((row) => row.id_manufacturer === product.id_manufacturer);
  return entryOf(
    product.id_product,
    [
      [product, [...OWN, ...OWN_LATER]],
      [own, OF_SHOP],
    ],
    {
      fields: {
        ...Object.fromEntries(TRANSLATED.map((column) => [column, translations(texts, column)])),
        manufacturer_name: text(brand?.name),
        quantity: '0',
        id_default_image: text(images.find((row) => row.cover === 1)?.id_image),
        id_default_combination: text(combinations.find((row) => row.default_on === 1)?.id_product_attribute ?? 0),
      },
      associations: {
        categories: ids(
          'category',
          of(tables.category_product).map((row) => row.id_category),
        ),
        images: ids(
          'image',
          images.map((row) => row.id_image ?? 0).sort((a, b) => position(a) - position(b)),
        ),
        combinations: ids(
          'combination',
          combinations.map((row) => row.id_product_attribute),
        ),
        tags: ids(
          'tag',
          of(tables.product_tag).map((row) => row.id_tag),
        ),
        product_bundle: {
          element: 'product',
          rows: tables.pack
            .filter((row) => row.id_product_pack === product.id_product)
            .map((row) => ({
              id: text(row.id_product_item),
              id_product_attribute: text(row.id_product_attribute_item),
              quantity: text(row.quantity),
            })),
        },
      },
    },
  );
}

const COMBINATION_OWN = ['id_product', 'ean13', 'isbn', 'upc', 'mpn', 'reference', 'supplier_reference'];
const COMBINATION_OF_SHOP = [
  'wholesale_price',
  'price',
  'ecotax',
  'weight',
  'unit_price_impact',
  'minimal_quantity',
  'low_stock_threshold',
  'low_stock_alert',
  'default_on',
  'available_date',
];

/** The combinations of one shop context. */
export function combinationEntries(tables: ShopTables, shopId: number): readonly Entry[] {
  const combinations = rowsBy(tables.product_attribute, 'id_product_attribute');
  return tables.product_attribute_shop
    .filter((row) => row.id_shop === shopId)
    .map((own) => {
      const of = (rows: readonly TableRow[]) =>
        rows.filter((row) => row.id_product_attribute === own.id_product_attribute);
      const [combination] = combinations.get(Number(own.id_product_attribute)) ?? [];
      const values = of(tables.product_attribute_combination).map((row) => row.id_attribute);
      return entryOf(
        own.id_product_attribute,
        [
          [combination, COMBINATION_OWN],
          [own, COMBINATION_OF_SHOP],
        ],
        {
          associations: {
            product_option_values: ids('product_option_value', values),
            images: ids(
              'image',
              of(tables.product_attribute_image).map((row) => row.id_image),
            ),
          },
        },
      );
    });
}

export function rowsBy(rows: readonly TableRow[], column: string): ReadonlyMap<number, TableRow[]> {
  const found = new Map<number, TableRow[]>();
  for (const row of rows) found.set(Number(row[column]), [...(found.get(Number(row[column])) ?? []), row]);
  return found;
}
