import type { Db } from '../../db/open-database.js';
import { damageAmong } from '../faults/damaged-document.js';
import { FateStore, type FateSubject } from '../faults/fate-store.js';
import type { FaultBook } from '../faults/fault-book.js';
import type { WorkFault } from '../faults/fault-order.js';
import { ReportStore, type StoredReport } from '../state/report-store.js';
import type { Delays } from './delays.js';
import type { ReportMaker } from './make-report.js';
import type { Step } from './step.js';

export interface ReportCourseParts {
  readonly db: Db;
  readonly reports: ReportStore;
  readonly reportMaker: ReportMaker;
  readonly delays: Delays;
  readonly faults: FaultBook;
}

/** What comes next for ordered reports; they do not wait for each other. */
export class ReportCourse {
  readonly #parts: ReportCourseParts;

  constructor(parts: ReportCourseParts) {
    this.#parts = parts;
  }

  /** The next step of each report. */
  async steps(): Promise<readonly Step[]> {
    const steps: Step[] = [];
    for (const report of await this.#parts.reports.open()) {
      const step = report.startedAtMs === null ? this.#start(report) : await this.#end(report, report.startedAtMs);
      if (step !== null) steps.push(step);
    }
    return steps;
  }

  #start(report: StoredReport): Step {
    const { delays, faults } = this.#parts;
    const { reportType: type, sellerId } = report;
    const atMs = report.createdAtMs + delays.queueMs;
    const nothing = () => Promise.resolve({ skus: new Set<string>(), messageIds: new Set<string>() });
    const occasion = { subject: subjectOf(report), type, sellerId, atMs, find: nothing };
    return { atMs, take: () => faults.forWork(occasion, (trx, drawn) => begin(report, { trx, drawn, atMs })) };
  }

  async #end(report: StoredReport, startedAtMs: number): Promise<Step | null> {
    const { db, delays, reports, reportMaker } = this.#parts;
    const { faults, held, releasedAtMs } = await new FateStore(db).of(subjectOf(report));
    if (held) return null;
    const endedAtMs = Math.max(startedAtMs + delays.processMs, releasedAtMs);
    const take = async () => {
      if (faults.some(({ kind }) => kind === 'fatal'))
        return reports.setEnded(report.id, { status: 'FATAL', endedAtMs, documentId: null });
      const documentId = await reportMaker.make(report, endedAtMs, damageAmong(faults));
      return reports.setEnded(report.id, { status: 'DONE', endedAtMs, documentId });
    };
    return { atMs: endedAtMs, take };
  }
}

function begin(
  report: StoredReport,
  { trx, drawn, atMs }: { readonly trx: Db; readonly drawn: readonly WorkFault[]; readonly atMs: number },
): Promise<void> {
  const reports = new ReportStore(trx);
  if (!drawn.some(({ kind }) => kind === 'cancelled')) return reports.setStarted(report.id, atMs);
  return reports.setEnded(report.id, { status: 'CANCELLED', endedAtMs: atMs, documentId: null });
}

function subjectOf(report: StoredReport): FateSubject {
  return { work: 'report', id: report.id };
}
