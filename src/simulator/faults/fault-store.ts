import type { Db } from '../../db/open-database.js';
import { numberOrNull, type Row } from '../state/row.js';
import type { FaultOrder } from './fault-order.js';

/** A commanded fault, and what became of it so far. */
export interface FaultRule {
  readonly id: number;
  readonly order: FaultOrder;
  /** How often it may still strike at most, from its beginning; null = without end. */
  readonly times: number | null;
  /** How often something fitted it. */
  readonly seen: number;
  /** How often it struck. */
  readonly drawn: number;
}

/** Commanded faults; those that have struck often enough stay, to be looked at. */
export class FaultStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  async add(order: FaultOrder, nowMs: number): Promise<number> {
    const { sellerId = null, times = null, every, probability } = order;
    const repeats = every !== undefined || probability !== undefined;
    const [id] = await this.#db('sim_fault').insert({
      seller_id: sellerId,
      fault_order: JSON.stringify(order),
      times: times ?? (repeats ? null : 1),
      seen: 0,
      drawn: 0,
      created_at_ms: nowMs,
    });
    return Number(id);
  }

  /** All of them, in the order in which they were commanded. */
  async list(): Promise<readonly FaultRule[]> {
    const rows: Row[] = await this.#db('sim_fault').orderBy('id');
    return rows.map(fromRow);
  }

  /** Those that may still strike a seller, in the order in which they were commanded. */
  async live(sellerId: string): Promise<readonly FaultRule[]> {
    const rows: Row[] = await this.#db('sim_fault')
      .where((who) => who.whereNull('seller_id').orWhere({ seller_id: sellerId }))
      .where((left) => left.whereNull('times').orWhereRaw('drawn < times'))
      .orderBy('id');
    return rows.map(fromRow);
  }

  /** Counts that something fitted a fault, and whether it struck. */
  async count(id: number, struck: boolean): Promise<void> {
    const db = this.#db;
    await db('sim_fault')
      .where({ id })
      .update({ seen: db.raw('seen + 1'), drawn: db.raw('drawn + ?', [struck ? 1 : 0]) });
  }

  /** @param id null = all of them */
  async remove(id: number | null): Promise<number> {
    return this.#db('sim_fault')
      .modify((query) => (id === null ? query : query.where({ id })))
      .delete();
  }
}

function fromRow(row: Row): FaultRule {
  return {
    id: Number(row.id),
    // Checked before it was written.
    order: JSON.parse(String(row.fault_order)) as FaultOrder,
    times: numberOrNull(row.times),
    seen: Number(row.seen),
    drawn: Number(row.drawn),
  };
}
