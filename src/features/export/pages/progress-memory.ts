import type { ExportProgress } from '../export-dependencies.js';

/** Runs of this many the progress is remembered of. */
const REMEMBERED_RUNS = 50;

/** The latest progress of the latest runs. */
export class ProgressMemory {
  readonly #progress = new Map<number, ExportProgress>();

  remember(progress: ExportProgress): void {
    this.#progress.delete(progress.runId);
    this.#progress.set(progress.runId, progress);
    const [oldest] = this.#progress.keys();
    if (oldest !== undefined && this.#progress.size > REMEMBERED_RUNS) this.#progress.delete(oldest);
  }

  /** Null before the first word of a run, and for one of long ago. */
  latest(runId: number): ExportProgress | null {
    return this.#progress.get(runId) ?? null;
  }
}
