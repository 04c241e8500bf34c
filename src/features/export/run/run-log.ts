import { createInterface } from 'node:readline';
import { DiskFull } from '../../../db/db-errors.js';
import type { Archive } from '../../reports/archive.js';
import { CompressedTextFile } from '../../reports/compressed-text-file.js';
import type { RunLogLine } from './run-log-line.js';
import { writeLogLine } from './write-log-line.js';

/** The line-by-line log of one run: compressed NDJSON, written as the run goes on. */
export class RunLog {
  /** Relative to the data folder; empty when there is no file. */
  readonly path: string;
  /** Whether items of which nothing goes and against which nothing stands get no line. */
  readonly leavesOutQuiet: boolean;
  readonly #file: CompressedTextFile | null;
  #lines = 0;
  /** The full disk that ended it before its run; what comes after is dropped. */
  #fault: unknown = null;

  constructor(archive: Archive, path: string, { leavesOutQuiet = false }: { readonly leavesOutQuiet?: boolean } = {}) {
    this.path = path;
    this.leavesOutQuiet = leavesOutQuiet;
    this.#file = path === '' ? null : new CompressedTextFile(archive.absolute(path));
  }

  /** The log of a run for which there was no room from the beginning; its run goes on without. */
  static unwritten(archive: Archive, fault: Error): RunLog {
    const log = new RunLog(archive, '');
    log.#fault = fault;
    return log;
  }

  get lines(): number {
    return this.#lines;
  }

  get bytes(): number {
    return this.#file?.bytes ?? 0;
  }

  append(line: RunLogLine): void {
    if (this.#fault !== null) return;
    const text = writeLogLine(line);
    if (this.leavesOutQuiet && isQuiet(text)) return;
    this.#lines += 1;
    this.#file?.append(`${text}\n`);
  }

  /** Waits for the disk; a full one ends the log and not its run. */
  async drain(): Promise<void> {
    if (this.#fault !== null) return;
    try {
      await this.#file?.drain();
    } catch (error) {
      if (!(error instanceof DiskFull)) throw error;
      this.#fault = error;
    }
  }

  /** @throws DiskFull when the file is not whole */
  async close(): Promise<void> {
    if (this.#fault !== null) throw this.#fault;
    await this.#file?.close();
  }
}

/** Tells a line of an item of which nothing goes and against which nothing stands: neither a verdict, nor a remark, nor Amazon. */
export function isQuiet(text: string): boolean {
  // Quotes inside JSON texts are escaped, so nothing else matches.
  return !/"decision":"(?!equal")/.test(text) && !text.includes('"kind":"') && text.endsWith('"notes":[]}');
}

/** Which lines of a log are wanted. */
export interface LineFilter {
  /** Told from a line's text, since what is not wanted need not be parsed; left out = every line. */
  readonly isWanted?: ((text: string) => boolean) | undefined;
  /** Wanted lines to pass over. */
  readonly skip?: number;
}

/** Reads a run's log line by line, once from start to end, so that a million lines need no memory. */
export async function* readRunLog(
  archive: Archive,
  path: string,
  { isWanted = () => true, skip = 0 }: LineFilter = {},
): AsyncGenerator<RunLogLine> {
  let toPass = skip;
  for await (const text of logTexts(archive, path)) {
    if (!isWanted(text)) continue;
    if (toPass > 0) toPass -= 1;
    else yield JSON.parse(text) as RunLogLine;
  }
}

/** The lines of a log as they were written. */
export async function* logTexts(archive: Archive, path: string): AsyncGenerator<string> {
  const input = await archive.open(path);
  try {
    yield* createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  } finally {
    input.destroy();
  }
}

/** Tells lines of one SKU: each line begins with its own, and quotes inside JSON texts are escaped, so nothing else matches. */
export function isOfSku(sku: string): (text: string) => boolean {
  const start = `{"sku":${JSON.stringify(sku)},`;
  return (text) => text.startsWith(start);
}
