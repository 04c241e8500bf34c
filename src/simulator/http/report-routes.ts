import { Router } from 'express';
import { z } from 'zod';
import { REPORT_TYPES } from '../processing/make-report.js';
import { type ReportStore, reportIdOf, reportRowOf, type StoredReport } from '../state/report-store.js';
import type { SellerStore } from '../state/seller-store.js';
import { type ApiAnswer, type ApiCall, invalidInput, notFound } from './api-answer.js';
import type { ApiGate } from './api-gate.js';
import { answerDocument, type DocumentAnswerParts } from './document-answer.js';
import { describeFaults, pageOf, readListQuery } from './list-query.js';

export interface ReportRouteParts extends DocumentAnswerParts {
  readonly sellers: SellerStore;
  readonly reports: ReportStore;
}

const CreateReport = z.object({
  reportType: z.string().min(1),
  marketplaceIds: z.array(z.string()).min(1).max(25),
  dataStartTime: z.iso.datetime({ offset: true }).optional(),
  dataEndTime: z.iso.datetime({ offset: true }).optional(),
  reportOptions: z.record(z.string(), z.string()).optional(),
});

/** The Reports API 2021-06-30 without schedules. */
export function reportRoutes(gate: ApiGate, parts: ReportRouteParts): Router {
  const router = Router();
  const operations = new ReportOperations(parts);
  router.get(
    '/documents/:id',
    gate.guard('getReportDocument', (call) => operations.getDocument(call)),
  );
  router.post(
    '/reports',
    gate.guard('createReport', (call) => operations.create(call)),
  );
  router.get(
    '/reports',
    gate.guard('getReports', (call) => operations.list(call)),
  );
  router.get(
    '/reports/:id',
    gate.guard('getReport', (call) => operations.get(call)),
  );
  router.delete(
    '/reports/:id',
    gate.guard('cancelReport', (call) => operations.cancel(call)),
  );
  return router;
}

class ReportOperations {
  readonly #parts: ReportRouteParts;

  constructor(parts: ReportRouteParts) {
    this.#parts = parts;
  }

  getDocument(call: ApiCall): Promise<ApiAnswer> {
    return answerDocument(call, 'reportDocumentId', this.#parts);
  }

  async create({ sellerId, body }: ApiCall): Promise<ApiAnswer> {
    const parsed = CreateReport.safeParse(body);
    if (!parsed.success) return invalidInput(describeFaults(parsed.error));
    const { reportType, marketplaceIds, dataStartTime, dataEndTime } = parsed.data;
    if (!REPORT_TYPES.includes(reportType)) return invalidInput(`reportType: ${reportType} is not simulated.`);
    if (marketplaceIds.length > 1) return invalidInput(`marketplaceIds: ${reportType} takes one marketplace.`);
    const foreign = await this.#parts.sellers.notSoldIn(sellerId, marketplaceIds);
    if (foreign.length > 0) return invalidInput(`marketplaceIds: the seller does not sell in ${foreign.join(', ')}.`);
    const id = await this.#parts.reports.create({
      sellerId,
      reportType,
      marketplaceIds,
      dataStartMs: dataStartTime === undefined ? null : Date.parse(dataStartTime),
      dataEndMs: dataEndTime === undefined ? null : Date.parse(dataEndTime),
      nowMs: this.#parts.clock.nowMs(),
    });
    return { status: 202, body: { reportId: reportIdOf(id) } };
  }

  async list({ sellerId, query }: ApiCall): Promise<ApiAnswer> {
    const filter = readListQuery(query, 'reportTypes', this.#parts.clock.nowMs());
    if ('status' in filter) return filter;
    const reports = await this.#parts.reports.list(sellerId, filter);
    const { rows, nextToken } = pageOf(filter, reports);
    return { status: 200, body: { reports: rows.map(toModel), ...nextToken } };
  }

  async get(call: ApiCall): Promise<ApiAnswer> {
    const report = await this.#find(call);
    return report === null
      ? notFound(`Report ${call.params.id} was not found.`)
      : { status: 200, body: toModel(report) };
  }

  async cancel(call: ApiCall): Promise<ApiAnswer> {
    const report = await this.#find(call);
    if (report === null) return notFound(`Report ${call.params.id} was not found.`);
    if (report.status !== 'IN_QUEUE')
      return invalidInput(
        `Report ${call.params.id} is ${report.status}; only a report that is IN_QUEUE can be cancelled.`,
      );
    const end = { status: 'CANCELLED', endedAtMs: this.#parts.clock.nowMs(), documentId: null } as const;
    await this.#parts.reports.setEnded(report.id, end);
    return { status: 200 };
  }

  async #find({ sellerId, params }: ApiCall): Promise<StoredReport | null> {
    const id = reportRowOf(params.id ?? '');
    return id === null ? null : this.#parts.reports.find(sellerId, id);
  }
}

function toModel(report: StoredReport): Record<string, unknown> {
  const times = {
    dataStartTime: report.dataStartMs,
    dataEndTime: report.dataEndMs,
    processingStartTime: report.startedAtMs,
    processingEndTime: report.endedAtMs,
  };
  const known = Object.entries(times).flatMap(([name, atMs]) =>
    atMs === null ? [] : [[name, new Date(atMs).toISOString()]],
  );
  return {
    reportId: reportIdOf(report.id),
    reportType: report.reportType,
    marketplaceIds: report.marketplaceIds,
    createdTime: new Date(report.createdAtMs).toISOString(),
    processingStatus: report.status,
    ...Object.fromEntries(known),
    ...(report.documentId === null ? {} : { reportDocumentId: report.documentId }),
  };
}
