/** What an address carries beside its path; null and empty are left out. */
export type AddressQuery = Readonly<Record<string, string | number | null | undefined>>;

/** An address of ours, relative to the host: `/report?marketplace=simulator/FR&before=12`. */
export function pageAddress(path: string, query: AddressQuery): string {
  const pairs = Object.entries(query)
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value)).replaceAll('%2F', '/')}`);
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`;
}

/** An address that a visitor gave to come back to: only one of ours, else the start page. */
export function safeReturn(address: string): string {
  const here = 'http://feedbridge.invalid';
  if (!address.startsWith('/') || !URL.canParse(address, here)) return '/';
  const url = new URL(address, here);
  // "/..//evil.example" is of this origin, but its path, read by itself, is another host.
  return url.origin === here && !url.pathname.startsWith('//') ? url.pathname + url.search : '/';
}
