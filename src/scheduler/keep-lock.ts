import { messageOf } from '../core/errors.js';
import type { Logger } from '../core/logger.js';
import { type HeldLock, LockLost, type LockStore } from '../db/lock-store.js';

/** How a lock is kept while work goes on. */
export interface LockTimes {
  /** How long it holds without renewal. */
  readonly ttlMs: number;
  /** Time between renewals; several must fit into `ttlMs`. */
  readonly renewEveryMs: number;
}

export const TASK_LOCK_TIMES: LockTimes = { ttlMs: 60_000, renewEveryMs: 15_000 };

/**
 * Renews a held lock until it is stopped.
 *
 * A database that does not answer is asked again as long as the lock can still be valid. After that, and as soon as another
 * owner has the lock, `lost` is called once and the renewals end.
 *
 * @returns a handle; its `stop` waits for a renewal that is under way
 */
export function keepLock(
  locks: LockStore,
  lock: HeldLock,
  { times, lost, logger }: { times: LockTimes; lost: (error: Error) => void; logger: Logger },
): { stop(): Promise<void> } {
  // Not the wall clock: that one may be set while this process runs.
  let renewedAtMs = performance.now();
  let underWay: Promise<void> | null = null;
  const giveUp = () => {
    clearInterval(timer);
    lost(new LockLost({ name: lock.name, owner: lock.owner }));
  };
  const renew = async () => {
    const askedAtMs = performance.now();
    try {
      if (await locks.renew(lock, times.ttlMs)) renewedAtMs = askedAtMs;
      else giveUp();
    } catch (error) {
      logger.warn('Lock could not be renewed', { lock: lock.name, reason: messageOf(error) });
    }
    underWay = null;
  };
  const timer = setInterval(() => {
    // Counted from the last success, also while a renewal hangs: by then another process may hold the lock.
    if (performance.now() - renewedAtMs >= times.ttlMs) giveUp();
    else underWay ??= renew();
  }, times.renewEveryMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await underWay;
    },
  };
}

/**
 * Gives a held lock back.
 *
 * A database that does not answer is asked again, behind the caller's back, for as long as the lock can still be valid: else nobody could take
 * it until it has run out.
 */
export async function giveBackLock(
  locks: Pick<LockStore, 'release'>,
  lock: HeldLock,
  { times, logger }: { times: LockTimes; logger: Logger },
): Promise<void> {
  try {
    await locks.release(lock);
  } catch (error) {
    logger.warn('Lock could not be given back yet', { lock: lock.name, reason: messageOf(error) });
    askAgain(locks, lock, times);
  }
}

/** One after the other: while the server is away each may take as long as connecting does. */
function askAgain(locks: Pick<LockStore, 'release'>, lock: HeldLock, times: LockTimes): void {
  const givenUpAtMs = performance.now() + times.ttlMs;
  const ask = async (): Promise<void> => {
    if (performance.now() >= givenUpAtMs) return;
    await locks.release(lock).catch(askLater);
  };
  const askLater = () => {
    setTimeout(ask, Math.min(times.renewEveryMs, ASK_AGAIN_MS)).unref();
  };
  askLater();
}

const ASK_AGAIN_MS = 1_000;
