import type { Db } from '../../db/open-database.js';
import type { Feed, FeedKind } from './feed.js';

/** The table `feed`, asked about feeds that ended FATAL and those sent to find out why. */
export class SuspectFeeds {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /**
   * Whether a feed of that kind ended well on that marketplace since the first FATAL by which these parts came under suspicion.
   *
   * Each group's number names the feed whose FATAL made it, so the first one is found by going back: one look for each halving.
   */
  async hasEndedWellSince({ id, suspectGroup, marketplaceId, kind }: Feed): Promise<boolean> {
    let firstId = id;
    for (let group = suspectGroup; group !== null; ) {
      firstId = Math.floor(group / 2);
      const row = await this.#db('feed').where({ id: firstId }).first('suspect_group');
      group = row === undefined || row.suspect_group === null ? null : Number(row.suspect_group);
    }
    const well = await this.#db('feed')
      .where({ marketplace_id: marketplaceId, kind, status: 'done' })
      .where('id', '>', firstId)
      .whereNull('fault')
      .first('id');
    return well !== undefined;
  }

  /** Whether a feed of the account ended FATAL; only then anything of it can be under suspicion. */
  async hasFatal(accountId: number): Promise<boolean> {
    return (await this.#db('feed').where({ status: 'fatal', account_id: accountId }).first('id')) !== undefined;
  }

  /** Whether the newest feed of a kind on a marketplace carried parts under suspicion. */
  async wasLast({ marketplaceId, kind }: { marketplaceId: number; kind: FeedKind }): Promise<boolean> {
    const newest = await this.#db('feed')
      .where({ marketplace_id: marketplaceId, kind })
      .orderBy('id', 'desc')
      .first('suspect_group');
    return newest !== undefined && newest.suspect_group !== null;
  }
}
