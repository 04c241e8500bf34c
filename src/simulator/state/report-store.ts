import type { Db } from '../../db/open-database.js';
import { applyListFilter, type ListFilter } from './list-filter.js';
import type { ProcessingStatus } from './processing-status.js';
import { numberOrNull, type Row, textOrNull } from './row.js';

export interface StoredReport {
  /** Row number; `reportIdOf` makes the id that clients see. */
  readonly id: number;
  readonly sellerId: string;
  readonly reportType: string;
  readonly marketplaceIds: readonly string[];
  readonly status: ProcessingStatus;
  readonly dataStartMs: number | null;
  readonly dataEndMs: number | null;
  readonly createdAtMs: number;
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
  readonly documentId: string | null;
}

const FIRST_REPORT_ID = 60_000_000_000;

/** The id that clients see: a number as text, like Amazon's. */
export function reportIdOf(id: number): string {
  return String(FIRST_REPORT_ID + id);
}

/** The row number behind a client's id, or null when it cannot be one. */
export function reportRowOf(reportId: string): number | null {
  return /^\d{11,15}$/.test(reportId) ? Number(reportId) - FIRST_REPORT_ID : null;
}

/** Ordered reports. */
export class ReportStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  async create(report: {
    readonly sellerId: string;
    readonly reportType: string;
    readonly marketplaceIds: readonly string[];
    readonly dataStartMs: number | null;
    readonly dataEndMs: number | null;
    readonly nowMs: number;
  }): Promise<number> {
    const [id] = await this.#db('sim_report').insert({
      seller_id: report.sellerId,
      report_type: report.reportType,
      marketplace_ids: JSON.stringify(report.marketplaceIds),
      status: 'IN_QUEUE',
      data_start_ms: report.dataStartMs,
      data_end_ms: report.dataEndMs,
      created_at_ms: report.nowMs,
    });
    return Number(id);
  }

  async find(sellerId: string, id: number): Promise<StoredReport | null> {
    const row = await this.#db('sim_report').where({ id, seller_id: sellerId }).first();
    return row === undefined ? null : fromRow(row);
  }

  /** One page, newest first, and one row more when another page follows. */
  async list(sellerId: string, filter: ListFilter): Promise<readonly StoredReport[]> {
    const rows = await this.#db('sim_report')
      .where({ seller_id: sellerId })
      .modify((query) => applyListFilter(query, filter, 'report_type'));
    return rows.map(fromRow);
  }

  /** Reports that still have something before them, oldest first. */
  async open(): Promise<readonly StoredReport[]> {
    const rows = await this.#db('sim_report').whereIn('status', ['IN_QUEUE', 'IN_PROGRESS']).orderBy('id');
    return rows.map(fromRow);
  }

  async setStarted(id: number, startedAtMs: number): Promise<void> {
    await this.#db('sim_report').where({ id }).update({ status: 'IN_PROGRESS', started_at_ms: startedAtMs });
  }

  async setEnded(
    id: number,
    end: { status: ProcessingStatus; endedAtMs: number; documentId: string | null },
  ): Promise<void> {
    await this.#db('sim_report')
      .where({ id })
      .update({ status: end.status, ended_at_ms: end.endedAtMs, document_id: end.documentId });
  }
}

function fromRow(row: Row): StoredReport {
  return {
    id: Number(row.id),
    sellerId: String(row.seller_id),
    reportType: String(row.report_type),
    marketplaceIds: JSON.parse(String(row.marketplace_ids)) as string[],
    status: String(row.status) as ProcessingStatus,
    dataStartMs: numberOrNull(row.data_start_ms),
    dataEndMs: numberOrNull(row.data_end_ms),
    createdAtMs: Number(row.created_at_ms),
    startedAtMs: numberOrNull(row.started_at_ms),
    endedAtMs: numberOrNull(row.ended_at_ms),
    documentId: textOrNull(row.document_id),
  };
}
