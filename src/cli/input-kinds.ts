import { z } from 'zod';

/** Values of options and arguments, each with the words that follow "Expected … to be". */

export const flag = z.boolean().default(false);

/** A text that is not empty. */
export function named(what: string) {
  return z.string({ error: what }).min(1, { error: what });
}

/** The number of a row, from 1. */
export function idOf(what: string) {
  const expected = `the number of ${what}`;
  return z
    .string({ error: expected })
    .regex(/^[1-9]\d{0,14}$/, { error: expected })
    .transform(Number);
}

/** A whole number between two others, both included. */
export function wholeNumber(min: number, max: number) {
  const expected = `a whole number from ${min} to ${max}`;
  return z
    .string({ error: expected })
    .regex(/^\d{1,15}$/, { error: expected })
    .transform(Number)
    .refine((value) => value >= min && value <= max, { error: expected });
}

/** How many rows a list shows. */
export const limit = wholeNumber(1, 1_000_000).optional();

/** Numbers separated by commas, such as 12,13: each once, in their order. */
export function idList(what: string) {
  const expected = `numbers of ${what} separated by commas, such as 12,13`;
  return z
    .string({ error: expected })
    .regex(/^\s*[1-9]\d{0,14}\s*(,\s*[1-9]\d{0,14}\s*)*$/, { error: expected })
    .transform((text) => [...new Set(text.split(',').map(Number))]);
}

/** Texts separated by commas, without outer spaces. */
export function textList(what: string) {
  const split = (text: string) =>
    text
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '');
  return z
    .string({ error: what })
    .transform(split)
    .refine((texts) => texts.length > 0, { error: what });
}

/** An instant with its zone. */
export const instant = z.iso.datetime({ offset: true, error: 'an instant such as 2026-11-21T14:00:00Z' });

/** Exactly one of the words. */
export function oneOf<const T extends readonly [string, ...string[]]>(words: T) {
  return z.enum(words, { error: `one of ${words.join(', ')}` });
}

/** The two options by which most commands are narrowed; `inMarketplace` of marketplace-choice.ts reads them. */
export const narrowing = {
  account: named('the name of an account').optional(),
  marketplace: named('FR or ACCOUNT/FR').optional(),
};

export const narrowingOptions = [
  ['--account <name>', 'only this account'],
  ['--marketplace <country>', 'only this marketplace: FR, or ACCOUNT/FR'],
] as const;
