export type FeedKind = 'offer' | 'price' | 'quantity';
export type FeedFormat = 'xml' | 'json';

/**
 * intent: written before anything is sent · unanswered: Amazon was asked to make it and nobody knows yet whether it did · submitted:
 * Amazon gave it a number · in-progress: Amazon works on it · done, cancelled, fatal: Amazon has ended it · failed: it never became a
 * feed at Amazon, or nobody can tell which one it became.
 */
export type FeedStatus = (typeof FEED_STATUSES)[number];

/** In the order in which a feed passes them. */
export const FEED_STATUSES = [
  'intent',
  'unanswered',
  'submitted',
  'in-progress',
  'done',
  'cancelled',
  'fatal',
  'failed',
] as const;

/** Those in which its end is still to come. */
export const OPEN_FEED_STATUSES: readonly FeedStatus[] = ['intent', 'unanswered', 'submitted', 'in-progress'];

/** One document for Amazon, of one type, kept with its answer. */
export interface Feed {
  readonly id: number;
  readonly runId: number;
  readonly accountId: number;
  readonly marketplaceId: number;
  readonly kind: FeedKind;
  /** For example "Price". */
  readonly messageType: string;
  /** For example "POST_PRODUCT_PRICING_DATA". */
  readonly feedType: string;
  readonly format: FeedFormat;
  readonly status: FeedStatus;
  readonly messages: number;
  /** Of the uncompressed document. */
  readonly documentBytes: number;
  /** Relative to the data folder; gzip. */
  readonly documentPath: string;
  readonly amazonFeedId: string | null;
  /** Amazon's answer, relative to the data folder; gzip. */
  readonly resultPath: string | null;
  readonly accepted: number | null;
  readonly warnings: number | null;
  readonly errors: number | null;
  readonly unknown: number | null;
  /** Why the whole feed failed, in a sentence. */
  readonly fault: string | null;
  readonly polls: number;
  readonly createdAtMs: number;
  /** When Amazon was asked to make it; null = it was not, so it cannot exist there. */
  readonly askedAtMs: number | null;
  /** Since when nobody has known whether Amazon made it; null = that never was so. */
  readonly unansweredAtMs: number | null;
  /** Found at Amazon after its answer was lost: whether it is ours nobody can prove. */
  readonly isAdopted: boolean;
  /** The group of parts sent apart to find the message that makes feeds end FATAL; null = it carries nothing suspected. */
  readonly suspectGroup: number | null;
  readonly submittedAtMs: number | null;
  readonly endedAtMs: number | null;
  readonly settledAtMs: number | null;
  /** When its document and Amazon's answer were removed from the archive; null = they are kept. */
  readonly removedAtMs: number | null;
}

/** A feed about to be sent, as its intent is written. */
export interface FeedIntent {
  readonly runId: number;
  readonly accountId: number;
  readonly marketplaceId: number;
  readonly kind: FeedKind;
  readonly messageType: string;
  readonly feedType: string;
  readonly format: FeedFormat;
  readonly messages: number;
  readonly documentBytes: number;
  readonly documentPath: string;
  /** Of everything that it carries; left out = it carries nothing suspected. */
  readonly suspectGroup?: number | null;
}

/** What Amazon says about one message of a feed, or with message 0 about the whole. */
export interface FeedIssue {
  readonly messageId: number;
  readonly sku: string | null;
  readonly severity: 'error' | 'warning';
  readonly code: string;
  /** Amazon's own words. */
  readonly description: string;
}
