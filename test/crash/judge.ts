import type { Db } from '../../src/db/open-database.js';
import type { WantedOffer } from './shop-changes.js';

/** What is wrong at Amazon, in sentences; empty = nothing. */
export interface Judgement {
  /** SKUs that have not come to what the shop wants. */
  readonly lost: readonly string[];
  /** Feeds that nobody owns, or that two own. */
  readonly doubled: readonly string[];
}

interface LogRow {
  readonly kind: string;
  readonly sku: string;
  readonly marketplace_id: string | null;
  readonly feed_id: number | null;
  readonly what: string;
}

/** The number of the simulated Amazon's first feed, less one. */
const FEED_NUMBERS_FROM = 50_000_000_000;

/**
 * Judges by the simulated Amazon's append-only log and by the shop's tables; of the bridge only who owns which feed is asked.
 *
 * @param countries country by Amazon's marketplace id
 */
export async function judge(
  db: Db,
  wanted: readonly WantedOffer[],
  countries: ReadonlyMap<string, string>,
): Promise<Judgement> {
  const applied = await lastApplied(db, countries);
  const lost = wanted.flatMap(({ sku, quantity, prices }) => {
    const faults = Object.entries(prices).map(([country, price]) => compare(`${sku}/${country}`, price, applied));
    return [compare(sku, String(quantity), applied), ...faults].filter((fault) => fault !== null);
  });
  return { lost, doubled: await unowned(db) };
}

function compare(key: string, wanted: string, applied: ReadonlyMap<string, string>): string | null {
  const has = applied.get(key) ?? 'nothing';
  return has === wanted ? null : `${key}: the shop wants ${wanted}, Amazon was given ${has}.`;
}

/** The last quantity of each SKU, and the last price of each SKU and country, in the order in which they were applied. */
async function lastApplied(db: Db, countries: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, string>> {
  const applied = new Map<string, string>();
  for (let afterId = 0; ; ) {
    const rows: (LogRow & { id: number })[] = await db('sim_log')
      .where('id', '>', afterId)
      .whereIn('kind', ['quantity', 'price'])
      .orderBy('id')
      .limit(5_000);
    for (const { kind, sku, marketplace_id, what } of rows) {
      const values = JSON.parse(what) as { quantity?: number; price?: string };
      if (kind === 'quantity') applied.set(sku, String(values.quantity));
      else if (values.price !== undefined) applied.set(`${sku}/${countries.get(marketplace_id ?? '')}`, values.price);
    }
    const last = rows.at(-1);
    if (last === undefined) return applied;
    afterId = last.id;
  }
}

/** Every feed that Amazon ever made must be the feed of exactly one row of ours. */
async function unowned(db: Db): Promise<readonly string[]> {
  const made: LogRow[] = await db('sim_log').where({ kind: 'feed-created' }).orderBy('id');
  const rows: { amazon_feed_id: string; count: number }[] = await db('feed')
    .whereNotNull('amazon_feed_id')
    .groupBy('amazon_feed_id')
    .select('amazon_feed_id')
    .count({ count: '*' });
  const owners = new Map(rows.map((row) => [row.amazon_feed_id, Number(row.count)]));
  return made.flatMap(({ feed_id, what }) => {
    const amazonFeedId = String(FEED_NUMBERS_FROM + Number(feed_id));
    const count = owners.get(amazonFeedId) ?? 0;
    return count === 1 ? [] : [`Feed ${amazonFeedId} (${what}) belongs to ${count} feeds of ours.`];
  });
}
