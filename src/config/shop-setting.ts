import { readMysqlUrl } from './mysql-url.js';
import type { Reading } from './reading.js';

/** Where the shop's catalogue is read: our own demo shop, or a PrestaShop database. */
export type ShopSetting =
  | { readonly kind: 'demo' }
  /** `mysql://user:password@host:port/database?prefix=ps_&shop=1,2`, as `openShop` takes it. Holds a password. */
  | { readonly kind: 'prestashop'; readonly url: string };

const EXPECTED = 'demo or mysql://USER:PASSWORD@HOST:PORT/DATABASE?prefix=ps_&shop=1';

/**
 * Reads FEEDBRIDGE_SHOP.
 *
 * @param text `demo`, or a URL whose query may hold `prefix` and `shop`
 * @returns the setting, or what is wrong with the text in words that hold no part of user or password
 */
export function readShopSetting(text: string): Reading<ShopSetting> {
  if (text === 'demo') return { value: { kind: 'demo' } };
  if (!text.startsWith('mysql://')) return { expected: EXPECTED, received: 'a text that begins with neither' };
  const url = readMysqlUrl(text);
  if ('expected' in url) return url;
  const query = url.value.searchParams;
  const unknown = [...query.keys()].find((name) => name !== 'prefix' && name !== 'shop');
  // A password with an unencoded ? would end up here: only a plain word is repeated.
  if (unknown !== undefined)
    return { expected: EXPECTED, received: /^\w{1,20}$/.test(unknown) ? `the option "${unknown}"` : 'another option' };
  const prefix = query.get('prefix') ?? '';
  if (!/^\w*$/.test(prefix))
    return { expected: 'a prefix of letters, digits and _', received: `prefix=${JSON.stringify(prefix)}` };
  const shop = query.get('shop') ?? '1';
  if (!/^[1-9]\d{0,8}(,[1-9]\d{0,8})*$/.test(shop))
    return { expected: 'ids of shop contexts (shop=1 or shop=1,2)', received: `shop=${JSON.stringify(shop)}` };
  return { value: { kind: 'prestashop', url: text } };
}
