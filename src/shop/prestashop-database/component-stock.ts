import type { Row } from '../../db/read-rows.js';
import type { TableRead } from './read-tables.js';
import type { ShopIdentity, ShopReading } from './shop-identity.js';
import type { DigestSource, StockTerms } from './stock-digests.js';
import { endOfText } from './stock-digests.js';
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

/** Reads what enters the digests of packs: the pack, and the text of one of its components, however deep. */
export function readComponentTexts(place: PackPlace): TableRead<readonly Row[]> {
  const selects = componentSources(place).map(
    ({ product, text, from }) => `SELECT ${product} AS pack, ${text} AS component ${from}`,
  );
  return { sql: selects.join('\nUNION ALL\n'), of: (rows) => rows };
}

/** The components of packs as sources of digests, one for each level of packs in packs. */
export function componentSources(place: PackPlace): readonly DigestSource[] {
  return Array.from({ length: MOST_LEVELS }, (_, level) => sourceOf(place, level));
}

/** The text names the packs on the way, since a component may be in one pack by several ways. */
function sourceOf({ table, shop, terms, where }: PackPlace, level: number): DigestSource {
  const item = `k${level}`;
  const way = Array.from({ length: level + 1 }, (_, index) => `k${index}.id_product_pack`).join(', ');
  const inner = Array.from(
    { length: level },
    (_, index) => `JOIN ${table('pack')} k${index + 1} ON k${index + 1}.id_product_pack = k${index}.id_product_item`,
  );
  return {
    product: 'k0.id_product_pack',
    text: `CONCAT_WS('|', 'pack', ${way}, ${item}.id_product_item, ${item}.id_product_attribute_item,
      COALESCE(s.quantity, 0), '${endOfText(terms)}')`,
    from: `FROM ${table('pack')} k0 ${inner.join(' ')}
      LEFT JOIN ${table('stock_available')} s ON s.id_product = ${item}.id_product_item
        AND s.id_product_attribute = ${item}.id_product_attribute_item AND ${stockRowRule(shop, 's')}
      WHERE ${where('k0.id_product_pack')}`,
  };
}
