import { validate } from 'node-cron';
import type { ExactPrice } from '../../core/money.js';
import { printAmount, readAmount } from './amount-text.js';
import { type SettingKind, settingKind } from './setting-kind.js';

export const onOff: SettingKind<boolean> = settingKind(
  'on or off',
  (text) => (text === 'on' ? true : text === 'off' ? false : undefined),
  (value) => (value ? 'on' : 'off'),
);

/** Exactly one of the words. */
export function oneOf<const T extends string>(words: readonly T[]): SettingKind<T> {
  return settingKind(
    `one of ${words.join(', ')}`,
    (text) => words.find((word) => word === text),
    (value) => value,
  );
}

/** One or more of the words, separated by commas; printed in the order of `words`. */
export function someOf<const T extends string>(words: readonly T[]): SettingKind<ReadonlySet<T>> {
  const read = (text: string) => {
    const chosen = new Set<T>();
    for (const piece of text.split(',')) {
      const word = words.find((one) => one === piece.trim());
      if (word === undefined) return undefined;
      chosen.add(word);
    }
    return chosen;
  };
  const print = (value: ReadonlySet<T>) => words.filter((word) => value.has(word)).join(',');
  return settingKind(`one or more of ${words.join(', ')}, separated by commas`, read, print);
}

/** Ids of the shop, separated by commas; printed in ascending order. `emptyWord` stands for the empty set. */
export function idSet(emptyWord: string): SettingKind<ReadonlySet<number>> {
  const read = (text: string) => {
    if (text === '' || text === emptyWord) return new Set<number>();
    const pieces = text.split(',').map((piece) => piece.trim());
    return pieces.every((piece) => /^[1-9]\d{0,9}$/.test(piece)) ? new Set(pieces.map(Number)) : undefined;
  };
  const print = (value: ReadonlySet<number>) =>
    value.size === 0 ? emptyWord : [...value].sort((a, b) => a - b).join(',');
  return settingKind(`ids separated by commas, such as 3,14, or "${emptyWord}"`, read, print);
}

/** A whole number from `min` to `max`, both included. */
export function wholeNumber(min: number, max: number): SettingKind<number> {
  const read = (text: string) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    return value >= min && value <= max ? value : undefined;
  };
  return settingKind(`a whole number from ${min} to ${max}`, read, String);
}

/** An amount of money that is not negative. */
export const amount: SettingKind<ExactPrice> = settingKind(
  'an amount such as 12.50',
  (text) => readAmount(text) ?? undefined,
  printAmount,
);

/** A factor above zero, kept as its text. */
export const rate: SettingKind<string> = settingKind(
  'a rate above 0 such as 0.8525',
  (text) => {
    const value = readAmount(text);
    return value === null || value === 0n ? undefined : printAmount(value);
  },
  (value) => value,
);

/** A text on one line that fits a pattern. */
export function lineOfText(form: string, pattern: RegExp): SettingKind<string> {
  return settingKind(
    form,
    (text) => (pattern.test(text) ? text : undefined),
    (value) => value,
  );
}

/** ISO 3166-1 alpha-2; "UK", as Amazon says, is taken as "GB". */
export const isoCountry: SettingKind<string> = settingKind(
  'a country code of two letters such as FR',
  (text) => {
    const country = text.toUpperCase();
    if (!/^[A-Z]{2}$/.test(country)) return undefined;
    return country === 'UK' ? 'GB' : country;
  },
  (value) => value,
);

/** ISO 639-1. */
export const isoLanguage: SettingKind<string> = settingKind(
  'a language code of two letters such as fr',
  (text) => (/^[A-Za-z]{2}$/.test(text) ? text.toLowerCase() : undefined),
  (value) => value,
);

/** Five fields, as crontab has them: node-cron also takes a sixth for seconds, which crontab would misread. */
export const cadence: SettingKind<string> = settingKind(
  'five crontab fields such as "*/5 * * * *"',
  (text) => (text.split(/\s+/).length === 5 && validate(text) ? text.replace(/\s+/g, ' ') : undefined),
  (value) => value,
);
