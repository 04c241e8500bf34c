import { readRows } from '../../db/read-rows.js';
import type { ShopClock } from '../price-engine/shop-clock.js';
import { dateOf } from './read-cell.js';
import type { ShopReading } from './shop-identity.js';

/**
 * Finds when a specific price of one shop context next begins or ends by the clock.
 *
 * @param afterMs epoch milliseconds
 * @returns epoch milliseconds, always later than `afterMs`; null when none begins or ends
 */
export async function readNextPriceChange(
  { db, table }: ShopReading,
  { shopId, clock, afterMs }: { readonly shopId: number; readonly clock: ShopClock; readonly afterMs: number },
): Promise<number | null> {
  const minute = clock.minuteAt(afterMs);
  const next = async (column: 'from' | 'to', comparison: '>' | '>=') => {
    const [row] = await readRows(
      db,
      `SELECT MIN(\`${column}\`) AS next FROM ${table('specific_price')}
       WHERE \`${column}\` ${comparison} ? AND id_shop IN (0, ${shopId}) AND id_customer = 0 AND id_cart = 0
         AND from_quantity <= 1`,
      [minute],
    );
    return dateOf(row?.[0]);
  };
  const from = await next('from', '>');
  const to = await next('to', '>=');
  const instants = [
    ...(from === null ? [] : clock.startInstants(from)),
    ...(to === null ? [] : clock.endInstants(to)),
  ].filter((instant) => instant > afterMs);
  return instants.length === 0 ? null : Math.min(...instants);
}
