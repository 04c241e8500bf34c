import type { Connection } from 'mysql2/promise';
import { MANUFACTURERS } from './fill-shop-ground.js';

const CATEGORIES = 200;
const HOME_CATEGORY = 2;
/** Of each five products the first and the third have this many combinations, the others none: 25 items. */
const COMBINATIONS = 11;
const ITEMS_PER_FIVE_PRODUCTS = 25;

/** A remainder of the product's id, so that what is the same for one in so many is spread over both kinds of products. */
const spread = (column: string, modulus: number) => `((${column} * 7919) % ${modulus})`;

const PRODUCT_OF_COMBINATION = `(5 * ((seq - 1) DIV ${2 * COMBINATIONS}) + IF(((seq - 1) DIV ${COMBINATIONS}) % 2 = 0, 1, 3))`;
const NUMBER_OF_COMBINATION = `((seq - 1) % ${COMBINATIONS} + 1)`;

/**
 * Writes products with their combinations, stock, categories and sales, made by the server itself from its sequence tables: a
 * million items take about a minute.
 *
 * @param connection on the shop's database
 * @param items a multiple of 25
 */
export async function fillCatalogue(connection: Connection, items: number): Promise<void> {
  const products = (items / ITEMS_PER_FIVE_PRODUCTS) * 5;
  const combinations = (items / ITEMS_PER_FIVE_PRODUCTS) * 2 * COMBINATIONS;
  for (const statement of [
    insertProducts(products),
    insertProductShops,
    insertCombinations(combinations),
    insertCombinationShops,
    insertStock,
    insertCategories,
    ...saleKinds.map(insertSales),
  ])
    await connection.query(statement);
  await connection.query(
    `ANALYZE TABLE ps_product, ps_product_shop, ps_product_attribute, ps_product_attribute_shop, ps_stock_available,
       ps_category_product, ps_specific_price`,
  );
}

/** An EAN of the German range with its check digit: twelve digits whose last ones count up. */
function eanOf(number: string): string {
  const digits = `(400000000000 + ${number})`;
  const places = Array.from(
    { length: 12 },
    (_, place) => `(${digits} DIV ${10 ** place} % 10) * ${place % 2 === 0 ? 3 : 1}`,
  );
  return `CONCAT(${digits}, (10 - (${places.join(' + ')}) % 10) % 10)`;
}

const insertProducts = (products: number) =>
  `INSERT INTO ps_product (id_product, id_supplier, id_manufacturer, id_category_default, id_tax_rules_group, ean13, isbn, upc,
     mpn, price, wholesale_price, reference, weight, active, indexed, date_add, date_upd, product_type)
   SELECT seq, 0, seq % ${MANUFACTURERS} + 1, 3 + seq % ${CATEGORIES}, 1, IF(seq % 5 IN (1, 3), '', ${eanOf('seq')}), '', '',
     CONCAT('MPN-', seq), 5 + ${spread('seq', 20_011)} / 100, 3, CONCAT('REF-', LPAD(seq, 7, '0')), 0.5, 1, 1,
     '2026-01-05 10:00:00', '2026-09-01 10:00:00', IF(seq % 5 IN (1, 3), 'combinations', 'standard')
   FROM seq_1_to_${products}`;

const insertProductShops = `INSERT INTO ps_product_shop (id_product, id_shop, id_category_default, id_tax_rules_group, price,
    wholesale_price, active, indexed, date_add, date_upd)
  SELECT id_product, 1, id_category_default, IF(${spread('id_product', 20)} = 3, 2, 1), price, wholesale_price, 1, 1, date_add,
    date_upd
  FROM ps_product`;

const insertCombinations = (combinations: number) =>
  `INSERT INTO ps_product_attribute (id_product_attribute, id_product, reference, supplier_reference, ean13, isbn, upc, mpn,
     price, default_on)
   SELECT seq, ${PRODUCT_OF_COMBINATION}, CONCAT('REF-', LPAD(${PRODUCT_OF_COMBINATION}, 7, '0'), '-', ${NUMBER_OF_COMBINATION}),
     '', ${eanOf('1000000000 + seq')}, '', '', '', ${NUMBER_OF_COMBINATION} % 4, IF(${NUMBER_OF_COMBINATION} = 1, 1, NULL)
   FROM seq_1_to_${combinations}`;

const insertCombinationShops = `INSERT INTO ps_product_attribute_shop (id_product, id_product_attribute, id_shop, price, default_on)
  SELECT id_product, id_product_attribute, 1, price, default_on FROM ps_product_attribute`;

const insertStock = `INSERT INTO ps_stock_available (id_product, id_product_attribute, id_shop, id_shop_group, quantity,
    physical_quantity, out_of_stock)
  SELECT product, combination, 1, 0, 1 + (product + combination) % 97, 1 + (product + combination) % 97, 2
  FROM (SELECT id_product AS product, 0 AS combination FROM ps_product
    UNION ALL SELECT id_product, id_product_attribute FROM ps_product_attribute) items
  ORDER BY product, combination`;

const insertCategories = `INSERT INTO ps_category_product (id_category, id_product, position)
  SELECT category, product, product FROM (SELECT ${HOME_CATEGORY} AS category, id_product AS product FROM ps_product
    UNION ALL SELECT id_category_default, id_product FROM ps_product) places
  ORDER BY category, product`;

interface SaleKind {
  /** Which tenth part of the products on sale it is. */
  readonly rank: number;
  readonly reduction: string;
  readonly type: 'amount' | 'percentage';
  readonly from: string;
  readonly to: string;
}

const OPEN = `'0000-00-00 00:00:00'`;
const inDays = (days: number, time: string) => `CONCAT(CURDATE() + INTERVAL ${days} DAY, ' ${time}')`;

/** One product in ten is on sale: half of them without an end, the others running, coming or just over. */
const saleKinds: readonly SaleKind[] = [
  ...[0, 1, 2].map((rank): SaleKind => ({ rank, reduction: '0.2', type: 'percentage', from: OPEN, to: OPEN })),
  ...[3, 4].map((rank): SaleKind => ({ rank, reduction: '2.5', type: 'amount', from: OPEN, to: OPEN })),
  ...[5, 6, 7].map((rank): SaleKind => {
    return { rank, reduction: '0.1', type: 'percentage', from: inDays(-5, '00:00:00'), to: inDays(9, '23:59:59') };
  }),
  { rank: 8, reduction: '0.15', type: 'percentage', from: inDays(4, '00:00:00'), to: inDays(11, '23:59:59') },
  { rank: 9, reduction: '1', type: 'amount', from: inDays(-20, '00:00:00'), to: inDays(-3, '23:59:59') },
];

const insertSales = ({ rank, reduction, type, from, to }: SaleKind) =>
  `INSERT INTO ps_specific_price (id_specific_price_rule, id_cart, id_product, id_shop, id_shop_group, id_currency, id_country,
     id_group, id_customer, id_product_attribute, price, from_quantity, reduction, reduction_tax, reduction_type, \`from\`, \`to\`)
   SELECT 0, 0, id_product, 1, 0, 0, 0, 0, 0, 0, -1, 1, ${reduction}, 1, '${type}', ${from}, ${to}
   FROM ps_product WHERE ${spread('id_product', 100)} = ${rank} ORDER BY id_product`;
