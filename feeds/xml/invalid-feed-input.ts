import type { ErrorTraits } from '../../src/core/errors.js';

export interface InvalidFieldDetails {
  /** The SKU of the message, null when the SKU itself cannot be named. */
  readonly sku: string | null;
  /** The element of the message, in Amazon's words. */
  readonly field: string;
  readonly expected: string;
  readonly received: string | number;
}

/**
 * A value that no message may carry. Verdicts catch such values long before; this is the last guard, so that one wrong value
 * is named instead of making Amazon refuse a whole document.
 *
 * A plain class and not `defineError`: `feeds/` takes nothing but types from the rest of the program.
 */
export class InvalidFeedInput extends Error implements ErrorTraits {
  readonly code = 'INVALID_FEED_INPUT';
  readonly status = 422;
  readonly retryable = false;
  readonly details: InvalidFieldDetails;

  constructor(details: InvalidFieldDetails) {
    const owner = details.sku === null ? '' : `SKU ${JSON.stringify(details.sku)}: `;
    super(`${owner}expected ${details.field} to be ${details.expected}, got ${JSON.stringify(details.received)}.`);
    this.name = this.code;
    this.details = details;
  }
}
