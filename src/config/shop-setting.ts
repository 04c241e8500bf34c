import { readMysqlUrl } from './mysql-url.js';
import type { Reading } from './reading.js';
import { readWebserviceUrl } from './webservice-url.js';

/** Where the shop's catalogue is read: our own demo shop, or a PrestaShop by its database or its Webservice. */
export type ShopSetting =
  | { readonly kind: 'demo' }
  /** `mysql://user:password@host:port/database?prefix=ps_&shop=1,2`, as `openShop` takes it. Holds a password. */
  | { readonly kind: 'prestashop'; readonly url: string }
  /** `https://KEY@host/path/api?shop=1,2`, as `openShop` takes it. Holds a key. */
  | { readonly kind: 'webservice'; readonly url: string };

const EXPECTED = 'demo, mysql://USER:PASSWORD@HOST:PORT/DATABASE?prefix=ps_&shop=1 or https://KEY@HOST/PATH/api?shop=1';

/**
 * Reads FEEDBRIDGE_SHOP.
 *
 * @param text `demo`, or a URL whose query may hold `shop`, and for a database `prefix`
 * @returns the setting, or what is wrong with the text in words that hold no part of user, password or key
 */
export function readShopSetting(text: string): Reading<ShopSetting> {
  if (text === 'demo') return { value: { kind: 'demo' } };
  const isWebservice = /^https?:\/\//.test(text);
  if (!isWebservice && !text.startsWith('mysql://'))
    return { expected: EXPECTED, received: 'a text that begins with neither' };
  const url = isWebservice ? readWebserviceUrl(text) : readMysqlUrl(text);
  if ('expected' in url) return url;
  const fault = faultOfOptions(url.value, isWebservice ? ['shop'] : ['prefix', 'shop']);
  return fault ?? { value: { kind: isWebservice ? 'webservice' : 'prestashop', url: text } };
}

function faultOfOptions(url: URL, options: readonly string[]): { expected: string; received: string } | null {
  const query = url.searchParams;
  const unknown = [...query.keys()].find((name) => !options.includes(name));
  // A password with an unencoded ? would end up here: only a plain word is repeated.
  if (unknown !== undefined)
    return { expected: EXPECTED, received: /^\w{1,20}$/.test(unknown) ? `the option "${unknown}"` : 'another option' };
  const prefix = query.get('prefix') ?? '';
  if (!/^\w*$/.test(prefix))
    return { expected: 'a prefix of letters, digits and _', received: `prefix=${JSON.stringify(prefix)}` };
  const shop = query.get('shop') ?? '1';
  if (!/^[1-9]\d{0,8}(,[1-9]\d{0,8})*$/.test(shop))
    return { expected: 'ids of shop contexts (shop=1 or shop=1,2)', received: `shop=${JSON.stringify(shop)}` };
  return null;
}
