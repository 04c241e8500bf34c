import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';

/** A name for one process or one owner of a lock: 16 hexadecimal digits, not guessable. */
export function randomId(): string {
  return randomBytes(8).toString('hex');
}

/** A name for this process, which tells a person where it runs: machine, number of the process, and what makes it unique. */
export function processName(): string {
  return `${hostname()}:${process.pid}:${randomId()}`;
}
