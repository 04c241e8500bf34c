import type { Row } from '../../db/read-rows.js';
import type { TableRead } from './read-tables.js';
import type { ShopIdentity, ShopReading } from './shop-identity.js';
import { type DigestSource, endOfText, type StockTerms } from './stock-digests.js';
import { stockRowRule } from './stock-reader.js';

/** Where the rows about packs are looked for. */
interface PackPlace extends Pick<ShopReading, 'table'> {
  readonly shop: ShopIdentity;
  readonly terms: StockTerms;
  /** A condition on a column of pack ids. */
  where(column: string): string;
}

/** As deep as packs within packs are looked into for their quantity. */
const MOST_LEVELS = 5;

/** Reads what enters the digests of packs, a row for each component, however deep: the packs on the way, the component, its stock. */
export function readComponents(place: PackPlace): TableRead<readonly Row[]> {
  const selects = Array.from({ length: MOST_LEVELS }, (_, level) => {
    const { way, item } = namesAt(level);
    const columns = Array.from({ length: MOST_LEVELS }, (__, index) => way[index] ?? 'NULL');
    return `SELECT ${columns.map((column, index) => `${column} AS way${index}`).join(', ')},
      ${item}.id_product_item AS item, ${item}.id_product_attribute_item AS combination, ${QUANTITY} AS quantity
      ${fromPacks(place, level)}`;
  });
  return { sql: selects.join('\nUNION ALL\n'), of: (rows) => rows };
}

/** The components of packs as sources of digests, one for each level of packs in packs. */
export function componentSources(place: PackPlace): readonly DigestSource[] {
  return Array.from({ length: MOST_LEVELS }, (_, level) => sourceOf(place, level));
}

function sourceOf(place: PackPlace, level: number): DigestSource {
  const { way, item } = namesAt(level);
  return {
    product: 'k0.id_product_pack',
    text: `CONCAT_WS('|', 'pack', ${way.join(', ')}, ${item}.id_product_item, ${item}.id_product_attribute_item, ${QUANTITY},
      '${endOfText(place.terms)}')`,
    from: fromPacks(place, level),
  };
}

const QUANTITY = 'COALESCE(s.quantity, 0)';

/** The columns of the packs on the way to a component, which may be in one pack by several ways, and the row that names it. */
function namesAt(level: number): { readonly way: readonly string[]; readonly item: string } {
  return { way: Array.from({ length: level + 1 }, (_, index) => `k${index}.id_product_pack`), item: `k${level}` };
}

function fromPacks({ table, shop, where }: PackPlace, level: number): string {
  const { item } = namesAt(level);
  const inner = Array.from(
    { length: level },
    (_, index) => `JOIN ${table('pack')} k${index + 1} ON k${index + 1}.id_product_pack = k${index}.id_product_item`,
  );
  return `FROM ${table('pack')} k0 ${inner.join(' ')}
    LEFT JOIN ${table('stock_available')} s ON s.id_product = ${item}.id_product_item
      AND s.id_product_attribute = ${item}.id_product_attribute_item AND ${stockRowRule(shop, 's')}
    WHERE ${where('k0.id_product_pack')}`;
}
