import type { Clock } from '../../core/clock.js';
import type { Step } from './step.js';

/** Gives the next steps of its feeds, reports or whatever it follows, due or not yet. */
export interface Course {
  steps(): Promise<readonly Step[]>;
}

/**
 * Brings feeds and reports to where they must be by the clock, in the order in which their steps became due.
 *
 * Nothing happens between requests: whoever asks next finds everything done that is due by then, with the times at which it was due.
 * That needs no timer, gives the same course with a hand-moved clock, and survives any restart.
 */
export class WorkLine {
  readonly #clock: Clock;
  readonly #courses: readonly Course[];
  #last: Promise<unknown> = Promise.resolve();

  constructor(clock: Clock, courses: readonly Course[]) {
    this.#clock = clock;
    this.#courses = courses;
  }

  /**
   * Does everything that is due, then the given work, with nobody else in between.
   *
   * @param work reads or writes listings, feeds or reports
   */
  run<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(async () => {
      await this.#catchUp();
      return work();
    });
    this.#last = turn.then(
      () => undefined,
      () => undefined,
    );
    return turn;
  }

  /** Resolves when nothing is running any more. */
  async idle(): Promise<void> {
    await this.#last;
  }

  async #catchUp(): Promise<void> {
    const nowMs = this.#clock.nowMs();
    for (;;) {
      const steps: Step[] = [];
      for (const course of this.#courses) steps.push(...(await course.steps()));
      const due = steps.filter((step) => step.atMs <= nowMs).sort((one, other) => one.atMs - other.atMs)[0];
      if (due === undefined) return;
      await due.take();
    }
  }
}
