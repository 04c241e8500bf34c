import type { Clock } from '../../core/clock.js';
import { dialectOf } from '../../db/dialect.js';
import type { Db } from '../../db/open-database.js';

/** `error` = a person must act; what heals itself is a `warning`. */
export type JournalLevel = 'info' | 'warning' | 'error';

/** What a person should read later: what happened, in which run, to what, and why. */
export interface JournalEntry {
  readonly level: JournalLevel;
  /** Kebab-case, for example "run-finished"; lists filter by it. */
  readonly code: string;
  /** A whole sentence without secrets or buyer details. */
  readonly message: string;
  readonly runId?: number;
  readonly accountId?: number;
  readonly marketplaceId?: number;
  readonly sku?: string;
  readonly productId?: number;
}

/** An entry as it was written; null where the entry did not say. */
export interface JournalRow {
  readonly id: number;
  readonly atMs: number;
  readonly level: JournalLevel;
  readonly code: string;
  readonly message: string;
  readonly runId: number | null;
  readonly accountId: number | null;
  readonly marketplaceId: number | null;
  readonly sku: string | null;
  readonly productId: number | null;
}

/** Which entries a list shows; what is left out does not narrow it. */
export interface JournalFilter {
  readonly level?: JournalLevel;
  readonly runId?: number;
  readonly sku?: string;
  readonly code?: string;
  /** Found anywhere in the message, in any letter case. */
  readonly text?: string;
  /** Only entries older than this one: the id of the last row of the page before. */
  readonly beforeId?: number;
  readonly limit: number;
}

interface JournalTableRow {
  id: number;
  at_ms: number;
  level: JournalLevel;
  code: string;
  message: string;
  run_id: number | null;
  account_id: number | null;
  marketplace_id: number | null;
  sku: string | null;
  product_id: number | null;
}

/** The column's width: a faulty SKU of any length must not keep its own verdict out of the journal. */
const SKU_CHARACTERS = 191;

/** The table `journal`: append-only, read newest first. */
export class Journal {
  readonly #db: Db;
  readonly #clock: Clock;

  constructor(db: Db, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  /**
   * Writes entries in the order given, all with the present time.
   *
   * @param transaction the entries appear when it commits; without it they appear at once
   */
  async write(entries: JournalEntry | readonly JournalEntry[], transaction: Db = this.#db): Promise<void> {
    const list: readonly JournalEntry[] = isList(entries) ? entries : [entries];
    const atMs = this.#clock.nowMs();
    const size = dialectOf(transaction).rowsPerInsert;
    for (let start = 0; start < list.length; start += size) {
      const chunk = list.slice(start, start + size);
      await transaction('journal').insert(chunk.map((entry) => toTableRow(entry, atMs)));
    }
  }

  /** The newest entries that match, newest first, at most `limit`. */
  async list(filter: JournalFilter): Promise<readonly JournalRow[]> {
    const query = this.#db<JournalTableRow>('journal').orderBy('id', 'desc').limit(filter.limit);
    if (filter.level !== undefined) query.where('level', filter.level);
    if (filter.runId !== undefined) query.where('run_id', filter.runId);
    if (filter.sku !== undefined) query.where('sku', filter.sku.slice(0, SKU_CHARACTERS));
    if (filter.code !== undefined) query.where('code', filter.code);
    // The database lowers both sides, so that both follow one idea of letter case; INSTR knows no wildcards to escape.
    if (filter.text !== undefined) query.whereRaw('INSTR(LOWER(message), LOWER(?)) > 0', [filter.text]);
    if (filter.beforeId !== undefined) query.where('id', '<', filter.beforeId);
    return (await query).map(toRow);
  }
}

// Array.isArray alone does not narrow a readonly array.
function isList(entries: JournalEntry | readonly JournalEntry[]): entries is readonly JournalEntry[] {
  return Array.isArray(entries);
}

function toTableRow(entry: JournalEntry, atMs: number): Omit<JournalTableRow, 'id'> {
  return {
    at_ms: atMs,
    level: entry.level,
    code: entry.code,
    message: entry.message,
    run_id: entry.runId ?? null,
    account_id: entry.accountId ?? null,
    marketplace_id: entry.marketplaceId ?? null,
    sku: entry.sku?.slice(0, SKU_CHARACTERS) ?? null,
    product_id: entry.productId ?? null,
  };
}

function toRow(row: JournalTableRow): JournalRow {
  return {
    id: row.id,
    atMs: row.at_ms,
    level: row.level,
    code: row.code,
    message: row.message,
    runId: row.run_id,
    accountId: row.account_id,
    marketplaceId: row.marketplace_id,
    sku: row.sku,
    productId: row.product_id,
  };
}
