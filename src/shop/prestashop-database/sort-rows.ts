import type { Row } from '../../db/read-rows.js';

/**
 * Puts rows in the order of two integer columns; rows that are in order already, as they nearly always are, cost one look.
 *
 * @param rows read by primary key
 */
export function sortRows(rows: readonly Row[], [first, second]: readonly [number, number]): readonly Row[] {
  const compare = (a: Row, b: Row) => Number(a[first]) - Number(b[first]) || Number(a[second]) - Number(b[second]);
  for (let i = 1; i < rows.length; i += 1) {
    const [before, row] = [rows[i - 1], rows[i]];
    if (before !== undefined && row !== undefined && compare(before, row) > 0) return rows.toSorted(compare);
  }
  return rows;
}
