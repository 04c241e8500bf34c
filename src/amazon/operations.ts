/** One operation of the Selling Partner API: its default quota, and whether a repeat can do harm. */
export interface Operation {
  readonly name: string;
  /** Tokens added per second; Amazon may grant more and says so in its answers. */
  readonly ratePerSecond: number;
  /** Calls possible at once after a long rest. */
  readonly burst: number;
  /** False where a call without an answer must not be made again: its effect may have happened. */
  readonly repeatable: boolean;
}

/**
 * The operations in use, each counted by itself per application and seller.
 *
 * A second createFeedDocument, cancelFeed or createReport leaves nothing worse behind than an unused document or report.
 *
 * @source https://developer-docs.amazon.com/sp-api/docs/usage-plans-and-rate-limits-in-the-sp-api (checked 2026-11-21)
 */
export const OPERATIONS = {
  createFeedDocument: { name: 'createFeedDocument', ratePerSecond: 0.5, burst: 15, repeatable: true },
  createFeed: { name: 'createFeed', ratePerSecond: 0.0083, burst: 15, repeatable: false },
  /** createFeed with JSON_LISTINGS_FEED has a quota of its own: 5 feeds in 5 minutes since 6 May 2025. */
  createListingsFeed: { name: 'createFeed', ratePerSecond: 5 / 300, burst: 5, repeatable: false },
  getFeed: { name: 'getFeed', ratePerSecond: 2, burst: 15, repeatable: true },
  getFeeds: { name: 'getFeeds', ratePerSecond: 0.0222, burst: 10, repeatable: true },
  cancelFeed: { name: 'cancelFeed', ratePerSecond: 2, burst: 15, repeatable: true },
  getFeedDocument: { name: 'getFeedDocument', ratePerSecond: 0.0222, burst: 10, repeatable: true },
  createReport: { name: 'createReport', ratePerSecond: 0.0167, burst: 15, repeatable: true },
  getReport: { name: 'getReport', ratePerSecond: 2, burst: 15, repeatable: true },
  getReportDocument: { name: 'getReportDocument', ratePerSecond: 0.0167, burst: 15, repeatable: true },
} as const satisfies Readonly<Record<string, Operation>>;
