import type { Reading } from './reading.js';

const EXPECTED = 'https://KEY@HOST/PATH/api';
/** PrestaShop's own length of a key; the shop refuses any other. */
const KEY = /^[\w-]{32}$/;

/**
 * Looks whether a text is the address of a PrestaShop Webservice with its key; http is for shops that are local or for tests.
 *
 * @param text a query after it is left to the caller
 * @returns the URL, or what is wrong in words that hold no part of the key
 */
export function readWebserviceUrl(text: string): Reading<URL> {
  if (!URL.canParse(text)) return { expected: EXPECTED, received: 'no valid URL' };
  const url = new URL(text);
  if (!['http:', 'https:'].includes(url.protocol))
    return { expected: EXPECTED, received: `the protocol "${url.protocol}"` };
  if (url.username === '') return { expected: EXPECTED, received: 'no key before the host' };
  if (!KEY.test(url.username) || url.password !== '')
    return { expected: `${EXPECTED} with the 32 characters of the key`, received: 'another key or a password' };
  if (!/\/api\/?$/.test(url.pathname))
    return { expected: `${EXPECTED}, ending with /api`, received: 'an address that ends otherwise' };
  return { value: url };
}
