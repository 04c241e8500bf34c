import { explainIssue, type IssueExplanation } from '../reports/explain-issue.js';
import type { FeedIssue } from '../reports/feed.js';
import type { FeedService } from '../reports/feed-service.js';
import type { HistoryEntry } from './history-store.js';
import type { ListingService } from './listing-service.js';

/** What happened to a SKU once, with what Amazon said then. */
export interface PastEvent extends HistoryEntry {
  readonly issues: readonly ExplainedIssue[];
}

/** Amazon's words with what they mean; null for codes without any public source. */
export interface ExplainedIssue extends FeedIssue {
  readonly explanation: IssueExplanation | null;
}

/** What was sent for a SKU of an account, when, in which feed, and what Amazon said: newest first. */
export async function listingPast(
  { accountId, sku, limit }: { readonly accountId: number; readonly sku: string; readonly limit: number },
  { listings, feeds }: { readonly listings: ListingService; readonly feeds: FeedService },
): Promise<readonly PastEvent[]> {
  const entries = await listings.history(accountId, sku, limit);
  const feedIds = [...new Set(entries.map((entry) => entry.feedId).filter((id) => id !== null))];
  const issues = await feeds.issuesOfSku(feedIds, sku);
  return entries.map((entry) => ({
    ...entry,
    // Amazon's words belong to its answer, not to our sending.
    issues: entry.event === 'submitted' ? [] : issues.filter((one) => one.feedId === entry.feedId).map(explained),
  }));
}

function explained({ messageId, sku, severity, code, description }: FeedIssue): ExplainedIssue {
  return { messageId, sku, severity, code, description, explanation: explainIssue(code) };
}
