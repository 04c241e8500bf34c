import type { Knex } from 'knex';
import { groupBy } from '../../../core/group-by.js';
import { dialectOf } from '../../../db/dialect.js';
import type { Db } from '../../../db/open-database.js';
import type { Part } from '../../offers/offer-settings.js';
import type { HeldLine, Hold, HoldKind, HoldState, LineKey, NewLine } from './hold.js';

type TableRow = Record<string, string | number | null>;

/** Which holds are meant; what is left out does not narrow them. */
export interface HoldFilter {
  readonly accountId?: number;
  readonly accountIds?: readonly number[];
  readonly runId?: number;
  readonly kind?: HoldKind;
  /** Only those that are held now and whose time to go by themselves has come. */
  readonly dueAtMs?: number;
  readonly limit?: number;
}

/** Lines of a kind that a run keeps back from now on. */
export interface AddedHold {
  readonly runId: number;
  readonly accountId: number;
  readonly kind: HoldKind;
  readonly lines: number;
  readonly goesAtMs: number | null;
  readonly nowMs: number;
}

const LINE_KEY = ['account_id', 'sku', 'marketplace_id', 'part'];

/** The tables `hold` and `held_line`. */
export class HoldStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /**
   * Makes the hold of a run, or adds lines to the one that it has made already; one that has ended meanwhile begins anew.
   *
   * @returns isNew whether nobody was told of it yet; goesAtMs when it goes by itself, which later lines do not put off
   */
  async add(
    hold: AddedHold,
  ): Promise<{ readonly id: number; readonly isNew: boolean; readonly goesAtMs: number | null }> {
    const key = { run_id: hold.runId, account_id: hold.accountId, kind: hold.kind };
    const begun = { state: 'held', goes_at_ms: hold.goesAtMs, decided_at_ms: null, decided_by: '' };
    const row = await this.#db<TableRow>('hold').where(key).first();
    if (row === undefined) {
      const made = { ...key, ...begun, line_count: hold.lines, created_at_ms: hold.nowMs };
      const [id] = await this.#db('hold').insert(made);
      return { id: Number(id), isNew: true, goesAtMs: hold.goesAtMs };
    }
    const known = toHold(row);
    const isNew = known.state !== 'held';
    await this.#db('hold')
      .where({ id: known.id })
      .update({ line_count: this.#db.raw('line_count + ?', [hold.lines]), ...(isNew ? begun : {}) });
    return { id: known.id, isNew, goesAtMs: isNew ? hold.goesAtMs : known.goesAtMs };
  }

  /** Puts lines under a hold; those of another one move there. */
  async putLines(accountId: number, holdId: number, lines: readonly NewLine[]): Promise<void> {
    const size = dialectOf(this.#db).rowsPerInsert;
    for (let start = 0; start < lines.length; start += size) {
      const rows = lines.slice(start, start + size).map((line) => ({
        account_id: accountId,
        sku: line.sku,
        marketplace_id: line.marketplaceId,
        part: line.part,
        hold_id: holdId,
        shop_id: line.shopId,
        product_id: line.productId,
        is_deletion: line.isDeletion ? 1 : 0,
        value: line.value,
        value_before: line.valueBefore,
        state: 'held',
      }));
      await this.#db('held_line').insert(rows).onConflict(LINE_KEY).merge();
    }
  }

  /** Removes lines, held or released. */
  async removeLines(accountId: number, lines: readonly LineKey[]): Promise<void> {
    for (const some of this.#chunks(accountId, lines)) await some.delete();
  }

  /** Open holds, the oldest first. */
  async held(filter: HoldFilter): Promise<readonly Hold[]> {
    const query = this.#db<TableRow>('hold').where({ state: 'held' }).orderBy('id');
    if (filter.accountId !== undefined) query.where({ account_id: filter.accountId });
    if (filter.runId !== undefined) query.where({ run_id: filter.runId });
    if (filter.kind !== undefined) query.where({ kind: filter.kind });
    if (filter.dueAtMs !== undefined) query.where('goes_at_ms', '<=', filter.dueAtMs);
    if (filter.accountIds !== undefined) query.whereIn('account_id', filter.accountIds);
    if (filter.limit !== undefined) query.limit(filter.limit);
    return (await query).map(toHold);
  }

  /** How many holds of these accounts are open. */
  async countHeld(accountIds: readonly number[]): Promise<number> {
    const held = this.#db('hold').where({ state: 'held' }).whereIn('account_id', accountIds);
    const row = await held.count({ count: '*' }).first();
    return Number(row?.count ?? 0);
  }

  /** Everything that a run held, decided or not. */
  async ofRun(runId: number): Promise<readonly Hold[]> {
    return (await this.#db<TableRow>('hold').where({ run_id: runId }).orderBy('id')).map(toHold);
  }

  async decide(holdId: number, { state, by, nowMs }: { state: HoldState; by: string; nowMs: number }): Promise<void> {
    await this.#db('hold').where({ id: holdId }).update({ state, decided_by: by, decided_at_ms: nowMs });
  }

  /** Ends the open holds of an account that have no held line left; a first send has none to begin with. */
  async endEmpty(accountId: number, nowMs: number): Promise<void> {
    await this.#db('hold')
      .where({ account_id: accountId, state: 'held' })
      .whereNot({ kind: 'first-send' })
      .whereNotExists(
        this.#db('held_line')
          .whereRaw('held_line.hold_id = hold.id')
          .where({ state: 'held' })
          .select(this.#db.raw('1')),
      )
      .update({ state: 'gone', decided_at_ms: nowMs });
  }

  /** Whether the account has a line, held or released. */
  async hasLines(accountId: number): Promise<boolean> {
    return (await this.#db('held_line').where({ account_id: accountId }).first('sku')) !== undefined;
  }

  /** Lines of these SKUs, held or released. */
  async linesOf(accountId: number, skus: readonly string[]): Promise<readonly HeldLine[]> {
    const lines: HeldLine[] = [];
    for (let start = 0; start < skus.length; start += 1_000) {
      const rows = await this.#db<TableRow>('held_line')
        .where({ account_id: accountId })
        .whereIn('sku', skus.slice(start, start + 1_000));
      lines.push(...rows.map(toLine));
    }
    return lines;
  }

  /** Held lines of a hold by SKU, from the next one on; null = from the first. */
  async page(holdId: number, { after, limit }: { after: LineKey | null; limit: number }): Promise<readonly HeldLine[]> {
    const query = this.#db<TableRow>('held_line')
      .where({ hold_id: holdId, state: 'held' })
      .orderBy(['sku', 'marketplace_id', 'part'])
      .limit(limit);
    if (after !== null)
      query
        // By this one the index is entered; the next leaves out what the page before had of that SKU.
        .where('sku', '>=', after.sku)
        .whereRaw('(sku > ? OR marketplace_id > ? OR (marketplace_id = ? AND part > ?))', [
          after.sku,
          after.marketplaceId,
          after.marketplaceId,
          after.part,
        ]);
    return (await query).map(toLine);
  }

  /** How many lines a hold keeps back now. */
  async countLines(holdId: number): Promise<number> {
    const row = await this.#db('held_line').where({ hold_id: holdId, state: 'held' }).count({ count: '*' }).first();
    return Number(row?.count ?? 0);
  }

  /** Lets lines go: they stand until their value has gone. */
  async releaseLines(accountId: number, lines: readonly LineKey[]): Promise<void> {
    for (const some of this.#chunks(accountId, lines)) await some.update({ state: 'released' });
  }

  /** The rows of lines, up to 1,000 at once. */
  *#chunks(accountId: number, lines: readonly LineKey[]): Generator<Knex.QueryBuilder> {
    for (const group of groupBy(lines, (line) => `${line.marketplaceId}/${line.part}`).values()) {
      const skus = group.map((line) => line.sku);
      const [{ marketplaceId = 0, part } = {}] = group;
      for (let start = 0; start < skus.length; start += 1_000)
        yield this.#db('held_line')
          .where({ account_id: accountId, marketplace_id: marketplaceId, part })
          .whereIn('sku', skus.slice(start, start + 1_000));
    }
  }
}

function toHold(row: TableRow): Hold {
  const instant = (value: string | number | null | undefined) =>
    value === null || value === undefined ? null : Number(value);
  return {
    id: Number(row.id),
    runId: Number(row.run_id),
    accountId: Number(row.account_id),
    kind: row.kind as HoldKind,
    lineCount: Number(row.line_count),
    state: row.state as HoldState,
    goesAtMs: instant(row.goes_at_ms),
    createdAtMs: Number(row.created_at_ms),
    decidedAtMs: instant(row.decided_at_ms),
    decidedBy: String(row.decided_by),
  };
}

function toLine(row: TableRow): HeldLine {
  return {
    sku: String(row.sku),
    marketplaceId: Number(row.marketplace_id),
    part: row.part as Part,
    holdId: Number(row.hold_id),
    shopId: Number(row.shop_id),
    productId: Number(row.product_id),
    isDeletion: Number(row.is_deletion) === 1,
    value: String(row.value),
    valueBefore: row.value_before === null ? null : String(row.value_before),
    state: row.state as HeldLine['state'],
  };
}
