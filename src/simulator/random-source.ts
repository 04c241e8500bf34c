import { createHash } from 'node:crypto';

/** Chance as a pure function of its subject: the same question gets the same answer, also after a restart in the middle of a feed. */
export type RandomSource = (subject: string) => number;

/**
 * Chance that can be repeated.
 *
 * @param seed another seed gives other answers to the same subjects
 * @returns for each subject a number in [0, 1), evenly spread
 */
export function seededRandom(seed: string): RandomSource {
  return (subject) => spread(`${seed}/${subject}`);
}

/** A text's place in [0, 1), the same for ever: decisions "by hash" are taken by it. */
export function spread(text: string): number {
  return createHash('sha256').update(text).digest().readUIntBE(0, 6) / 2 ** 48;
}
