import { hostname } from 'node:os';
import { pause } from '../core/clock.js';
import { defineError, messageOf } from '../core/errors.js';
import { processName } from '../core/ids.js';
import { type HeldLock, type LockState, LockStore } from '../db/lock-store.js';
import { type ListenOptions, Simulator, type SimulatorOptions } from './simulator.js';

/** A simulator that answers, in this process or in another. */
export interface SimulatorHost {
  /** Base URL without a slash at the end. */
  readonly url: string;
  /** True when it runs in this process. */
  readonly own: boolean;
  /** Whether it may still be used: the process of another one may have ended. */
  isThere(): Promise<boolean>;
  /** Stops an own one and gives its lock back; leaves another's alone. */
  stop(): Promise<void>;
}

export interface HostOptions extends SimulatorOptions, ListenOptions {
  /** How often the lock is renewed, in milliseconds; default 4,000. */
  readonly renewMs?: number;
}

const SimulatorSilent = defineError<{ url: string; owner: string }>(
  'SIMULATOR_SILENT',
  503,
  ({ url, owner }) =>
    `The simulated Amazon of ${owner} should answer at ${url}, but does not. Stop that process, or use it from its own machine.`,
  { retryable: true },
);

const LOCK = 'simulator';
/** Short, so that after a crash the next one need not wait long. */
const LOCK_MS = 15_000;
const RENEW_MS = 4_000;
const PROBE_TIMEOUT_MS = 2_000;
const PROBE_PAUSE_MS = 500;
/** A live lock without an answer is waited for until it must have expired. */
const PATIENCE_MS = 2 * LOCK_MS;

/**
 * Gives the one simulator of a database: the one that holds the lock row, else a new one in this process.
 *
 * @param options as for `Simulator`, and where to listen when it is started here
 * @throws SimulatorSilent when another process keeps renewing the lock but does not answer
 */
export async function ensureSimulator(options: HostOptions): Promise<SimulatorHost> {
  const locks = new LockStore(options.db);
  for (let waitedMs = 0; ; waitedMs += PROBE_PAUSE_MS) {
    const holder = await locks.holder(LOCK);
    if (holder === null) {
      const started = await startOwn(options, locks);
      if (started !== null) return started;
    } else {
      const probe = await probeHealth(holder.note);
      if (probe === 'answers') return hostElsewhere(holder.note);
      if (probe === 'nobody' && isDeadHere(holder)) await locks.release({ name: LOCK, ...holder });
      else if (waitedMs >= PATIENCE_MS) throw new SimulatorSilent({ url: holder.note, owner: holder.owner });
    }
    await pause(PROBE_PAUSE_MS);
  }
}

function hostElsewhere(url: string): SimulatorHost {
  const isThere = async () => (await probeHealth(url)) !== 'nobody';
  return { url, own: false, isThere, stop: () => Promise.resolve() };
}

/** A simulator in this process with its lock, or null when another process was faster. */
async function startOwn(options: HostOptions, locks: LockStore): Promise<SimulatorHost | null> {
  const simulator = new Simulator(options);
  const { url } = await simulator.start(options);
  const owner = processName();
  const lock = await locks.acquire(LOCK, owner, { ttlMs: LOCK_MS, note: url });
  if (lock === null) {
    await simulator.stop();
    return null;
  }
  const keeper = new LockKeeper({ locks, lock, url, options, simulator });
  return { url, own: true, isThere: async () => true, stop: () => keeper.stop() };
}

interface LockKeeperParts {
  readonly locks: LockStore;
  readonly lock: HeldLock;
  readonly url: string;
  readonly options: HostOptions;
  readonly simulator: Simulator;
}

/** Renews the lock of a simulator in this process, and stops the simulator when another one has taken over. */
class LockKeeper {
  readonly #parts: LockKeeperParts;
  readonly #ended = new AbortController();
  readonly #renewing: Promise<void>;
  #lock: HeldLock | null;

  constructor(parts: LockKeeperParts) {
    this.#parts = parts;
    this.#lock = parts.lock;
    this.#renewing = this.#renew();
  }

  async stop(): Promise<void> {
    this.#ended.abort();
    await this.#renewing;
    await this.#parts.simulator.stop();
    if (this.#lock !== null) await this.#parts.locks.release(this.#lock);
    this.#lock = null;
  }

  async #renew(): Promise<void> {
    const { options, simulator } = this.#parts;
    while (this.#lock !== null && (await pause(options.renewMs ?? RENEW_MS, this.#ended.signal))) {
      try {
        this.#lock = await this.#renewed(this.#lock);
      } catch (error) {
        // The database may be back for the next try; until then the lock holds or another process takes it.
        options.logger?.warn('The simulator could not renew its lock', { reason: messageOf(error) });
      }
    }
    if (this.#lock !== null || this.#ended.signal.aborted) return;
    options.logger?.error('Another process has taken over the simulator; this one stops serving it');
    await simulator.stop();
  }

  /** The lock prolonged, or taken again when it ran out unnoticed; null when somebody else has it. */
  async #renewed(lock: HeldLock): Promise<HeldLock | null> {
    const { locks, url } = this.#parts;
    if (await locks.renew(lock, LOCK_MS)) return lock;
    return locks.acquire(LOCK, lock.owner, { ttlMs: LOCK_MS, note: url });
  }
}

async function probeHealth(url: string): Promise<'answers' | 'nobody' | 'silent'> {
  try {
    const response = await fetch(`${url}/_simulator/health`, { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) });
    const body = (await response.json()) as { simulator?: unknown };
    return body.simulator === true ? 'answers' : 'silent';
  } catch (error) {
    // Refused = the port is closed; every other failure may pass.
    const cause = (error as { cause?: { code?: unknown } }).cause;
    return cause?.code === 'ECONNREFUSED' ? 'nobody' : 'silent';
  }
}

/** Whether the process that took the lock ran on this machine and is gone: then its lock need not run out first. */
function isDeadHere(holder: LockState): boolean {
  const [machine, pid] = holder.owner.split(':');
  if (machine !== hostname() || pid === undefined) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as { code?: unknown }).code === 'ESRCH';
  }
}
