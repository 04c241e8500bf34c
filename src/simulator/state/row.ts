/** A row as either database gives it: numbers and texts. */
export type Row = Readonly<Record<string, string | number | null>>;

export function numberOrNull(value: string | number | null | undefined): number | null {
  return value === null || value === undefined ? null : Number(value);
}

export function textOrNull(value: string | number | null | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}

/** Cuts an array into pieces of at most that many; none for an empty one. */
export function inSlices<T>(items: readonly T[], size: number): readonly T[][] {
  const slices: T[][] = [];
  for (let start = 0; start < items.length; start += size) slices.push(items.slice(start, start + size));
  return slices;
}
