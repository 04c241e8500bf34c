import { printable } from './printable.js';

/** 0 done · 1 failed · 2 wrong use · 3 held, or partly rejected by Amazon. */
export type ExitCode = 0 | 1 | 2 | 3;

/** What a command has to say, in both forms; only the one asked for is read. */
export interface Answer {
  /** For `--json`: one value. Async iterables, by themselves or as fields of an object, are written as arrays one by one. */
  readonly data: unknown;
  /** For people: pieces of text, printed one after the other. */
  readonly text: Iterable<string> | AsyncIterable<string>;
  /** Default 0. */
  readonly exitCode?: ExitCode;
}

/** Ends each line, and takes out of it what would move a terminal's cursor: names of a shop may hold anything. */
export function* textLines(...groups: readonly Iterable<string>[]): Iterable<string> {
  for (const lines of groups) for (const line of lines) yield `${printable(line)}\n`;
}
