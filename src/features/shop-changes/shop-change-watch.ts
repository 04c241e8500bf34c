import { setTimeout as pause } from 'node:timers/promises';
import { messageOf } from '../../core/errors.js';
import type { Logger } from '../../core/logger.js';
import type { OutboxState, ShopOutbox } from '../../shop/shop-outbox.js';
import type { Journal } from '../journal/journal.js';
import type { NoticeDrain } from './notice-drain.js';
import type { OutboxDrain } from './outbox-drain.js';

/** How often the watch looks, in milliseconds. */
export interface WatchTimes {
  /** At the outbox, once it is there. */
  readonly outboxEveryMs: number;
  /** At the inbox when nobody has woken the watch: batches that another process took. */
  readonly noticesEveryMs: number;
  /** Whether the server of the outbox answers again. */
  readonly awayEveryMs: number;
  /** Whether the outbox has appeared, or may be emptied. */
  readonly probeEveryMs: number;
}

const WATCH_TIMES: WatchTimes = {
  outboxEveryMs: 1_000,
  noticesEveryMs: 5_000,
  awayEveryMs: 5_000,
  probeEveryMs: 60_000,
};

/** The outbox and what empties it. */
interface WatchedOutbox {
  readonly state: ShopOutbox['state'];
  readonly drain: OutboxDrain['drain'];
}

export interface ShopChangeWatchParts {
  readonly logger: Logger;
  readonly journal: Pick<Journal, 'write'>;
  readonly notices: Pick<NoticeDrain, 'drain'>;
  /** Null = the shop is of a kind that has none. */
  readonly outbox: WatchedOutbox | null;
  readonly times?: WatchTimes;
}

/** How the outbox was found last; `away` = it could not be asked. */
type OutboxFinding = OutboxState | 'away';

/**
 * Looks for changes that the shop tells us of, from start to stop: notices as soon as it is woken, the outbox once a second. Neither waits for the
 * other: an outbox that nobody emptied for long takes minutes.
 */
export class ShopChangeWatch {
  readonly #on: ShopChangeWatchParts;
  readonly #times: WatchTimes;
  readonly #stopping = new AbortController();
  #running: Promise<unknown> = Promise.resolve();
  /** Ends the rest between two looks at the notices; made before a look, so that none is missed that comes during it. */
  #waking = new AbortController();
  #found: OutboxFinding = 'absent';
  #noticesFail = false;

  constructor(parts: ShopChangeWatchParts) {
    this.#on = parts;
    this.#times = parts.times ?? WATCH_TIMES;
  }

  /** Begins with what was left waiting. */
  start(): void {
    const { outbox } = this.#on;
    this.#running = Promise.all([this.#watchNotices(), outbox === null ? null : this.#watchOutbox(outbox)]);
  }

  /** Looks at the notices at once. */
  wake(): void {
    this.#waking.abort();
  }

  /** Ends at the next safe place and waits for it; what still waits is worked on by the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#waking.abort();
    await this.#running;
  }

  async #watchNotices(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      this.#waking = new AbortController();
      await this.#lookAtNotices(signal);
      await rest(this.#times.noticesEveryMs, this.#waking.signal);
    }
  }

  async #watchOutbox(outbox: WatchedOutbox): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await this.#lookAtOutbox(outbox, signal);
      const { outboxEveryMs, awayEveryMs, probeEveryMs } = this.#times;
      const everyMs = { ready: outboxEveryMs, away: awayEveryMs, absent: probeEveryMs, refused: probeEveryMs };
      await rest(everyMs[this.#found], signal);
    }
  }

  async #lookAtNotices(signal: AbortSignal): Promise<void> {
    try {
      await this.#on.notices.drain(signal);
      this.#noticesFail = false;
    } catch (error) {
      // They wait in their table: the next look takes them up.
      if (!this.#noticesFail) this.#on.logger.warn('Notices wait', { reason: messageOf(error) });
      this.#noticesFail = true;
    }
  }

  async #lookAtOutbox(outbox: WatchedOutbox, signal: AbortSignal): Promise<void> {
    const before = this.#found;
    const { found, reason } = await lookInto(outbox, { isReady: before === 'ready', signal });
    this.#found = found;
    if (found !== before) await this.#tell(before, found, reason);
  }

  /** Said once, when it changes; what is repeated every second is read by nobody. */
  async #tell(before: OutboxFinding, found: OutboxFinding, reason: string): Promise<void> {
    const { journal, logger } = this.#on;
    logger.info('The outbox of the triggers was found otherwise', { before, found, reason });
    const entry = entryOf(found, reason);
    await journal
      .write(entry)
      .catch((error: unknown) =>
        logger.warn('The journal does not say how the outbox is', { reason: messageOf(error) }),
      );
  }
}

/** Until the time is over or the signal is aborted. */
function rest(ms: number, signal: AbortSignal): Promise<void> {
  return pause(ms, undefined, { signal }).catch(() => undefined);
}

/** Empties it when it can be; where that fails, it tells whether the outbox is gone or only away. */
async function lookInto(
  outbox: WatchedOutbox,
  { isReady, signal }: { readonly isReady: boolean; readonly signal: AbortSignal },
): Promise<{ readonly found: OutboxFinding; readonly reason: string }> {
  try {
    const found = isReady ? 'ready' : await outbox.state();
    if (found === 'ready') await outbox.drain(signal);
    return { found, reason: '' };
  } catch (error) {
    const found = await outbox.state().catch((): OutboxFinding => 'away');
    return { found: found === 'ready' ? 'away' : found, reason: messageOf(error) };
  }
}

function entryOf(found: OutboxFinding, reason: string) {
  if (found === 'refused') {
    const message =
      'The triggers in the shop\'s database write changes down, but our login may not remove them: nothing is read there. "feedbridge shop install-triggers" prints the right that is missing.';
    return { level: 'error', code: 'outbox-refused', message } as const;
  }
  if (found === 'away') {
    const message = `What the triggers write down cannot be read: ${reason} It is tried again by itself; the sweep finds what changed meanwhile.`;
    return { level: 'warning', code: 'outbox-away', message } as const;
  }
  if (found === 'ready') {
    const message = "Changes that the triggers in the shop's database write down are looked at once a second.";
    return { level: 'info', code: 'outbox-ready', message } as const;
  }
  const message = 'The outbox of the triggers is gone; the sweep goes on finding what changes.';
  return { level: 'warning', code: 'outbox-gone', message } as const;
}
