import { randomBytes } from 'node:crypto';

/** A name for one process or one owner of a lock: 16 hexadecimal digits, not guessable. */
export function randomId(): string {
  return randomBytes(8).toString('hex');
}
