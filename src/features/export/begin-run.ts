import type { HeldLock } from '../../db/lock-store.js';
import type { Db } from '../../db/open-database.js';
import type { ExportDependencies } from './export-dependencies.js';
import type { ExportOptions } from './export-options.js';
import type { AccountScope } from './export-scope.js';
import type { RunMode } from './run/run.js';
import { RunStore } from './run/run-store.js';

/** Under this name the scheduled task asks; every other send is a person's or a program's, and audited. */
const SCHEDULER = 'scheduler';

export interface NewRun {
  readonly mode: RunMode;
  readonly options: ExportOptions;
  readonly requestedBy: string;
  /** Of a send alone. */
  readonly sends?: { readonly scopes: readonly AccountScope[]; readonly lock: HeldLock };
}

/**
 * Makes the row of a run, and with it everything that must outlive the run.
 *
 * @returns its number
 */
export async function beginRun({ mode, options, requestedBy, sends }: NewRun, on: ExportDependencies): Promise<number> {
  const { db, audit, clock, owner } = on;
  return db.transaction(async (transaction) => {
    if (sends && options.erase) {
      await askErasures(options, sends.scopes, on, transaction);
      await on.locks.confirm(sends.lock, transaction);
    }
    const id = await new RunStore(transaction).create({ mode, options, requestedBy, owner, nowMs: clock.nowMs() });
    // A preview changes nothing but its own row, and that one says who asked for it.
    if (mode !== 'send' || requestedBy === SCHEDULER) return id;
    const { marketplace, all: everything, create, erase } = options;
    const details = { mode, marketplace, everything, create, erase };
    await audit.record({ actor: requestedBy, action: 'run-start', subject: `run ${id}`, details }, transaction);
    return id;
  });
}

/**
 * Writes a person's *erase* on the deletions that wait or are on their way.
 *
 * From then on they are erasures for every send: those that this run cannot send, never reaches or holds would else be brought to 0 by the
 * next one, and be gone. What is marked later nobody has confirmed.
 */
async function askErasures(
  { products }: ExportOptions,
  scopes: readonly AccountScope[],
  { queue }: ExportDependencies,
  transaction: Db,
): Promise<void> {
  const marketplaceIds = scopes.flatMap((scope) => scope.marketplaces.map((one) => one.id));
  await queue.on(transaction).askErasures({ marketplaceIds, ...(products === null ? {} : { productIds: products }) });
}
