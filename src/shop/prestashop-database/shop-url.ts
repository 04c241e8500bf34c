import { z } from 'zod';
import { InvalidShopUrl } from './shop-errors.js';

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

const shopIdList = z
  .string()
  .regex(/^[1-9]\d{0,8}(,[1-9]\d{0,8})*$/, 'shop must list shop ids such as 1 or 1,2')
  .transform((text) => [...new Set(text.split(',').map(Number))]);

const addressParts = z.object({
  protocol: z.literal('mysql:', 'it does not begin with mysql://'),
  host: z.string().min(1, 'the host is missing'),
  port: z.coerce.number().int().min(1).max(65_535),
  database: z.string().min(1, 'the database name is missing after the host'),
  prefix: tablePrefix,
  shop: shopIdList,
});

/**
 * Reads the address of a PrestaShop database.
 *
 * @param text `mysql://user:password@host:3306/database?prefix=ps_&shop=1,2`, parts percent-encoded; the prefix is `ps_`
 *   and the shop 1 when not said
 * @throws InvalidShopUrl naming what is wrong, never user or password
 */
export function parseShopUrl(text: string): ShopAddress {
  if (!URL.canParse(text))
    throw new InvalidShopUrl({ reason: 'it is not a URL (special characters need percent-encoding)' });
  const url = new URL(text);
  refuseUnknownOptions(url);
  const parsed = addressParts.safeParse({
    protocol: url.protocol,
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? 3306 : url.port,
    database: decode(url.pathname.slice(1), 'the database name'),
    prefix: url.searchParams.get('prefix') ?? 'ps_',
    shop: url.searchParams.get('shop') ?? '1',
  });
  if (!parsed.success)
    throw new InvalidShopUrl({ reason: parsed.error.issues.map((issue) => issue.message).join(', and ') });
  const { host, port, database, prefix, shop } = parsed.data;
  const user = decode(url.username, 'the user');
  return { host, port, database, prefix, shopIds: shop, user, password: decode(url.password, 'the password') };
}

function refuseUnknownOptions(url: URL): void {
  for (const name of url.searchParams.keys())
    if (name !== 'prefix' && name !== 'shop')
      throw new InvalidShopUrl({ reason: `it has the unknown option ${JSON.stringify(name)}` });
}

function decode(part: string, what: string): string {
  try {
    return decodeURIComponent(part);
  } catch (cause) {
    throw new InvalidShopUrl({ reason: `${what} is not percent-encoded properly` }, { cause });
  }
}
