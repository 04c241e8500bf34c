import type { Clock } from '../../core/clock.js';
import type { Db } from '../../db/open-database.js';

/** What was done, in the action's own words; never a secret. */
export type AuditDetails = Readonly<Record<string, string | number | boolean | null>>;

/** One write by a person or by a program that acts for one. */
export interface AuditEntry {
  /** A user's name, "token NAME" for a program, "cli" for the command line. */
  readonly actor: string;
  /** Kebab-case, for example "setting-set". */
  readonly action: string;
  /** What it was done to, for example "sku-source of account Demo". */
  readonly subject: string;
  readonly details: AuditDetails;
}

export interface AuditRow extends AuditEntry {
  readonly id: number;
  readonly atMs: number;
}

/** Which entries a list shows; what is left out does not narrow it. */
export interface AuditFilter {
  readonly actor?: string;
  readonly action?: string;
  /** Only entries older than this one: the id of the last row of the page before. */
  readonly beforeId?: number;
  readonly limit: number;
}

interface AuditTableRow {
  id: number;
  at_ms: number;
  actor: string;
  action: string;
  subject: string;
  details: string;
}

/** The table `audit`: append-only, read newest first. */
export class Audit {
  readonly #db: Db;
  readonly #clock: Clock;

  constructor(db: Db, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  /**
   * Records what someone did, with the present time.
   *
   * @param transaction the one that does it, so that deed and record stand or fall together
   */
  async record(entry: AuditEntry, transaction: Db = this.#db): Promise<void> {
    await transaction('audit').insert({
      at_ms: this.#clock.nowMs(),
      actor: entry.actor,
      action: entry.action,
      subject: entry.subject,
      details: JSON.stringify(entry.details),
    });
  }

  /** The newest entries that match, newest first, at most `limit`. */
  async list(filter: AuditFilter): Promise<readonly AuditRow[]> {
    const query = this.#db<AuditTableRow>('audit').orderBy('id', 'desc').limit(filter.limit);
    if (filter.actor !== undefined) query.where('actor', filter.actor);
    if (filter.action !== undefined) query.where('action', filter.action);
    if (filter.beforeId !== undefined) query.where('id', '<', filter.beforeId);
    return (await query).map(toRow);
  }
}

function toRow(row: AuditTableRow): AuditRow {
  const { id, actor, action, subject } = row;
  return { id, atMs: row.at_ms, actor, action, subject, details: JSON.parse(row.details) as AuditDetails };
}
