/**
 * Reads Amazon's id of one call from the headers of its answer.
 *
 * @param headers of an axios answer, in any letter case
 * @returns null where there is none, or where it is not a plain id (it goes into logs and messages)
 */
export function requestIdOf(headers: unknown): string | null {
  if (typeof headers !== 'object' || headers === null) return null;
  const entry = Object.entries(headers).find(([name]) => name.toLowerCase() === 'x-amzn-requestid');
  const id: unknown = entry?.[1];
  return typeof id === 'string' && /^[\w-]{1,100}$/.test(id) ? id : null;
}
