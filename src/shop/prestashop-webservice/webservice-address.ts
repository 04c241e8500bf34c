/** Where a shop's Webservice is, and which of the shop's contexts are meant. */
export interface WebserviceAddress {
  /** "https://shop.example/api/", with a trailing slash and without the key. */
  readonly baseUrl: string;
  /** A secret. */
  readonly key: string;
  readonly shopIds: readonly number[];
  /** In words for messages, without the key: "https://shop.example/api". */
  readonly where: string;
  /** What is unsafe about it, a sentence; null when nothing is. */
  readonly caution: string | null;
}

const UNSEALED = 'The address begins with http: the key and everything it reads travel unsealed. Use https.';

/**
 * Reads the parts of the address of a Webservice.
 *
 * @param url `https://KEY@host/path/api?shop=1,2`, as the configuration has checked it; the shop is 1 when not said
 */
export function webserviceAddress(url: string): WebserviceAddress {
  const { protocol, host, pathname, username, searchParams } = new URL(url);
  const where = `${protocol}//${host}${pathname.replace(/\/+$/, '')}`;
  return {
    baseUrl: `${where}/`,
    key: decodeURIComponent(username),
    shopIds: [...new Set((searchParams.get('shop') ?? '1').split(',').map(Number))],
    where,
    caution: protocol === 'https:' ? null : UNSEALED,
  };
}
