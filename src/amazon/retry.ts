import type { pause } from '../core/clock.js';
import { isRetryable } from '../core/errors.js';
import {
  CallAborted,
  DocumentDamaged,
  DocumentLinkExpired,
  QuotaExceeded,
  Unavailable,
  UnexpectedAnswer,
  Unreachable,
} from './amazon-errors.js';

const LONGEST_DELAY_MS = 300_000;
const NETWORK_BASE_MS = 1000;
const QUOTA_TRIES = 8;
const NETWORK_TRIES = 4;

/** How often a failed call is made in all, and the delay that doubles from try to try. */
export interface RetryPlan {
  readonly maxTries: number;
  readonly baseMs: number;
}

export interface RetryOptions {
  readonly operation: string;
  readonly signal: AbortSignal;
  readonly pause: typeof pause;
  /** 0 <= n < 1. */
  readonly random: () => number;
  /** Null: this failure is final. */
  readonly plan: (error: unknown) => RetryPlan | null;
  readonly onRepeat: (error: unknown, tries: number, delayMs: number) => void;
}

/**
 * Makes an attempt again and again until it succeeds, fails for good, or the plan's tries are used up.
 *
 * @returns what the attempt returns
 * @throws the last failure, or CallAborted (caused by it) when the signal ends the wait
 * @source full jitter: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export async function withRetries<T>(attempt: () => Promise<T>, options: RetryOptions): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      const plan = options.plan(error);
      if (plan === null || tries >= plan.maxTries) throw error;
      const delayMs = Math.round(options.random() * Math.min(LONGEST_DELAY_MS, plan.baseMs * 2 ** (tries - 1)));
      options.onRepeat(error, tries, delayMs);
      const passed = await options.pause(delayMs, options.signal);
      if (!passed) throw new CallAborted({ operation: options.operation }, { cause: error });
    }
  }
}

/**
 * The plan for a failed operation: 429 and 5xx of the operation itself go by its quota, all else that may heal by seconds.
 *
 * @param operation name of the operation that was tried; a refusal of another one (the token) is not measured by its quota
 * @param ratePerSecond the quota in force
 * @returns null for what a repeat cannot heal: refusals, effects that may have happened, answers that are not Amazon's
 */
export function retryPlan(error: unknown, operation: string, ratePerSecond: number): RetryPlan | null {
  if (!isRetryable(error) || error instanceof CallAborted || error instanceof UnexpectedAnswer) return null;
  const refused = error instanceof QuotaExceeded || error instanceof Unavailable;
  if (refused && error.details.operation === operation) {
    return { maxTries: QUOTA_TRIES, baseMs: 1000 / ratePerSecond };
  }
  return { maxTries: NETWORK_TRIES, baseMs: NETWORK_BASE_MS };
}

/**
 * The plan for moving a document, which has no quota: broken and refused transfers are tried again after seconds.
 *
 * @param operation "uploadDocument" or "downloadDocument"; what the call for the link failed with was repeated by that call and is final here
 */
export function transferRetryPlan(error: unknown, operation: string): RetryPlan | null {
  const broken = error instanceof Unreachable || error instanceof Unavailable;
  const again = broken ? error.details.operation === operation : isDamagedDownload(error, operation);
  return again ? { maxTries: NETWORK_TRIES, baseMs: NETWORK_BASE_MS } : null;
}

/** Only a download asks for a new link with every try. */
function isDamagedDownload(error: unknown, operation: string): boolean {
  return operation === 'downloadDocument' && (error instanceof DocumentDamaged || error instanceof DocumentLinkExpired);
}
