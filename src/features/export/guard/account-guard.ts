import { BatchWatch } from './batch-watch.js';
import { exceedsCount, exceedsLimits } from './guard-limits.js';
import type { GuardedRun, GuardService } from './guard-service.js';
import type { GraveKind } from './hold.js';
import type { TrippedCount } from './hold-texts.js';

/** What the guard remembers while one run sends to one account. */
export class AccountGuard {
  readonly run: GuardedRun;
  readonly #service: GuardService;
  readonly #tripped = new Set<GraveKind>();
  /** Counted once a run, since counting walks all listings. */
  readonly #listings = new Map<GraveKind, number>();
  #isQuiet = false;

  constructor(run: GuardedRun, service: GuardService) {
    this.run = run;
    this.#service = service;
  }

  /** Call it before each round: then a quiet account costs nothing more. */
  async openRound(): Promise<void> {
    this.#isQuiet = await this.#service.isQuiet(this.run.accountId);
  }

  /** Looks up what is held of some SKUs of a shop's products and what of them has gone. */
  async watch(shopId: number, skus: readonly string[]): Promise<BatchWatch> {
    const known = this.#isQuiet ? { lines: [], gone: [] } : await this.#service.known(this.run.accountId, skus);
    return new BatchWatch({ ...known, tripped: this.#tripped, shopId });
  }

  /**
   * Counts what is about to go beside what has gone in the last day.
   *
   * @param fresh how many of a kind that do not count yet
   * @returns null while that many may go; from the first time on that it is too many, the kind has tripped for the run
   */
  async count(kind: GraveKind, fresh: number): Promise<TrippedCount | null> {
    const changes = fresh + (await this.#service.countGone(this.run.accountId, kind));
    if (!exceedsCount(kind, changes)) return null;
    const listings = this.#listings.get(kind) ?? (await this.#service.countListings(this.run.accountId, kind));
    this.#listings.set(kind, listings);
    if (!exceedsLimits(kind, changes, listings)) return null;
    this.#tripped.add(kind);
    return { kind, changes, listings };
  }
}
