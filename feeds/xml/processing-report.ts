import { type DocumentChunks, textChunks } from './text-chunks.js';
import { describeXmlFault, XmlReader } from './xml-reader.js';

export interface ReportSummary {
  readonly processed: number;
  readonly successful: number;
  readonly withError: number;
  readonly withWarning: number;
}

/** What Amazon says of one message. Messages without a problem have no result. */
export interface ReportResult {
  /** The id within the document; 0 speaks of the whole feed. */
  readonly messageId: number;
  /** Whatever Amazon does not call a warning counts as an error. */
  readonly severity: 'error' | 'warning';
  /** Amazon's number, for example "13013". */
  readonly code: string;
  readonly description: string;
  /** Null where Amazon names none. */
  readonly sku: string | null;
}

/** What was read, as far as the report goes. */
export interface ReportContent {
  readonly transactionId: string | null;
  readonly statusCode: string | null;
  readonly summary: ReportSummary | null;
  readonly results: readonly ReportResult[];
}

/** Why a report proves nothing about the messages it does not name. */
export type ReportFault = 'empty' | 'cut' | 'not-xml' | 'not-a-report' | 'not-complete';

/** A report is whole when it is closed properly, is a ProcessingReport, and says "Complete"; else its silence means nothing. */
export type ProcessingReport =
  | ({ readonly whole: true } & ReportContent)
  | ({ readonly whole: false; readonly fault: ReportFault; readonly detail: string } & ReportContent);

/**
 * Reads the processing report of a feed.
 *
 * Nothing is thrown for what the text holds: an HTML page, a cut or an empty answer is a report that is not whole. Documents
 * with a document type are not read (no entities, no other files).
 *
 * @source Amazon ProcessingReport: StatusCode, ProcessingSummary, Result with MessageID 0 for the whole feed (checked 2026-11)
 */
export function parseProcessingReport(text: string): ProcessingReport {
  const builder = new ReportBuilder();
  builder.write(text);
  return builder.end();
}

/**
 * Reads a processing report while it is being downloaded or unpacked; otherwise like `parseProcessingReport`.
 *
 * @param chunks texts, or bytes in UTF-8; what they throw passes through
 */
export async function readProcessingReport(chunks: DocumentChunks): Promise<ProcessingReport> {
  const builder = new ReportBuilder();
  for await (const chunk of textChunks(chunks)) builder.write(chunk);
  return builder.end();
}

const REPORT = '/AmazonEnvelope/Message/ProcessingReport';
const RESULT = `${REPORT}/Result`;

/** Collects the texts of the report's elements by path; a Result is finished at its end tag. */
class ReportBuilder {
  readonly #reader = new XmlReader({
    onOpen: (path) => this.#open(path),
    onClose: (path, text) => this.#close(path, text.trim()),
  });
  readonly #report = new Map<string, string>();
  readonly #result = new Map<string, string>();
  readonly #results: ReportResult[] = [];
  #rootName: string | null = null;
  #reports = 0;
  #oddity: string | null = null;

  write(text: string): void {
    this.#reader.write(text);
  }

  end(): ProcessingReport {
    const broken = this.#faultOf();
    const content = this.#content();
    return broken === null ? { whole: true, ...content } : { whole: false, ...broken, ...content };
  }

  #open(path: string): void {
    this.#rootName ??= path.slice(1);
    if (path === REPORT) this.#reports += 1;
    if (path === RESULT) this.#result.clear();
  }

  #close(path: string, text: string): void {
    if (path === RESULT) this.#finishResult();
    else if (path.startsWith(RESULT)) this.#result.set(path.slice(RESULT.length + 1), text);
    else if (path.startsWith(REPORT)) this.#report.set(path.slice(REPORT.length + 1), text);
  }

  #finishResult(): void {
    const id = this.#result.get('MessageID') ?? '';
    if (!isCount(id)) {
      this.#oddity ??= `Expected a number as MessageID of a Result, got ${JSON.stringify(id.slice(0, 40))}.`;
      return;
    }
    this.#results.push({
      messageId: Number(id),
      severity: this.#result.get('ResultCode') === 'Warning' ? 'warning' : 'error',
      code: this.#result.get('ResultMessageCode') ?? '',
      description: this.#result.get('ResultDescription') ?? '',
      sku: this.#result.get('AdditionalInfo/SKU') || null,
    });
  }

  #content(): ReportContent {
    return {
      transactionId: this.#report.get('DocumentTransactionID') ?? null,
      statusCode: this.#report.get('StatusCode') ?? null,
      summary: this.#summary(),
      results: this.#results,
    };
  }

  #summary(): ReportSummary | null {
    const count = (name: string) => {
      const text = this.#report.get(`ProcessingSummary/${name}`) ?? '';
      return isCount(text) ? Number(text) : null;
    };
    const [processed, successful] = [count('MessagesProcessed'), count('MessagesSuccessful')];
    const [withError, withWarning] = [count('MessagesWithError'), count('MessagesWithWarning')];
    if (processed === null || successful === null || withError === null || withWarning === null) return null;
    return { processed, successful, withError, withWarning };
  }

  #faultOf(): { fault: ReportFault; detail: string } | null {
    const fault = this.#reader.end();
    if (this.#rootName !== null && this.#rootName !== 'AmazonEnvelope') {
      return notAReport(`Expected AmazonEnvelope, got an answer that begins with <${this.#rootName.slice(0, 40)}>.`);
    }
    if (fault?.kind === 'refused') return notAReport(describeXmlFault(fault));
    if (fault !== null) return { fault: fault.kind, detail: describeXmlFault(fault) };
    if (this.#reports !== 1) return notAReport(`Expected one ProcessingReport, found ${this.#reports}.`);
    if (this.#oddity !== null) return notAReport(this.#oddity);
    const status = this.#report.get('StatusCode') ?? '';
    if (status === 'Complete') return null;
    return {
      fault: 'not-complete',
      detail: `Expected StatusCode Complete, got ${JSON.stringify(status.slice(0, 40))}.`,
    };
  }
}

function notAReport(detail: string): { fault: ReportFault; detail: string } {
  return { fault: 'not-a-report', detail };
}

/** Whole numbers that JavaScript holds exactly; Amazon allows 20 digits, our own ids never have so many. */
function isCount(text: string): boolean {
  return /^\d{1,15}$/.test(text);
}
