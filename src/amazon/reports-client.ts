import { type CreateReportSpecification, ReportsApi } from '@sp-api-sdk/reports-api-2021-06-30';
import type { AxiosInstance } from 'axios';
import type {
  AmazonReports,
  CallOptions,
  CreatedReport,
  DownloadOptions,
  NewReport,
  Report,
  ReportDownload,
} from './amazon-account.js';
import { documentLink } from './answer-fields.js';
import type { ApiCalls } from './api-calls.js';
import type { CallRunner } from './call-runner.js';
import { decodeText } from './decode-text.js';
import { type OpenedDocument, openDocument } from './document-transfer.js';
import { OPERATIONS } from './operations.js';
import { readDocumentBytes } from './read-document-bytes.js';
import { createReportAnswer, reportAnswer } from './report-answers.js';
import { transferRetryPlan } from './retry.js';

const LARGEST_REPORT_BYTES = 4 * 1024 ** 3;

export interface ReportsClientOptions {
  readonly baseUrl: string;
  /** Carries the token. */
  readonly apiHttp: AxiosInstance;
  /** Carries nothing: for documents. */
  readonly documentHttp: AxiosInstance;
  readonly calls: ApiCalls;
  readonly runner: CallRunner;
  readonly idleTimeoutMs: number;
}

/** Reports of one account over HTTP. */
export class ReportsClient implements AmazonReports {
  readonly #api: ReportsApi;
  readonly #options: ReportsClientOptions;

  constructor(options: ReportsClientOptions) {
    this.#api = new ReportsApi(undefined, options.baseUrl, options.apiHttp);
    this.#options = options;
  }

  async createReport(report: NewReport, options: CallOptions = {}): Promise<CreatedReport> {
    const { value, requestId } = await this.#options.calls.call({
      operation: OPERATIONS.createReport,
      schema: createReportAnswer,
      signal: options.signal,
      send: (config) => this.#api.createReport({ body: createReportBody(report) }, config),
    });
    return { reportId: value.reportId, requestId };
  }

  async getReport(reportId: string, options: CallOptions = {}): Promise<Report> {
    const { value } = await this.#options.calls.call({
      operation: OPERATIONS.getReport,
      schema: reportAnswer,
      signal: options.signal,
      send: (config) => this.#api.getReport({ reportId }, config),
    });
    return value;
  }

  async openDocument(reportDocumentId: string, options: DownloadOptions = {}): Promise<ReportDownload> {
    const { idleTimeoutMs, runner } = this.#options;
    const { body, charset, ...opened } = await this.#open(reportDocumentId, options.signal);
    const bytes = readDocumentBytes(body, {
      ...opened,
      idleTimeoutMs,
      maxBytes: options.maxBytes ?? LARGEST_REPORT_BYTES,
      signals: options.signal === undefined ? [runner.closing] : [runner.closing, options.signal],
    });
    return { charset, bytes, text: decodeText(bytes, charset) };
  }

  #open(reportDocumentId: string, signal: AbortSignal | undefined): Promise<OpenedDocument> {
    const { calls, documentHttp, runner } = this.#options;
    return runner.run({
      operation: 'downloadDocument',
      signal,
      plan: (error) => transferRetryPlan(error, 'downloadDocument'),
      attempt: async (running) => {
        const { value: link } = await calls.call({
          operation: OPERATIONS.getReportDocument,
          schema: documentLink,
          signal: running,
          send: (config) => this.#api.getReportDocument({ reportDocumentId }, config),
        });
        return openDocument(documentHttp, link, running);
      },
    });
  }
}

function createReportBody(report: NewReport): CreateReportSpecification {
  const { reportOptions, marketplaceIds, ...rest } = report;
  const body = { ...rest, marketplaceIds: [...marketplaceIds] };
  return reportOptions === undefined ? body : { ...body, reportOptions: { ...reportOptions } };
}
