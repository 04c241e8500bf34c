import { type Options, type Params, SingleBar } from 'cli-progress';
import { figure } from './plain-words.js';
import type { Terminal } from './terminal.js';

/** How far something is. */
export interface Progress {
  /** What is counted, as a heading: "Products computed". */
  readonly label: string;
  /** Null before there is anything to count. */
  readonly done: number | null;
  /** Null while nobody knows. */
  readonly total: number | null;
}

/** A line elsewhere than on a terminal comes with every new label, and within one no more often than this. */
const LINE_EVERY_MS = 10_000;
const BAR_CHARACTERS = 28;

/** Shows progress on the error stream: a bar on a terminal, plain lines elsewhere. */
export class ProgressDisplay {
  readonly #terminal: Terminal;
  readonly #onBar: boolean;
  #bar: SingleBar | null = null;
  #label = '';
  #linedAtMs = 0;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    this.#onBar = terminal.errors.isTTY === true;
  }

  show(progress: Progress): void {
    if (this.#onBar) this.#showBar(progress);
    else this.#showLine(progress);
  }

  /** Clears the bar, so that what follows stands on a line of its own. */
  end(): void {
    this.#bar?.stop();
    this.#bar = null;
  }

  #showBar(progress: Progress): void {
    if (this.#bar === null) {
      this.#bar = new SingleBar({
        stream: this.#terminal.errors as unknown as NodeJS.WritableStream,
        format: barText,
        clearOnComplete: true,
        hideCursor: true,
      });
      this.#bar.start(1, 0, { progress });
    }
    this.#bar.setTotal(Math.max(progress.total ?? progress.done ?? 0, 1));
    this.#bar.update(progress.done ?? 0, { progress });
  }

  #showLine(progress: Progress): void {
    const nowMs = performance.now();
    if (progress.label === this.#label && nowMs - this.#linedAtMs < LINE_EVERY_MS) return;
    this.#label = progress.label;
    this.#linedAtMs = nowMs;
    this.#terminal.errors.write(`${progressText(progress)}\n`);
  }
}

function barText(_options: Options, { progress: share }: Params, { progress }: { progress: Progress }): string {
  if (progress.total === null) return progressText(progress);
  const full = Math.round(BAR_CHARACTERS * Math.min(1, share));
  return `${'█'.repeat(full)}${'░'.repeat(BAR_CHARACTERS - full)} ${progressText(progress)}`;
}

function progressText({ label, done, total }: Progress): string {
  if (done === null) return `${label} …`;
  return `${label}: ${figure(done)}${total === null ? '' : ` of ${figure(total)}`}`;
}
