import type { Db } from '../../db/open-database.js';
import { numberOrNull, type Row } from '../state/row.js';
import type { WorkFault } from './fault-order.js';

/** What was drawn for a feed or report when it started: it keeps it, also over a restart. */
export interface Fate {
  readonly faults: readonly WorkFault[];
  /** True while it is stuck. */
  readonly held: boolean;
  /** When a stuck one was let go; 0 = it never was stuck. */
  readonly releasedAtMs: number;
}

/** Something that a fate belongs to: row numbers of feeds and reports overlap. */
export interface FateSubject {
  readonly work: 'feed' | 'report';
  /** Row number. */
  readonly id: number;
}

const NO_FATE: Fate = { faults: [], held: false, releasedAtMs: 0 };

/** Fates of feeds and reports; one without a row was struck by nothing. */
export class FateStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  async put(subject: FateSubject, faults: readonly WorkFault[]): Promise<void> {
    if (faults.length === 0) return;
    const held = faults.some(({ kind }) => kind === 'stuck') ? 1 : 0;
    await this.#db('sim_fate').insert({
      ...columns(subject),
      faults: JSON.stringify(faults),
      held,
      released_at_ms: null,
    });
  }

  async of(subject: FateSubject): Promise<Fate> {
    const row: Row | undefined = await this.#db('sim_fate').where(columns(subject)).first();
    if (row === undefined) return NO_FATE;
    return {
      faults: JSON.parse(String(row.faults)) as WorkFault[],
      held: Number(row.held) === 1,
      releasedAtMs: numberOrNull(row.released_at_ms) ?? 0,
    };
  }

  /** What is stuck now. */
  async held(): Promise<readonly FateSubject[]> {
    const rows: Row[] = await this.#db('sim_fate').where({ held: 1 }).orderBy(['work', 'work_id']);
    return rows.map((row) => ({ work: row.work === 'report' ? 'report' : 'feed', id: Number(row.work_id) }));
  }

  async release(subject: FateSubject, nowMs: number): Promise<void> {
    await this.#db('sim_fate').where(columns(subject)).update({ held: 0, released_at_ms: nowMs });
  }
}

function columns({ work, id }: FateSubject): Row {
  return { work, work_id: id };
}
