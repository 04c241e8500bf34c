import { readRows } from '../../db/read-rows.js';
import type { ShopClock } from '../price-engine/shop-clock.js';
import { dateOf, integerOf } from './read-cell.js';
import type { ReadTransaction } from './read-transaction.js';
import { readShopGround } from './shop-ground.js';
import type { ShopReading } from './shop-identity.js';

const PRODUCTS_PER_PAGE = 1_000;
/** Far more than any shift of a clock: what lies in between is asked of the clock, row by row. */
const MARGIN_MS = 86_400_000;
/** Dates are compared one by one while they are so few; else every row of those days is taken. */
const MOST_DATES = 500;

/** A stretch of time in a shop: after one instant until another, epoch milliseconds. */
export interface TimeInShop {
  readonly shopId: number;
  readonly afterMs: number;
  readonly untilMs: number;
}

/** A condition on the rows whose begin or end lies in a stretch of time. */
interface Condition {
  readonly sql: string;
  readonly bindings: readonly string[];
}

/** Products of which a specific price begins or ends by the clock in a stretch of time, ascending, in pages; 0 = a row for all. */
export async function* readRepriced(
  transaction: ReadTransaction,
  time: TimeInShop,
): AsyncGenerator<readonly number[], void> {
  const condition = await transaction(async (reading) => {
    const { clock } = await readShopGround(reading, time.shopId);
    return findCondition(reading, clock, time);
  });
  for (let after = -1; condition !== null; ) {
    const from = after;
    const page = await transaction((reading) => readPage(reading, { ...condition, after: from, shopId: time.shopId }));
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    after = last;
  }
}

/** The dates that count are few, whoever shares them; a local time may stand for several instants, or for one that it does not name. */
async function findCondition(reading: ShopReading, clock: ShopClock, time: TimeInShop): Promise<Condition | null> {
  const isInside = (instant: number) => instant > time.afterMs && instant <= time.untilMs;
  const span = [clock.minuteAt(Math.max(0, time.afterMs - MARGIN_MS)), clock.minuteAt(time.untilMs + MARGIN_MS)];
  const found: Condition[] = [];
  for (const column of ['from', 'to'] as const) {
    const rows = await readRows(
      reading.db,
      `SELECT DISTINCT \`${column}\` AS at FROM ${reading.table('specific_price')}
       WHERE \`${column}\` BETWEEN ? AND ? AND ${counting(time.shopId)} LIMIT ${MOST_DATES + 1}`,
      span,
    );
    const dates = rows.map((row) => dateOf(row[0])).filter((date) => date !== null);
    const instantsOf = (date: string) => (column === 'from' ? clock.startInstants(date) : clock.endInstants(date));
    const inside = dates.filter((date) => instantsOf(date).some(isInside));
    if (rows.length > MOST_DATES) found.push({ sql: `\`${column}\` BETWEEN ? AND ?`, bindings: span });
    else if (inside.length > 0)
      found.push({ sql: `\`${column}\` IN (${inside.map(() => '?').join(', ')})`, bindings: inside });
  }
  if (found.length === 0) return null;
  return { sql: found.map(({ sql }) => sql).join(' OR '), bindings: found.flatMap(({ bindings }) => bindings) };
}

async function readPage(
  { db, table }: ShopReading,
  { sql, bindings, after, shopId }: Condition & { readonly after: number; readonly shopId: number },
): Promise<readonly number[]> {
  const rows = await readRows(
    db,
    `SELECT DISTINCT id_product FROM ${table('specific_price')}
     WHERE id_product > ? AND ${counting(shopId)} AND (${sql}) ORDER BY id_product LIMIT ${PRODUCTS_PER_PAGE}`,
    [after, ...bindings],
  );
  return rows.map((row) => integerOf(row[0]));
}

/** Rows that can make the price of an anonymous buyer of one piece. */
function counting(shopId: number): string {
  return `id_shop IN (0, ${shopId}) AND id_customer = 0 AND id_cart = 0 AND from_quantity <= 1`;
}
