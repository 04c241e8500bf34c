import { z } from 'zod';
import { type ErrorTraits, FeedbridgeError, messageOf } from '../core/errors.js';
import { translateDatabaseError } from '../db/db-errors.js';
import { type InputFault, InvalidInput } from './http-errors.js';
import { inputFaults } from './parse-input.js';

/** An error as the outside may see it. */
export interface ErrorAnswer {
  readonly status: number;
  readonly code: string;
  /** What was expected, what came, what to do; null when the error is none of ours, and then nothing of it may be shown. */
  readonly message: string | null;
  readonly faults: readonly InputFault[];
}

/** What body-parser and Express call faults of a request, in our words. */
const REQUEST_FAULTS: Readonly<Record<string, string>> = {
  'entity.too.large': 'Expected a smaller request: it is over the limit of this address. Send it in parts.',
  'parameters.too.many': 'Expected at most 1,000 fields, got more. Send them in parts.',
  'entity.parse.failed': 'Expected valid JSON, got something else. Check commas and quotes.',
  'encoding.unsupported': 'Expected a body without compression of its own kind, got an unknown one.',
  'charset.unsupported': 'Expected UTF-8, got another character set.',
  'request.aborted': 'The request was cut off before it was whole.',
  'request.size.invalid': 'The request was cut off before it was whole.',
};

/**
 * Turns whatever was thrown into an answer: errors of ours keep status and sentence, faults of the request become a 4xx, and
 * anything else is a 500 that says nothing of itself.
 */
export function describeError(thrown: unknown): ErrorAnswer {
  const error = translateDatabaseError(thrown, 'of Feedbridge');
  if (error instanceof z.ZodError) return invalid(inputFaults(error));
  if (error instanceof InvalidInput) return invalid(error.details.faults);
  if (error instanceof FeedbridgeError || hasTraits(error))
    return { status: error.status, code: error.code, message: messageOf(error), faults: [] };
  return describeRequestFault(error) ?? { status: 500, code: 'UNEXPECTED', message: null, faults: [] };
}

function invalid(faults: readonly InputFault[]): ErrorAnswer {
  const { status, code, message } = new InvalidInput({ faults });
  return { status, code, message, faults };
}

/** Errors of `feeds/` are plain classes with the same traits. */
function hasTraits(error: unknown): error is Error & ErrorTraits {
  if (!(error instanceof Error)) return false;
  const { code, status, retryable } = error as Partial<ErrorTraits>;
  return typeof code === 'string' && typeof status === 'number' && typeof retryable === 'boolean';
}

function describeRequestFault(error: unknown): ErrorAnswer | null {
  const { status, type } = (error ?? {}) as { status?: unknown; type?: unknown };
  if (typeof status !== 'number' || status < 400 || status > 499) return null;
  const message = REQUEST_FAULTS[String(type)] ?? 'The request cannot be read. Check its address and its form.';
  return { status, code: 'REQUEST_FAULTY', message, faults: [] };
}
