import { z } from 'zod';
import type { Db } from '../../db/open-database.js';
import type { Notice, NoticedProduct, WaitingNotice } from './notice.js';

const changesSchema = z
  .array(z.tuple([z.number(), z.number()]))
  .transform((pairs) => pairs.map(([productId, seenAtMs]): NoticedProduct => ({ productId, seenAtMs })));

/** The table `shop_notice`: batches that wait, and the nonces of those that are done. */
export class NoticeStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /** Writes a batch down, in one statement. @throws a unique violation when its key has used the nonce before */
  async add(
    notice: Notice,
    of: { readonly hookKeyId: number; readonly bodyDigest: string; readonly receivedAtMs: number },
  ): Promise<void> {
    await this.#db('shop_notice').insert({
      hook_key_id: of.hookKeyId,
      nonce: notice.nonce,
      body_digest: of.bodyDigest,
      shop_id: notice.shopId,
      change_count: notice.changeCount,
      changes: JSON.stringify(notice.products.map(({ productId, seenAtMs }) => [productId, seenAtMs])),
      received_at_ms: of.receivedAtMs,
      drained_at_ms: null,
    });
  }

  /** The digest of the batch that used a nonce; null when none did. */
  async digestOf(hookKeyId: number, nonce: string): Promise<string | null> {
    const row = await this.#db('shop_notice').where({ hook_key_id: hookKeyId, nonce }).first('body_digest');
    return row === undefined ? null : String(row.body_digest);
  }

  /** The oldest batches that wait. */
  async waiting(limit: number): Promise<readonly WaitingNotice[]> {
    const rows: { id: number; shop_id: number; changes: string }[] = await this.#db('shop_notice')
      .whereNull('drained_at_ms')
      .orderBy('id')
      .limit(limit)
      .select('id', 'shop_id', 'changes');
    return rows.map((row) => ({
      id: Number(row.id),
      shopId: Number(row.shop_id),
      products: changesSchema.parse(JSON.parse(row.changes)),
    }));
  }

  /** Ends batches that still wait. @returns how many: another process may have ended some */
  async end(ids: readonly number[], nowMs: number): Promise<number> {
    return this.#db('shop_notice')
      .whereIn('id', [...ids])
      .whereNull('drained_at_ms')
      .update({ drained_at_ms: nowMs, changes: '' });
  }

  /** Forgets nonces of batches that were done before an instant. */
  async forget(beforeMs: number): Promise<void> {
    await this.#db('shop_notice').where('drained_at_ms', '<', beforeMs).delete();
  }
}
