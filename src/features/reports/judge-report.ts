import type { ProcessingReport, ReportResult } from '../../../feeds/xml/processing-report.js';
import type { PartStatus } from '../listings/listing.js';

/** Problems on Amazon's side that go away by themselves: such a message is sent again. */
const TRANSIENT_CODES = new Set(['5002', '20000', '20005', '4000000']);

/** Amazon does not know the SKU: it must be matched before anything else can be said of it. */
const UNKNOWN_SKU_CODES = new Set(['13013', '8566']);

/** How a feed ended at Amazon, with the report about it where there is one. */
export interface FeedEnd {
  readonly status: 'done' | 'cancelled' | 'fatal';
  readonly report: ProcessingReport | null;
  /** Where the report is archived; null without one. */
  readonly resultPath: string | null;
}

/** What was sent, to hold a report against. */
export interface SentContent {
  /** False where nobody can prove that the report is about what was sent: then its silence about a SKU proves nothing. */
  readonly isOurs: boolean;
  /** How many messages the document holds. */
  readonly messages: number;
  readonly carries: (sku: string) => boolean;
  /** The SKU of a message id, by the archived document; null = the document is no longer there, or has no such message. */
  readonly skuOf: (messageId: number) => string | null;
}

/** What the end of a feed proves about the SKUs that it carried. */
export interface FeedVerdict {
  /** Whether a SKU without a result line counts as accepted. */
  readonly silenceIsAcceptance: boolean;
  /** The results that decide, by SKU; errors win over warnings. */
  readonly bySku: ReadonlyMap<string, SkuResult>;
  /** Why the end proves little or nothing; null when it does. */
  readonly fault: string | null;
  readonly warnings: number;
}

export interface SkuResult {
  readonly state: Extract<PartStatus, 'rejected' | 'unknown'>;
  readonly unknownSku: boolean;
}

/**
 * Judges what the end of a feed proves (design section 4, step 9).
 *
 * A SKU without a result line counts as accepted only if the feed is done, its report is whole, names no error for the whole feed and
 * nothing that the feed did not carry, and its figures agree: processed = sent, successful + with errors = processed, and as many
 * messages are named with errors as are counted.
 */
export function judgeFeed({ status, report }: FeedEnd, sent: SentContent): FeedVerdict {
  const results = report?.results ?? [];
  const errors = results.filter((result) => result.severity === 'error');
  const bySku = new Map<string, SkuResult>();
  for (const result of errors) {
    const sku = skuOf(result, sent);
    if (sku !== null) bySku.set(sku, graver(bySku.get(sku), resultOf(result)));
  }
  const fault = endFault(status, report, errors) ?? reportFault(report, errors, sent);
  return { silenceIsAcceptance: fault === null, bySku, fault, warnings: results.length - errors.length };
}

/** The SKU that a result is about, as our document spells it; null where that is not certain. */
function skuOf(result: ReportResult, sent: SentContent): string | null {
  const { messageId, sku } = result;
  if (messageId === 0 || isContradicted(result, sent)) return null;
  return sent.skuOf(messageId) ?? sku;
}

/** Whether a report names another SKU for a message than the document has there; Amazon may change case and outer blanks. */
function isContradicted({ messageId, sku }: ReportResult, sent: SentContent): boolean {
  const ours = sent.skuOf(messageId);
  return sku !== null && ours !== null && sku.trim().toLowerCase() !== ours.trim().toLowerCase();
}

/** Several results about one SKU: a refusal weighs more than a failure that passes. */
function graver(known: SkuResult | undefined, next: SkuResult): SkuResult {
  if (known === undefined) return next;
  return {
    state: known.state === 'rejected' ? 'rejected' : next.state,
    unknownSku: known.unknownSku || next.unknownSku,
  };
}

function resultOf(result: ReportResult): SkuResult {
  return {
    state: TRANSIENT_CODES.has(result.code) ? 'unknown' : 'rejected',
    unknownSku: UNKNOWN_SKU_CODES.has(result.code),
  };
}

function endFault(
  status: FeedEnd['status'],
  report: ProcessingReport | null,
  [first]: readonly ReportResult[],
): string | null {
  const reason = first ? `says: ${first.code} ${first.description}` : 'gives no reason.';
  if (status === 'cancelled') return 'Amazon cancelled the feed.';
  if (status === 'fatal') return `Amazon ended the feed with FATAL and ${reason}`;
  return report === null ? 'Amazon says the feed is done and gives no report about it.' : null;
}

function reportFault(
  report: ProcessingReport | null,
  errors: readonly ReportResult[],
  sent: SentContent,
): string | null {
  if (report === null) return null;
  if (!sent.isOurs) return NOT_PROVED;
  if (!report.whole) return `Amazon's report is not whole (${report.fault}): ${report.detail}`;
  const whole = errors.find((result) => result.messageId === 0);
  if (whole) return `Amazon names an error for the whole feed: ${whole.code} ${whole.description}`;
  return strangerFault(errors, sent) ?? figuresFault(report, errors, sent);
}

const NOT_PROVED =
  'Its answer was lost and it was found again at Amazon; that it is ours cannot be proved, so its values are sent once more.';

/** A report about something that was not sent is another feed's, or was mixed up: nothing can be taken from its silence. */
function strangerFault(errors: readonly ReportResult[], sent: SentContent): string | null {
  for (const error of errors) {
    const { messageId, sku } = error;
    if (messageId > sent.messages) return `Amazon's report names message ${messageId}, ${sent.messages} were sent.`;
    const meant = skuOf(error, sent) ?? sku;
    if (meant !== null && !sent.carries(meant))
      return `Amazon's report names the SKU ${JSON.stringify(sku ?? meant)}, which the feed does not carry.`;
    if (isContradicted(error, sent))
      return `Amazon's report names the SKU ${JSON.stringify(sku)} for message ${messageId}, which is about ${JSON.stringify(sent.skuOf(messageId))}.`;
    if (sku === null && sent.skuOf(messageId) === null)
      return `Amazon's report names message ${messageId} without its SKU, and the document sent is no longer there to say which it was.`;
  }
  return null;
}

function figuresFault(
  { summary }: ProcessingReport,
  errors: readonly ReportResult[],
  sent: SentContent,
): string | null {
  if (!summary) return "Amazon's report has no summary, so its silence about a SKU proves nothing.";
  const { processed, successful, withError } = summary;
  if (processed !== sent.messages) return `Amazon says it processed ${processed} messages, ${sent.messages} were sent.`;
  if (successful + withError !== processed)
    return `Amazon's figures do not add up: ${successful} successful and ${withError} with errors of ${processed}.`;
  const named = new Set(errors.map((result) => result.messageId)).size;
  if (named === withError) return null;
  return `Amazon counts ${withError} messages with errors and names ${named}, so its silence about a SKU proves nothing.`;
}
