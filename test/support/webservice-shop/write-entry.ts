import { XMLParser } from 'fast-xml-parser';
import { Refused } from './list-query.js';
import type { ShopTables, TableRow } from './shop-tables.js';
import type { SeenRequest } from './wire.js';

const KEYS = {
  products: 'id_product',
  combinations: 'id_product_attribute',
  stock_availables: 'id_stock_available',
} as const;
/** Fields that the Webservice shows and refuses to be given. */
const READ_ONLY = ['manufacturer_name', 'quantity'];
/** What PUT makes of a field that it was not given. */
const EMPTY: Readonly<Record<string, string | number>> = {
  reference: '',
  ean13: '',
  upc: '',
  isbn: '',
  mpn: '',
  quantity: 0,
  out_of_stock: 0,
};

/** Carries out a PUT or PATCH on the rows of a shop: PUT empties what it is not given. */
export function writeEntry(
  tables: ShopTables,
  { name, id }: { readonly name: string; readonly id: number; readonly shopId: number },
  request: SeenRequest,
): void {
  const row = rowOf(tables, name, id);
  const given = givenFields(request.body);
  const refused = name === 'stock_availables' ? undefined : READ_ONLY.find((field) => given.has(field));
  if (refused !== undefined) throw new Refused(400, 93, `parameter "${refused}" not writable`);
  if (request.method === 'PUT')
    for (const [field, value] of Object.entries(EMPTY)) if (field in row && !given.has(field)) row[field] = value;
  for (const [field, value] of given)
    if (field in row) row[field] = typeof row[field] === 'number' ? Number(value) : value;
}

function rowOf(tables: ShopTables, name: string, id: number): TableRow {
  const rows = {
    products: tables.product,
    combinations: tables.product_attribute,
    stock_availables: tables.stock_available,
  };
  if (!(name in KEYS)) throw new Refused(405, 101, 'Method is not allowed for the resource');
  const known = name as keyof typeof KEYS;
  const row = rows[known].find((one) => one[KEYS[known]] === id);
  if (row === undefined) throw new Refused(404, 0, '');
  return row;
}

function givenFields(xml: string): ReadonlyMap<string, string> {
  const parsed = new XMLParser({ parseTagValue: false, ignoreAttributes: true }).parse(xml) as Record<
    string,
    Record<string, Record<string, unknown>>
  >;
  const [entity = {}] = Object.values(parsed.prestashop ?? {});
  const plain = Object.entries(entity).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
  return new Map(plain.filter(([field]) => field !== 'id'));
}
