import { defineError } from '../core/errors.js';

export const HostForeign = defineError<{ host: string; allowed: string }>(
  'HOST_FOREIGN',
  421,
  ({ host, allowed }) =>
    `Expected this service under ${allowed}, was asked for as ${JSON.stringify(host)}. Use that address, or set HOST to the name that people use.`,
);

export const OriginForeign = defineError<{ origin: string }>(
  'ORIGIN_FOREIGN',
  403,
  ({ origin }) =>
    `Expected a form of this service, got one ${origin}. Nothing was changed. Open the page here and send the form again; programs use the API under /api/v1.`,
);

export const FormExpired = defineError(
  'FORM_EXPIRED',
  403,
  'The form does not belong to your present login, perhaps because that one has ended. Nothing was changed. Go back, reload the page, and send the form again.',
);

export const TokenNeeded = defineError<{ received: string }>(
  'TOKEN_NEEDED',
  401,
  ({ received }) =>
    `Expected "Authorization: Bearer TOKEN", got ${received}. "feedbridge token add NAME" makes a token, shown once.`,
);

export const PageUnknown = defineError<{ path: string }>(
  'PAGE_UNKNOWN',
  404,
  ({ path }) => `There is nothing at ${path}. Follow the menu, or check the address.`,
);

export const TooManyAttempts = defineError<{ minutes: number }>(
  'TOO_MANY_ATTEMPTS',
  429,
  ({ minutes }) => `Too many failed logins. Wait ${minutes} minutes and try again.`,
);

/** A field that cannot be taken, and why. */
export interface InputFault {
  /** Its name, with dots for what lies inside; empty for the whole input. */
  readonly field: string;
  readonly message: string;
}

export const InvalidInput = defineError<{ faults: readonly InputFault[] }>('INVALID_INPUT', 422, ({ faults }) =>
  faults.map(({ field, message }) => (field === '' ? message : `${field}: ${message}`)).join('; '),
);
