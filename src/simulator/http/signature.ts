import { createHmac, timingSafeEqual } from 'node:crypto';

/** A signature over some texts, in hexadecimal digits. */
export function sign(signingKey: string, ...texts: readonly string[]): string {
  return createHmac('sha256', signingKey).update(texts.join('\n')).digest('hex');
}

export function isSignature(given: string, expected: string): boolean {
  return given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected));
}
