import { z } from 'zod';

/** What can be struck on its way: the operations of both APIs, the login, and the links to documents. */
export const OPERATIONS = [
  'getAccessToken',
  'createFeedDocument',
  'uploadDocument',
  'createFeed',
  'getFeeds',
  'getFeed',
  'cancelFeed',
  'getFeedDocument',
  'createReport',
  'getReports',
  'getReport',
  'cancelReport',
  'getReportDocument',
  'downloadDocument',
] as const;

export type OperationName = (typeof OPERATIONS)[number];

const texts = z.array(z.string().min(1)).min(1);

/** Whom a fault strikes and how often; see `FaultOrder`. */
const drawing = {
  sellerId: z.string().min(1).optional(),
  times: z.number().int().min(1).optional(),
  every: z.number().int().min(1).optional(),
  probability: z.number().gt(0).max(1).optional(),
  seed: z.string().optional(),
};
const ofRequests = { operations: z.array(z.enum(OPERATIONS)).min(1).optional(), ...drawing };
const ofWork = { types: texts.optional(), ...drawing };
const ofFeeds = { ...ofWork, skus: texts.optional(), messageIds: texts.optional() };

const ReportLine = z.strictObject({
  result: z.enum(['Error', 'Warning']),
  code: z.string().min(1).max(20),
  description: z.string().min(1).optional(),
});

/**
 * A fault on command.
 *
 * Of requests, narrowed by `operations`:
 * - answer: refused with 429 or 503 before it has any effect, with a Retry-After header only when `retryAfterSeconds` is given
 * - cut-connection: the connection ends before the request has any effect
 * - lost-answer: the request has its effect, then the connection ends
 * - slow-answer: the request has its effect, the answer comes `delayMs` later
 *
 * Of feeds and ordered reports, narrowed by `types` (feed or report types):
 * - cancelled: ends CANCELLED before it starts; nothing is applied
 * - fatal: ends FATAL, nothing is applied, no document says why
 * - stuck: stays IN_PROGRESS until it is released, and holds up those of its type behind it
 * - report-cut, report-empty, report-html: the work is done, its document ends early, is empty, or is a web page
 *
 * Of feeds only:
 * - whole-feed-error: DONE with an error for message 0, zero processed, nothing applied
 * - transient-error: the messages of `skus` are not applied and get one error line, with `code` 5002 unless another is given
 * - several-lines: the messages of `skus` get all of `lines`; they are applied only when none of these is an error
 *
 * `skus` and `messageIds` narrow every fault of feeds to those that hold one of them, so that halving a feed finds it.
 *
 * It strikes each time something fits, `every` so many times, or with a `probability` drawn from `seed`: the same seed draws the same
 * course. It ends after `times` strikes: 1, or without end when `every` or `probability` is given.
 */
export const FaultOrder = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('answer'),
      status: z.union([z.literal(429), z.literal(503)]),
      retryAfterSeconds: z.number().int().min(0).optional(),
      ...ofRequests,
    }),
    z.strictObject({ kind: z.literal('cut-connection'), ...ofRequests }),
    z.strictObject({ kind: z.literal('lost-answer'), ...ofRequests }),
    z.strictObject({ kind: z.literal('slow-answer'), delayMs: z.number().int().min(1).max(600_000), ...ofRequests }),
    z.strictObject({ kind: z.literal('cancelled'), ...ofFeeds }),
    z.strictObject({ kind: z.literal('fatal'), ...ofFeeds }),
    z.strictObject({ kind: z.literal('stuck'), ...ofFeeds }),
    z.strictObject({ kind: z.literal('whole-feed-error'), ...ofFeeds }),
    z.strictObject({ kind: z.literal('transient-error'), code: z.string().max(20).optional(), ...ofWork, skus: texts }),
    z.strictObject({
      kind: z.literal('several-lines'),
      lines: z.array(ReportLine).min(2).optional(),
      ...ofWork,
      skus: texts,
    }),
    z.strictObject({ kind: z.literal('report-cut'), ...ofFeeds }),
    z.strictObject({ kind: z.literal('report-empty'), ...ofFeeds }),
    z.strictObject({ kind: z.literal('report-html'), ...ofFeeds }),
  ])
  .refine(({ every, probability }) => every === undefined || probability === undefined, {
    error: 'expected every or probability, not both',
  })
  .refine(({ seed, probability }) => seed === undefined || probability !== undefined, {
    error: 'expected a probability for the seed',
  });

export type FaultOrder = z.output<typeof FaultOrder>;

/** A fault that strikes a request. */
export type RequestFault = Extract<FaultOrder, { kind: 'answer' | 'cut-connection' | 'lost-answer' | 'slow-answer' }>;

/** A fault that strikes a feed or an ordered report. */
export type WorkFault = Exclude<FaultOrder, RequestFault>;

const REQUEST_KINDS: readonly string[] = ['answer', 'cut-connection', 'lost-answer', 'slow-answer'];

export function isRequestFault(order: FaultOrder): order is RequestFault {
  return REQUEST_KINDS.includes(order.kind);
}
