import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A secret that cannot be guessed: 32 random bytes as 43 characters that are safe in cookies and headers. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * What is stored of a token, as 64 hexadecimal digits.
 *
 * A plain SHA-256 is enough because tokens are random: there is nothing to guess. A search by hash needs no constant time either,
 * since whoever measures it learns about a hash whose token they cannot compute.
 */
export function hashToken(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('hex');
}

/** Compares two secrets in a time that tells nothing about either, not even their lengths. */
export function sameSecret(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}
