import type { Clock } from '../../../core/clock.js';
import { groupBy } from '../../../core/group-by.js';
import type { HeldLock, LockStore } from '../../../db/lock-store.js';
import type { Db } from '../../../db/open-database.js';
import type { Journal } from '../../journal/journal.js';
import type { Handover, ListingService } from '../../listings/listing-service.js';
import type { SettingService } from '../../settings/setting-service.js';
import type { GraveNote, GuardFindings } from './batch-watch.js';
import { GraveChangeStore } from './grave-change-store.js';
import { GRAVE_KINDS, type GraveChange, type GraveKind, type HeldLine, type HoldKind, type NewLine } from './hold.js';
import { HoldStore } from './hold-store.js';
import { decisionText, heldText, type TrippedCount, trippedText } from './hold-texts.js';
import { listingsWithStock } from './stock-views.js';

export interface GuardParts {
  readonly clock: Clock;
  readonly locks: LockStore;
  readonly listings: ListingService;
  readonly journal: Journal;
  readonly settings: SettingService;
}

/** The run that holds something of an account, and the lock under which it works. */
export interface GuardedRun {
  readonly runId: number;
  readonly accountId: number;
  readonly lock: HeldLock;
}

/** Lines of a kind of which there were too many. */
export interface TrippedKind {
  readonly count: TrippedCount;
  readonly lines: readonly NewLine[];
  /** What should be at Amazon by these lines. */
  readonly handovers: readonly Handover[];
}

interface NewHold {
  readonly kind: HoldKind;
  readonly lines: readonly NewLine[];
  readonly count: number;
  /** When zeroings go by themselves. */
  readonly goesAtMs: number | null;
}

/** What the guard knows and writes down while a run sends. */
export class GuardService {
  readonly #db: Db;
  readonly #on: GuardParts;
  readonly #holds: HoldStore;
  readonly #changes: GraveChangeStore;

  constructor(db: Db, parts: GuardParts) {
    this.#db = db;
    this.#on = parts;
    this.#holds = new HoldStore(db);
    this.#changes = new GraveChangeStore(db);
  }

  /** The same service inside a transaction. */
  on(transaction: Db): GuardService {
    return new GuardService(transaction, this.#on);
  }

  /** Whether nothing is held of an account and nothing grave has gone to it in the last day. */
  async isQuiet(accountId: number): Promise<boolean> {
    if (await this.#holds.hasLines(accountId)) return false;
    return !(await this.#changes.hasAny(accountId, this.#on.clock.nowMs()));
  }

  /** Lines of these SKUs, and what of them has gone in the last day. */
  async known(
    accountId: number,
    skus: readonly string[],
  ): Promise<{ readonly lines: readonly HeldLine[]; readonly gone: readonly GraveChange[] }> {
    const lines = await this.#holds.linesOf(accountId, skus);
    return { lines, gone: await this.#changes.ofSkus(accountId, skus, this.#on.clock.nowMs()) };
  }

  /** How many changes of a kind count now. */
  countGone(accountId: number, kind: GraveKind): Promise<number> {
    return this.#changes.count(accountId, kind, this.#on.clock.nowMs());
  }

  /** How many listings had stock before the changes of the last day. */
  countListings(accountId: number, kind: GraveKind): Promise<number> {
    return listingsWithStock(this.#db, accountId, kind, this.#on.clock.nowMs());
  }

  /** Notes what an intent hands over; call it in the transaction that writes the intent. */
  async handedOver(accountId: number, notes: readonly GraveNote[]): Promise<void> {
    if (notes.length === 0) return;
    const nowMs = this.#on.clock.nowMs();
    await this.#changes.prune(accountId, nowMs);
    await this.#changes.note(
      accountId,
      notes.map((one) => one.change),
      nowMs,
    );
    await this.#holds.removeLines(
      accountId,
      notes.map((one) => one.line),
    );
  }

  /**
   * Writes down what looking at a batch found out: lines that are held at once, and those that are grave no more.
   *
   * @throws LockLost
   */
  async record({ held, lifted }: GuardFindings, run: GuardedRun): Promise<void> {
    if (held.length + lifted.length === 0) return;
    const goesAtMs = await this.#zeroingsGoAt();
    await this.#transaction(run, async (guard, transaction) => {
      for (const kind of GRAVE_KINDS) {
        const lines = held.filter((one) => one.kind === kind && one.holdId === null).map((one) => one.line);
        if (lines.length === 0) continue;
        const { isNew, goesAt } = await guard.#hold({ kind, lines, count: lines.length, goesAtMs }, run);
        const message = `Held: ${heldText(kind, lines.length)}. ${decisionText(run.runId, goesAt)}`;
        if (isNew) await guard.#tell(message, run, transaction);
      }
      const known = held.filter((one) => one.holdId !== null);
      for (const [holdId, some] of groupBy(known, (one) => one.holdId ?? 0))
        await guard.#holds.putLines(
          run.accountId,
          holdId,
          some.map((one) => one.line),
        );
      await guard.#holds.removeLines(run.accountId, lifted);
      await guard.#holds.endEmpty(run.accountId, this.#on.clock.nowMs());
    });
  }

