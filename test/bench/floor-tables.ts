/** What is read of a table: its selected columns, and the primary key by which it is ordered. */
interface FloorTable {
  readonly table: string;
  readonly columns: readonly string[];
  readonly key: readonly string[];
}

/** The tables that an export without texts and images reads, each with exactly the columns that the adapter selects of it. */
const floorTables: readonly FloorTable[] = [
  {
    table: 'product',
    columns: [
      ...['id_product', 'id_supplier', 'id_manufacturer', 'reference', 'ean13', 'upc', 'mpn', 'is_virtual', 'state'],
      'cache_is_pack',
    ],
    key: ['id_product'],
  },
  {
    table: 'product_shop',
    columns: [
      ...['id_product', 'id_tax_rules_group', 'price', 'ecotax', 'wholesale_price', 'active', 'available_for_order'],
      ...['visibility', 'condition', 'minimal_quantity', 'available_date', 'pack_stock_type'],
    ],
    key: ['id_product', 'id_shop'],
  },
  {
    table: 'product_attribute',
    columns: ['id_product', 'id_product_attribute', 'reference', 'ean13', 'upc', 'mpn'],
    key: ['id_product_attribute'],
  },
  {
    table: 'product_attribute_shop',
    columns: ['id_product_attribute', 'price', 'ecotax', 'wholesale_price', 'minimal_quantity', 'available_date'],
    key: ['id_product_attribute', 'id_shop'],
  },
  {
    table: 'stock_available',
    columns: ['id_product', 'id_product_attribute', 'quantity', 'out_of_stock'],
    key: ['id_stock_available'],
  },
  { table: 'category_product', columns: ['id_product', 'id_category'], key: ['id_category', 'id_product'] },
  {
    table: 'specific_price',
    columns: [
      ...[
        'id_specific_price',
        'id_specific_price_rule',
        'id_product',
        'id_product_attribute',
        'id_shop',
        'id_currency',
      ],
      ...[
        'id_country',
        'id_group',
        'from_quantity',
        'price',
        'reduction',
        'reduction_type',
        'reduction_tax',
        'from',
        'to',
      ],
    ],
    key: ['id_specific_price'],
  },
  {
    table: 'product_supplier',
    columns: ['id_product', 'id_product_attribute', 'product_supplier_reference'],
    key: ['id_product_supplier'],
  },
  { table: 'manufacturer', columns: ['id_manufacturer', 'name'], key: ['id_manufacturer'] },
];

const list = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');

/** One SELECT for each of them. */
export const floorStatements: readonly string[] = floorTables.map(
  ({ table, columns, key }) => `SELECT ${list(columns)} FROM ps_${table} ORDER BY ${list(key)}`,
);
