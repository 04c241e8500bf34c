import { z } from 'zod';

/** Where a PrestaShop database is, and which of its shops are meant. */
export interface ShopAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly prefix: string;
  readonly shopIds: readonly number[];
}

/** What a table prefix may consist of: it becomes part of SQL. */
export const tablePrefix = z.string().regex(/^[A-Za-z0-9_]*$/, 'prefix may hold only letters, digits and _');

const PREFIX = 'ps_';
const SHOP = '1';

/**
 * Reads the parts of the address of a PrestaShop database.
 *
 * @param url `mysql://user:password@host:3306/database?prefix=ps_&shop=1,2`, parts percent-encoded, as the configuration has
 *   checked it; the prefix is `ps_` and the shop 1 when not said
 */
export function shopAddress(url: string): ShopAddress {
  const { hostname, port, pathname, username, password, searchParams } = new URL(url);
  const shopIds = (searchParams.get('shop') ?? SHOP).split(',').map(Number);
  return {
    // A URL keeps an IPv6 address in brackets, the network does not.
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port === '' ? 3306 : Number(port),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)),
    prefix: searchParams.get('prefix') ?? PREFIX,
    shopIds: [...new Set(shopIds)],
  };
}
