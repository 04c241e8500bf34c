import { readDocument } from './read-document.js';
import type { WebserviceAddress } from './webservice-address.js';
import {
  WebserviceBusy,
  WebserviceKeyRefused,
  WebserviceNotFound,
  WebserviceRefused,
  WebserviceRightMissing,
  WebserviceShopRefused,
  WebserviceShopUnknown,
  WebserviceSwitchedOff,
  WebserviceUnreadable,
} from './webservice-errors.js';
import type { XmlElement } from './webservice-record.js';

export type WebserviceMethod = 'GET' | 'PUT' | 'PATCH';

/** What was asked, for the errors. */
export interface AskedCall {
  readonly address: WebserviceAddress;
  readonly method: WebserviceMethod;
  /** "products" or "products/12". */
  readonly path: string;
  readonly shopId: number;
}

export interface RawAnswer {
  readonly status: number;
  readonly body: string;
  /** Of the header Location, empty when there is none. */
  readonly location: string;
  /** How long to wait before the next try, as the header Retry-After says; null when it does not. */
  readonly retryAfterMs: number | null;
}

export interface Document {
  readonly root: XmlElement;
  /** What stood before or after the document: notices of PHP, text of modules. At most 500 characters, without the key. */
  readonly strayText: string;
}

/**
 * Turns an answer of the Webservice into its document, or into the error that it means.
 *
 * @throws the errors of webservice-errors.ts; those that may heal are retryable
 * @source PrestaShop classes/webservice/WebserviceRequest.php, recorded answers (measured facts, section 10)
 */
export function interpretAnswer(answer: RawAnswer, call: AskedCall): Document {
  const { where } = call.address;
  if (answer.status >= 300 && answer.status < 400)
    throw new WebserviceShopUnknown({ where, shopId: call.shopId, redirectedTo: placeOf(answer.location) });
  const reading = readDocument(answer.body);
  const errors = reading.root === null ? [] : errorsOf(reading.root);
  if (errors.length > 0) throw refusalOf(answer, errors, call);
  if (answer.status < 300 && reading.root !== null)
    return { root: reading.root, strayText: excerptOf(reading.strayText, call.address) };
  const excerpt = excerptOf(answer.body, call.address);
  if (answer.status < 300)
    throw new WebserviceUnreadable({ where, reason: reading.root === null ? reading.reason : '', excerpt });
  throw withoutWords(answer, excerpt, call);
}

interface WebserviceFault {
  readonly code: number;
  readonly message: string;
}

const KEY_CODES: ReadonlySet<number> = new Set([17, 18, 19, 20, 21]);
const SWITCHED_OFF = 22;
const RIGHT_MISSING = 25;
const METHOD_MISSING = 101;
const NOT_IN_SHOP = 131;
const SHOP_REFUSED = 132;
/** Notices of PHP, which PHP 8 turns into errors of the answer. */
const PHP_NOTICE = 3;

function refusalOf(answer: RawAnswer, errors: readonly WebserviceFault[], call: AskedCall): Error {
  const { address, method, path, shopId } = call;
  const { where } = address;
  const has = (code: number) => errors.some((error) => error.code === code);
  const words = excerptOf(errors.map(({ code, message }) => `${code} ${message}`).join('; '), address);
  if (errors.some(({ code }) => KEY_CODES.has(code))) return new WebserviceKeyRefused({ where, words });
  if (has(SWITCHED_OFF)) return new WebserviceSwitchedOff({ where });
  const resource = path.split('/', 1)[0] ?? path;
  if (has(RIGHT_MISSING) || has(METHOD_MISSING)) return new WebserviceRightMissing({ where, method, resource });
  if (has(SHOP_REFUSED)) return new WebserviceShopRefused({ where, shopId });
  if (has(NOT_IN_SHOP)) return new WebserviceNotFound({ where, path });
  const onlyNotices = errors.every(({ code }) => code === PHP_NOTICE);
  if (answer.status === 429 || (answer.status >= 500 && onlyNotices))
    return new WebserviceBusy({ where, status: answer.status, retryAfterMs: answer.retryAfterMs, excerpt: words });
  return new WebserviceRefused({ where, path, status: answer.status, words });
}

/** An error that says nothing as XML: from PHP, the web server, or something before it. */
function withoutWords({ status, retryAfterMs, body }: RawAnswer, excerpt: string, call: AskedCall): Error {
  const { where } = call.address;
  const { path } = call;
  if (status === 401) return new WebserviceKeyRefused({ where, words: excerpt });
  if (status === 404) return new WebserviceNotFound({ where, path });
  const html = /^\s*</.test(body);
  // A firewall's page (403) often stands for "too many calls"; the Webservice itself says what it refuses in XML.
  if (status === 429 || status === 408 || status >= 500 || (status === 403 && html))
    return new WebserviceBusy({ where, status, retryAfterMs, excerpt });
  return new WebserviceRefused({ where, path, status, words: excerpt });
}

function errorsOf(root: XmlElement): readonly WebserviceFault[] {
  const list = root.children.find(({ name }) => name === 'errors');
  return (list?.children ?? []).map(({ children }) => {
    const text = (name: string) => children.find((child) => child.name === name)?.text ?? '';
    return { code: Number(text('code')) || 0, message: text('message') };
  });
}

const LONGEST_EXCERPT = 500;

/** The beginning of a text from outside, without the key in any form in which it travels. */
export function excerptOf(text: string, { key }: Pick<WebserviceAddress, 'key'>): string {
  if (key === '') return text.slice(0, LONGEST_EXCERPT);
  const forms = [key, encodeURIComponent(key), Buffer.from(`${key}:`).toString('base64')];
  return forms.reduce((masked, form) => masked.replaceAll(form, '[key]'), text).slice(0, LONGEST_EXCERPT);
}

/** Where a redirect leads, without its query. */
function placeOf(location: string): string {
  if (location === '') return 'nowhere';
  return location.replace(/[?#].*$/, '').replace(/\/\/[^/@]*@/, '//');
}
