import { createHash } from 'node:crypto';
import { spread } from '../random-source.js';
import type { Gtin14 } from './product-code.js';

/** What the simulated catalogue knows of a code. */
export type CodeMatch =
  | { readonly kind: 'one'; readonly asin: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'several'; readonly asins: readonly string[] }
  | { readonly kind: 'other-brand'; readonly asin: string }
  | { readonly kind: 'restricted'; readonly asin: string };

/** Upper bounds of the shares: 70 % one ASIN, 10 % none, 10 % two, 5 % other brand, 5 % restricted. */
const UP_TO = { one: 0.7, none: 0.8, several: 0.9, otherBrand: 0.95 } as const;

/** Looks a code up; the answer depends on nothing but the code, so tests can choose codes by the answer they need. */
export function matchCode(code: Gtin14): CodeMatch {
  const place = spread(`code ${code}`);
  if (place < UP_TO.one) return { kind: 'one', asin: asinFor(code) };
  if (place < UP_TO.none) return { kind: 'none' };
  if (place < UP_TO.several) return { kind: 'several', asins: [asinFor(code), asinFor(`${code} again`)] };
  return { kind: place < UP_TO.otherBrand ? 'other-brand' : 'restricted', asin: asinFor(code) };
}

/** An invented ASIN for a text: B0 and eight capital letters or digits. */
export function asinFor(text: string): string {
  const number = createHash('sha256').update(`asin ${text}`).digest().readUIntBE(0, 6);
  return `B0${number.toString(36).toUpperCase().padStart(10, '0').slice(-8)}`;
}

export function isAsin(value: string): boolean {
  return /^(B0[0-9A-Z]{8}|\d{9}[\dX])$/.test(value);
}
