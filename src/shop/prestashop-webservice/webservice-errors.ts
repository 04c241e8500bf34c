import { defineError } from '../../core/errors.js';

interface Called {
  /** The Webservice in words, without the key. */
  readonly where: string;
}

export const WebserviceUnreachable = defineError<Called & { reason: string }>(
  'WEBSERVICE_UNREACHABLE',
  503,
  ({ where, reason }) =>
    `Expected the shop's Webservice ${where} to answer, got ${reason}. Check the address in FEEDBRIDGE_SHOP, and that the shop is up.`,
  { retryable: true },
);

export const WebserviceBusy = defineError<Called & { status: number; retryAfterMs: number | null; excerpt: string }>(
  'WEBSERVICE_BUSY',
  503,
  ({ where, status, excerpt }) =>
    `The shop's Webservice ${where} answered HTTP ${status} again and again${quoted(excerpt)}. It is overloaded, or something before it limits our calls: try again later, or ask its host.`,
  { retryable: true },
);

export const WebserviceUnreadable = defineError<Called & { reason: string; excerpt: string }>(
  'WEBSERVICE_UNREADABLE',
  502,
  ({ where, reason, excerpt }) =>
    `Expected XML from the shop's Webservice ${where}, got ${reason}${quoted(excerpt)}. Look into the shop's error log.`,
  { retryable: true },
);

export const WebserviceFieldMissing = defineError<{ field: string; received: string }>(
  'WEBSERVICE_FIELD_MISSING',
  502,
  ({ field, received }) =>
    `Expected the field ${field} in an answer of the shop's Webservice, got ${received}. A module of the shop may change its answers.`,
);

export const WebserviceDisordered = defineError<{ resource: string; after: number; received: number }>(
  'WEBSERVICE_DISORDERED',
  502,
  ({ resource, after, received }) =>
    `Expected the ${resource} of the shop's Webservice above id ${after} in the order of their ids, got ${received}. A module of the shop may change its answers.`,
);

export const WebserviceListTorn = defineError<{ resource: string; after: number; last: number }>(
  'WEBSERVICE_LIST_TORN',
  502,
  ({ resource, after, last }) =>
    `Expected the ${resource} of the shop's Webservice up to id ${last}, got none above ${after}. Nothing is taken for gone because of that; it is asked again with the next task.`,
  { retryable: true },
);

export const WebserviceShopEmpty = defineError<Called & { shopId: number }>(
  'WEBSERVICE_SHOP_EMPTY',
  502,
  ({ where, shopId }) =>
    `Expected products of shop ${shopId} from the shop's Webservice ${where}, got none, though it shows stock of that shop. Nothing is taken for gone because of that. Look whether the key still holds for the shop; a shop that is to sell nothing is taken out of shop= in FEEDBRIDGE_SHOP.`,
);

export const WebserviceKeyRefused = defineError<Called & { words: string }>(
  'WEBSERVICE_KEY_REFUSED',
  503,
  ({ where, words }) =>
    `The shop's Webservice ${where} refused the key${quoted(words)}. Check the key in FEEDBRIDGE_SHOP (32 characters, switched on under Advanced Parameters > Webservice), and that the web server passes the Authorization header on to PHP.`,
);

export const WebserviceSwitchedOff = defineError<Called>(
  'WEBSERVICE_SWITCHED_OFF',
  503,
  ({ where }) =>
    `The shop's Webservice ${where} is switched off. Switch it on in the shop under Advanced Parameters > Webservice.`,
);

export const WebserviceRightMissing = defineError<Called & { method: string; resource: string }>(
  'WEBSERVICE_RIGHT_MISSING',
  403,
  ({ where, method, resource }) =>
    `The key of the shop's Webservice ${where} may not ${method} ${resource}. Tick ${method} for ${resource} in the key's permissions.`,
);

export const WebserviceShopRefused = defineError<Called & { shopId: number }>(
  'WEBSERVICE_SHOP_REFUSED',
  403,
  ({ where, shopId }) =>
    `The key of the shop's Webservice ${where} does not hold for shop ${shopId}. Add that shop to the key in the shop, or correct shop= in FEEDBRIDGE_SHOP.`,
);

export const WebserviceShopUnknown = defineError<Called & { shopId: number; redirectedTo: string }>(
  'WEBSERVICE_SHOP_UNKNOWN',
  422,
  ({ where, shopId, redirectedTo }) =>
    `Expected an answer of ${where} for shop ${shopId}, got a redirect to ${redirectedTo}. PrestaShop does that for a shop it does not have, and for an address that is not its own (http instead of https, another host). Correct shop= or the address in FEEDBRIDGE_SHOP.`,
);

export const WebserviceNotFound = defineError<Called & { path: string }>(
  'WEBSERVICE_NOT_FOUND',
  404,
  ({ where, path }) =>
    `The shop's Webservice ${where} knows no ${path}. Check the address in FEEDBRIDGE_SHOP: it ends with /api.`,
);

export const WebserviceRefused = defineError<Called & { path: string; status: number; words: string }>(
  'WEBSERVICE_REFUSED',
  502,
  ({ where, path, status, words }) =>
    `The shop's Webservice ${where} refused the call of ${path} with HTTP ${status}${quoted(words)}.`,
);

function quoted(words: string): string {
  return words === '' ? '' : `: ${JSON.stringify(words)}`;
}
