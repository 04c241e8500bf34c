/** The products of one batch, as a condition for SQL. */
export interface ProductRange {
  /** A condition on a column of product ids: "p.id_product BETWEEN 1 AND 1000". */
  where(column: string): string;
}

/** Products from one id to another, both inclusive; for a whole catalogue, where the ids between all belong to it. */
export function rangeBetween(first: number, last: number): ProductRange {
  return { where: (column) => `${column} BETWEEN ${checked(first)} AND ${checked(last)}` };
}

/** Exactly these products (at least one). */
export function rangeOf(ids: readonly number[]): ProductRange {
  const list = ids.map(checked).join(',');
  return { where: (column) => `${column} IN (${list})` };
}

/** Ids become part of SQL, so they must be whole numbers. */
function checked(id: number): number {
  if (!Number.isSafeInteger(id)) throw new RangeError(`Expected a whole number as a product id, got ${id}.`);
  return id;
}
