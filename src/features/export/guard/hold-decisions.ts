import type { Clock } from '../../../core/clock.js';
import { defineError } from '../../../core/errors.js';
import { groupBy } from '../../../core/group-by.js';
import type { HeldLock, LockStore } from '../../../db/lock-store.js';
import type { Db } from '../../../db/open-database.js';
import type { AccountService } from '../../accounts/account-service.js';
import type { Journal } from '../../journal/journal.js';
import { ERASED_OFFER } from '../../listings/listing-service.js';
import type { QueueService } from '../../queue/queue-service.js';
import type { Audit } from '../../users/audit.js';
import type { HeldLine, Hold } from './hold.js';
import { HoldStore } from './hold-store.js';
import { heldText } from './hold-texts.js';

export const NothingHeld = defineError<{ runId: number }>(
  'NOTHING_HELD',
  409,
  ({ runId }) =>
    `Expected a run of which something is held, got run ${runId}, of which nothing is. The Overview and the journal name those that hold something.`,
);

export interface HoldDecisionParts {
  readonly clock: Clock;
  readonly locks: LockStore;
  readonly accounts: AccountService;
  readonly queue: QueueService;
  readonly journal: Journal;
  readonly audit: Audit;
}

/** Who decides, under the export's lock: no run may look at lines that are being decided. */
export interface Decision {
  /** A user's name, "token NAME", "cli". */
  readonly by: string;
  readonly lock: HeldLock;
}

const LINES_PER_PAGE = 1_000;
/** What the queue and the hold say when nobody decided in time. */
const TIME = 'time';

/** Decides what is held: lets it go, or leaves Amazon as it is. */
export class HoldDecisions {
  readonly #db: Db;
  readonly #on: HoldDecisionParts;
  readonly #holds: HoldStore;

  constructor(db: Db, parts: HoldDecisionParts) {
    this.#db = db;
    this.#on = parts;
    this.#holds = new HoldStore(db);
  }

  /**
   * What is still held of a run.
   *
   * @throws NothingHeld
   */
  async ofRun(runId: number): Promise<readonly Hold[]> {
    const holds = await this.#holds.held({ runId });
    if (holds.length === 0) throw new NothingHeld({ runId });
    return holds;
  }

