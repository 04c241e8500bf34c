import { defineError } from '../core/errors.js';

/** What Amazon said, without secrets; `requestId` is what its support asks for. */
export interface AmazonRefusal {
  readonly operation: string;
  readonly status: number;
  /** Amazon's own code and text; null where it sent none. */
  readonly amazonCode: string | null;
  readonly amazonMessage: string | null;
  readonly requestId: string | null;
}

export const AuthorizationLost = defineError<{ host: string }>(
  'AMAZON_AUTHORIZATION_LOST',
  502,
  ({ host }) =>
    `Expected an access token from ${host}, got invalid_grant: the seller took back the authorization, or it has run out. Authorize the account again in Seller Central and store the new refresh token.`,
);

export const ClientRefused = defineError<{ host: string }>(
  'AMAZON_CLIENT_REFUSED',
  502,
  ({ host }) =>
    `Expected an access token from ${host}, got invalid_client: client id and secret do not match, or the secret is past its 180 days. Store the application's current client secret.`,
);

export const TokenRefused = defineError<{ host: string; reason: string }>(
  'AMAZON_TOKEN_REFUSED',
  502,
  ({ host, reason }) =>
    `Expected an access token from ${host}, got ${reason}. Check the account's token URL and the application's settings.`,
);

export const QuotaExceeded = defineError<AmazonRefusal>(
  'AMAZON_QUOTA_EXCEEDED',
  503,
  (refusal) =>
    `Amazon refused ${refusal.operation} because the quota is used up${said(refusal)}. It is tried again later.`,
  { retryable: true },
);

export const Unavailable = defineError<AmazonRefusal>(
  'AMAZON_UNAVAILABLE',
  503,
  (refusal) =>
    `Amazon could not serve ${refusal.operation} (HTTP ${refusal.status})${said(refusal)}. It is tried again later.`,
  { retryable: true },
);

/** No answer, and nothing can have happened or repeating harms nothing. */
export const Unreachable = defineError<{ operation: string; host: string; reason: string }>(
  'AMAZON_UNREACHABLE',
  503,
  ({ operation, host, reason }) =>
    `Expected an answer of ${host} to ${operation}, got ${reason}. Check the address, the network and the firewall; it is tried again later.`,
  { retryable: true },
);

/** The request may have been received: the effect may have happened. Never repeat it blindly, find out first. */
export const NoAnswer = defineError<{ operation: string; host: string; reason: string; requestId: string | null }>(
  'AMAZON_NO_ANSWER',
  504,
  ({ operation, host, reason, requestId }) =>
    `${operation} was sent to ${host}, got ${reason}${requestId ? ` (request ${requestId})` : ''}: it may or may not have taken effect. Look at Amazon for it before sending it again.`,
);

export const Forbidden = defineError<AmazonRefusal>(
  'AMAZON_FORBIDDEN',
  502,
  (refusal) =>
    `Amazon refused ${refusal.operation} (HTTP ${refusal.status})${said(refusal)}. The application lacks the role for it, or the account belongs to another region or marketplace. Check both; a new role needs a new authorization by the seller.`,
);

export const BadRequest = defineError<AmazonRefusal>(
  'AMAZON_BAD_REQUEST',
  502,
  (refusal) =>
    `Amazon refused ${refusal.operation} as wrong (HTTP ${refusal.status})${said(refusal)}. Correct what it names; the same request is refused again.`,
);

export const NotFound = defineError<AmazonRefusal>(
  'AMAZON_NOT_FOUND',
  404,
  (refusal) =>
    `Amazon does not know what ${refusal.operation} asks for${said(refusal)}. Feeds and reports are kept 90 days, result documents 28.`,
);

export const TooLarge = defineError<AmazonRefusal>(
  'AMAZON_TOO_LARGE',
  502,
  (refusal) => `Amazon refused ${refusal.operation} as too large${said(refusal)}. Send it in smaller parts.`,
);

export const UnexpectedAnswer = defineError<{
  operation: string;
  host: string;
  received: string;
  requestId: string | null;
}>(
  'AMAZON_UNEXPECTED_ANSWER',
  502,
  ({ operation, host, received, requestId }) =>
    `Expected the documented answer of ${host} to ${operation}, got ${received}${requestId ? ` (request ${requestId})` : ''}. If it stays so, check the account's base URL and what stands between here and Amazon.`,
  { retryable: true },
);

export const CallAborted = defineError<{ operation: string }>(
  'AMAZON_CALL_ABORTED',
  503,
  ({ operation }) => `${operation} was given up before it took effect, because its caller ended. Start it again.`,
  { retryable: true },
);

export const DocumentLinkExpired = defineError<{ host: string }>(
  'AMAZON_DOCUMENT_LINK_EXPIRED',
  502,
  ({ host }) =>
    `Expected ${host} to take or give the document, got "expired": the link is good for five minutes. Ask for a new one.`,
  { retryable: true },
);

export const DocumentRefused = defineError<{ host: string; status: number; reason: string }>(
  'AMAZON_DOCUMENT_REFUSED',
  502,
  ({ host, status, reason }) =>
    `Expected ${host} to take or give the document, got HTTP ${status} ${reason}. An upload must carry exactly the content type that was announced.`,
);

export const DocumentTooLarge = defineError<{ limitBytes: number }>(
  'AMAZON_DOCUMENT_TOO_LARGE',
  502,
  ({ limitBytes }) =>
    `Expected a document of at most ${limitBytes} bytes unzipped, got more. Raise the limit if it is genuine.`,
);

export const DocumentDamaged = defineError<{ host: string; reason: string }>(
  'AMAZON_DOCUMENT_DAMAGED',
  502,
  ({ host, reason }) => `Expected a whole document from ${host}, got ${reason}. Download it again.`,
  { retryable: true },
);

export const DocumentNotSaved = defineError<{ path: string; reason: string }>(
  'AMAZON_DOCUMENT_NOT_SAVED',
  507,
  ({ path, reason }) =>
    `Expected to write ${path}, got "${reason}". Make room or give this program the right to write there.`,
);

export const AddressInvalid = defineError<{ name: string }>(
  'AMAZON_ADDRESS_INVALID',
  422,
  ({ name }) =>
    `Expected an address such as "https://sellingpartnerapi-eu.amazon.com" as ${name} of the account, got something else. Correct it.`,
);

function said(refusal: AmazonRefusal): string {
  const text = [refusal.amazonCode, refusal.amazonMessage].filter((part) => part !== null).join(': ');
  const request = refusal.requestId === null ? '' : ` (request ${refusal.requestId})`;
  return text === '' ? request : `, saying "${text}"${request}`;
}