  /**
   * Holds everything of the kinds of which there were too many, and tells people.
   *
   * @throws LockLost
   */
  async trip(kinds: readonly TrippedKind[], run: GuardedRun): Promise<void> {
    if (kinds.length === 0) return;
    const atMs = this.#on.clock.nowMs();
    const goesAtMs = await this.#zeroingsGoAt();
    await this.#transaction(run, async (guard, transaction) => {
      for (const { count, lines, handovers } of kinds) {
        const { goesAt } = await guard.#hold({ kind: count.kind, lines, count: lines.length, goesAtMs }, run);
        await this.#on.listings.on(transaction).desire(run.accountId, handovers, atMs);
        await guard.#tell(`${trippedText(count)} ${decisionText(run.runId, goesAt)}`, run, transaction);
      }
    });
  }

  /**
   * Holds the first send to an account.
   *
   * @param values how many values would have gone
   * @throws LockLost
   */
  async holdFirstSend(values: number, run: GuardedRun): Promise<void> {
    await this.#transaction(run, async (guard, transaction) => {
      await guard.#hold({ kind: 'first-send', lines: [], count: values, goesAtMs: null }, run);
      const what = `Held: ${heldText('first-send', values)}. Nothing was sent. Look at the run, then decide.`;
      await guard.#tell(`${what} ${decisionText(run.runId, null)}`, run, transaction);
    });
  }

  async #hold(
    { kind, lines, count, goesAtMs }: NewHold,
    { runId, accountId }: GuardedRun,
  ): Promise<{ readonly isNew: boolean; readonly goesAt: number | null }> {
    const nowMs = this.#on.clock.nowMs();
    const itself = kind === 'zeroed' ? goesAtMs : null;
    const added = await this.#holds.add({ runId, accountId, kind, lines: count, goesAtMs: itself, nowMs });
    await this.#holds.putLines(accountId, added.id, lines);
    return { isNew: added.isNew, goesAt: added.goesAtMs };
  }

  /** When zeroings held now go by themselves; null = only a person lets them go. */
  async #zeroingsGoAt(): Promise<number | null> {
    const settings = await this.#on.settings.load();
    const minutes = settings.get('held-zeroings-go-after', { kind: 'global' });
    return minutes === 0 ? null : this.#on.clock.nowMs() + minutes * 60_000;
  }

  #tell(message: string, { runId, accountId }: GuardedRun, transaction: Db): Promise<void> {
    return this.#on.journal.write({ level: 'error', code: 'guard-held', message, runId, accountId }, transaction);
  }

  #transaction(run: GuardedRun, work: (guard: GuardService, transaction: Db) => Promise<void>): Promise<void> {
    return this.#db.transaction(async (transaction) => {
      await this.#on.listings.on(transaction).takeTurn();
      await this.#on.locks.confirm(run.lock, transaction);
      await work(this.on(transaction), transaction);
    });
  }
}