  /** The open hold of an account's first send. */
  async firstSendOf(accountId: number): Promise<Hold | null> {
    return (await this.#holds.held({ accountId, kind: 'first-send' }))[0] ?? null;
  }

  /**
   * Lets everything go that a run holds: its products are marked, and looked at anew by the next run.
   *
   * Page by page, each in a transaction of its own, so that a hold of a whole catalogue keeps nobody out of the queue. Broken off midway, the
   * rest is still held and may be decided anew.
   *
   * @throws NothingHeld, LockLost
   */
  async release(runId: number, decision: Decision): Promise<readonly Hold[]> {
    const holds = await this.#begin('run-release', runId, decision);
    for (const hold of holds) await this.#release(hold, decision);
    return holds;
  }

  /**
   * Sends nothing of what a run holds; Amazon's values stay until something marks their products again. Page by page as `release`.
   *
   * With it the wish to erase ends: rows that are still in the queue, such as for an answer to come, are plain deletions from then on.
   *
   * @throws NothingHeld, LockLost
   */
  async discard(runId: number, decision: Decision): Promise<readonly Hold[]> {
    const holds = await this.#begin('run-discard', runId, decision);
    for (const hold of holds) {
      const marketplaceIds = (await this.#on.accounts.marketplaces(hold.accountId)).map((one) => one.id);
      await this.#eachPage(hold, decision.lock, async ({ lines, on }) => {
        const skus = lines.filter((line) => line.isDeletion).map((line) => line.sku);
        const productIds = lines.filter((line) => line.isDeletion).map((line) => line.productId);
        await on.#queue.takeBackErasures({ marketplaceIds, productIds, skus });
        await on.#holds.removeLines(hold.accountId, lines);
      });
      await this.#transaction(decision.lock, async (on) => {
        // That one keeps no lines: whatever was to be erased waits in the queue.
        if (hold.kind === 'first-send') await on.#queue.takeBackErasures({ marketplaceIds });
        await on.#decide(hold, 'discarded', decision.by);
      });
    }
    return holds;
  }

  /**
   * Lets zeroings go whose time has come: an empty shelf must not be sold from because nobody looked.
   *
   * @throws LockLost
   */
  async releaseDue(accountId: number, lock: HeldLock): Promise<void> {
    const due = await this.#holds.held({ accountId, dueAtMs: this.#on.clock.nowMs() });
    for (const hold of due) {
      const { runId, kind } = hold;
      const count = await this.#holds.countLines(hold.id);
      const message = `${heldText(kind, count)}: nobody decided in time, so what run ${runId} held goes now if it is still so.`;
      const entry = { level: 'warning', code: 'guard-released', message, runId, accountId } as const;
      await this.#release(hold, { by: TIME, lock }, (transaction) => this.#on.journal.write(entry, transaction));
    }
  }

  /** Writes down that it was decided, before anything is done about it. */
  #begin(action: string, runId: number, { by, lock }: Decision): Promise<readonly Hold[]> {
    return this.#transaction(lock, async (decisions, transaction) => {
      const holds = await decisions.ofRun(runId);
      await this.#record({ action, runId, by, holds }, transaction);
      return holds;
    });
  }

  /** @param tell called in the transaction that ends the hold */
  async #release(
    hold: Hold,
    { by, lock }: Decision,
    tell: (transaction: Db) => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    const { accountId, kind } = hold;
    const marketplaces = (await this.#on.accounts.marketplaces(accountId)).filter((one) => one.active);
    await this.#eachPage(hold, lock, async ({ lines, on }) => {
      for (const [shopId, some] of groupBy(lines, (line) => line.shopId)) {
        const marketplaceIds = marketplaces.filter((one) => one.shopId === shopId).map((one) => one.id);
        await on.#mark(some, { shopId, marketplaceIds });
      }
      await on.#holds.releaseLines(accountId, lines);
    });
    await this.#transaction(lock, async (on, transaction) => {
      if (kind === 'first-send') await this.#on.accounts.on(transaction).releaseFirstSend(accountId);
      await on.#decide(hold, 'released', by);
      await tell(transaction);
    });
  }

  /** Hands on what a hold keeps back, page by page in a transaction each; `work` must end that these lines are held. */
  async #eachPage(
    { id }: Hold,
    lock: HeldLock,
    work: (page: { readonly lines: readonly HeldLine[]; readonly on: HoldDecisions }) => Promise<void>,
  ): Promise<void> {
    for (let isMore = true; isMore; )
      isMore = await this.#transaction(lock, async (on) => {
        const lines = await on.#holds.page(id, { after: null, limit: LINES_PER_PAGE });
        if (lines.length > 0) await work({ lines, on });
        return lines.length === LINES_PER_PAGE;
      });
  }

  #decide({ id }: Hold, state: 'released' | 'discarded', by: string): Promise<void> {
    return this.#holds.decide(id, { state, by, nowMs: this.#on.clock.nowMs() });
  }

  async #mark(
    lines: readonly HeldLine[],
    at: { readonly shopId: number; readonly marketplaceIds: readonly number[] },
  ): Promise<void> {
    const updated = lines.filter((line) => !line.isDeletion).map((line) => line.productId);
    await this.#queue.mark({ ...at, productIds: [...new Set(updated)], action: 'update' }, 'release');
    const deleted = groupBy(
      lines.filter((line) => line.isDeletion),
      (line) => line.sku,
    );
    for (const [sku, some] of deleted) {
      const productIds = [...new Set(some.map((line) => line.productId))];
      // Of a stock alone that is released it is not known whether the SKU is erased as well.
      await this.#queue.mark({ ...at, productIds, action: 'delete', sku, keepsErasures: true }, 'release');
    }
    const erased = lines.filter((line) => line.isDeletion && line.value === ERASED_OFFER);
    for (const [marketplaceId, some] of groupBy(erased, (line) => line.marketplaceId)) {
      const productIds = [...new Set(some.map((line) => line.productId))];
      const of = { shopId: at.shopId, productIds, skus: some.map((line) => line.sku) };
      await this.#queue.askErasures({ marketplaceIds: [marketplaceId], ...of });
    }
  }

  get #queue(): QueueService {
    return this.#on.queue.on(this.#db);
  }

  #record(
    { action, runId, by, holds }: { action: string; runId: number; by: string; holds: readonly Hold[] },
    transaction: Db,
  ): Promise<void> {
    const details = Object.fromEntries(holds.map((hold) => [hold.kind, hold.lineCount]));
    return this.#on.audit.record({ actor: by, action, subject: `run ${runId}`, details }, transaction);
  }

  #transaction<T>(lock: HeldLock, work: (decisions: HoldDecisions, transaction: Db) => Promise<T>): Promise<T> {
    return this.#db.transaction(async (transaction) => {
      await this.#on.queue.on(transaction).takeTurn();
      await this.#on.locks.confirm(lock, transaction);
      return work(new HoldDecisions(transaction, this.#on), transaction);
    });
  }
}
