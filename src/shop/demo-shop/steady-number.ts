/**
 * A whole number that looks like chance and is the same on every machine, so that two seedings are equal.
 *
 * @param text what the number belongs to, for example a reference
 * @param below the number is 0 … below − 1
 * @source FNV-1a, 32 bits
 */
export function steadyNumber(text: string, below: number): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash % below;
}
