import type { Clock } from '../core/clock.js';
import { messageOf } from '../core/errors.js';
import type { Logger } from '../core/logger.js';

/** What is known of a time may be old after this long: a sale may have been typed in that begins earlier. */
const ASK_EVERY_MS = 5 * 60_000;

/** A timer may be a moment early, and what is to be seen is not there yet. */
const BEHIND_MS = 50;

export interface TaskWakingParts {
  /** When the task should run besides its schedule, epoch milliseconds; null = no such time. */
  wakesAtMs(): Promise<number | null>;
  /** When its schedule runs it next, null when not at all. */
  nextRunAtMs(): number | null;
  run(): Promise<void>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Runs a task at the times that it names itself, where its schedule would come later. */
export class TaskWaking {
  readonly #on: TaskWakingParts;
  #timer: NodeJS.Timeout | null = null;
  #underWay: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(parts: TaskWakingParts) {
    this.#on = parts;
  }

  start(): void {
    this.#underWay = this.#plan();
  }

  /** Wakes nothing more; a run that is under way is its starter's to wait for. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#underWay;
  }

  async #plan(): Promise<void> {
    const wakeAtMs = await this.#ask();
    if (this.#isStopped) return;
    const nowMs = this.#on.clock.nowMs();
    const isDue = wakeAtMs !== null && wakeAtMs <= nowMs + ASK_EVERY_MS && !this.#isScheduledBy(wakeAtMs);
    const waitMs = isDue ? Math.max(0, wakeAtMs - nowMs) + BEHIND_MS : ASK_EVERY_MS;
    this.#timer = setTimeout(() => {
      this.#underWay = isDue ? this.#wake() : this.#plan();
    }, waitMs);
  }

  async #wake(): Promise<void> {
    // Not waited for: a service that stops waits for its runs by itself, and tells them to end.
    void this.#on.run();
    await this.#plan();
  }

  async #ask(): Promise<number | null> {
    try {
      return await this.#on.wakesAtMs();
    } catch (error) {
      this.#on.logger.warn('Task could not say when to be woken', { reason: messageOf(error) });
      return null;
    }
  }

  #isScheduledBy(instantMs: number): boolean {
    const next = this.#on.nextRunAtMs();
    // In its own second: both would begin, and one of them find the other under way.
    return next !== null && next < instantMs + 1_000 && next >= this.#on.clock.nowMs();
  }
}
