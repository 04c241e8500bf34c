/**
 * Puts things with the same key together, in their order; keys come in the order of their first thing.
 *
 * To be replaced by Map.groupBy when Node 20, which lacks it, is no longer supported.
 */
export function groupBy<Key, Thing>(things: Iterable<Thing>, keyOf: (thing: Thing) => Key): Map<Key, Thing[]> {
  const groups = new Map<Key, Thing[]>();
  for (const thing of things) {
    const key = keyOf(thing);
    const group = groups.get(key);
    if (group) group.push(thing);
    else groups.set(key, [thing]);
  }
  return groups;
}
