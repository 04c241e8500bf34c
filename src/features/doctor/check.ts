import { FeedbridgeError, messageOf } from '../../core/errors.js';

/** One thing that was looked at. `skipped`: something before it is wrong. */
export interface Check {
  readonly name: string;
  readonly status: 'ok' | 'failed' | 'skipped';
  /** A sentence: what was found, or what is wrong and what to do. */
  readonly finding: string;
}

/**
 * Looks at one thing.
 *
 * @param fix what to do about a failure whose error does not say it itself
 * @param look returns a sentence on what it found; throwing is failing
 */
export async function check(name: string, fix: string, look: () => Promise<string> | string): Promise<Check> {
  try {
    return { name, status: 'ok', finding: await look() };
  } catch (error) {
    const finding = error instanceof FeedbridgeError ? error.message : `${messageOf(error)}. ${fix}`;
    return { name, status: 'failed', finding };
  }
}

/** What cannot be looked at because of what failed before. */
export function skipped(name: string): Check {
  return { name, status: 'skipped', finding: 'Not looked at, because of what failed above.' };
}
