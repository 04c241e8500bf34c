import { dialectOf } from '../../db/dialect.js';
import type { Db } from '../../db/open-database.js';
import type { FeedIssue } from './feed.js';
import type { FeedTableRow } from './feed-store.js';

/** The columns' widths: whatever a report holds, it must be possible to keep it, or its feed could never be settled. */
const SKU_CHARACTERS = 40;
const CODE_CHARACTERS = 20;

/** How often a code came up in a feed. */
export interface IssueGroup {
  readonly severity: FeedIssue['severity'];
  readonly code: string;
  readonly count: number;
  readonly example: string;
}

/** The table `feed_issue`: what Amazon said about single messages, errors and warnings only. */
export class FeedIssueStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  on(transaction: Db): FeedIssueStore {
    return new FeedIssueStore(transaction);
  }

  async insert(feedId: number, issues: readonly FeedIssue[]): Promise<void> {
    const size = dialectOf(this.#db).rowsPerInsert;
    for (let start = 0; start < issues.length; start += size) {
      const rows = issues.slice(start, start + size).map((issue) => ({
        feed_id: feedId,
        message_id: issue.messageId,
        sku: issue.sku?.slice(0, SKU_CHARACTERS) ?? null,
        severity: issue.severity,
        code: issue.code.slice(0, CODE_CHARACTERS),
        description: issue.description,
      }));
      await this.#db('feed_issue').insert(rows);
    }
  }

  /** A page of what Amazon said about one feed, in its order. */
  async ofFeed(
    feedId: number,
    filter: { afterId: number; limit: number },
  ): Promise<readonly (FeedIssue & { id: number })[]> {
    const rows: FeedTableRow[] = await this.#db('feed_issue')
      .where({ feed_id: feedId })
      .where('id', '>', filter.afterId)
      .orderBy('id')
      .limit(filter.limit);
    return rows.map((row) => ({ id: Number(row.id), ...toIssue(row) }));
  }

  /** How often each code came up in a feed, the most frequent first, with one example of Amazon's words. */
  async groups(feedId: number): Promise<readonly IssueGroup[]> {
    const rows: FeedTableRow[] = await this.#db('feed_issue')
      .where({ feed_id: feedId })
      .groupBy('severity', 'code')
      .select('severity', 'code')
      .count({ count: '*' })
      .min({ example: 'description' })
      .orderBy([{ column: 'count', order: 'desc' }, { column: 'severity' }, { column: 'code' }]);
    return rows.map((row) => ({
      severity: row.severity as FeedIssue['severity'],
      code: String(row.code),
      count: Number(row.count),
      example: String(row.example),
    }));
  }

  /** What Amazon said about a SKU in one feed. */
  async ofSku(feedIds: readonly number[], sku: string): Promise<readonly (FeedIssue & { feedId: number })[]> {
    const rows: FeedTableRow[] = await this.#db('feed_issue').whereIn('feed_id', feedIds).where({ sku }).orderBy('id');
    return rows.map((row) => ({ feedId: Number(row.feed_id), ...toIssue(row) }));
  }
}

function toIssue(row: FeedTableRow): FeedIssue {
  return {
    messageId: Number(row.message_id),
    sku: row.sku === null ? null : String(row.sku),
    severity: row.severity as FeedIssue['severity'],
    code: String(row.code),
    description: String(row.description),
  };
}
