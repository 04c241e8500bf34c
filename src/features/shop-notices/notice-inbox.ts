import { createHash } from 'node:crypto';
import type { Clock } from '../../core/clock.js';
import { isUniqueViolation } from '../../db/db-errors.js';
import type { Db } from '../../db/open-database.js';
import type { HookKeyService, SigningKey } from './hook-key-service.js';
import { type Notice, readNotice, type WaitingNotice } from './notice.js';
import { NoticeOutOfTime, NoticeReplayed, NoticeSignatureWrong } from './notice-errors.js';
import { isSignedWith, type NoticeHead } from './notice-signature.js';
import { NoticeStore } from './notice-store.js';

/** How far the shop's clock may be from ours, both ways. */
const MOST_SKEW_MS = 5 * 60_000;
/** A captured batch is out of time after ten minutes; within a day one that the shop sends again has no second effect either. */
const NONCES_KEPT_MS = 24 * 3_600_000;
/** Of at most 1,000 products each. */
const NOTICES_AT_ONCE = 50;

/** Takes batches of notices from shops: checked, written down, and worked on later. */
export class NoticeInbox {
  readonly #parts: { readonly clock: Clock; readonly hookKeys: HookKeyService };
  readonly #store: NoticeStore;

  constructor(db: Db, parts: { readonly clock: Clock; readonly hookKeys: HookKeyService }) {
    this.#parts = parts;
    this.#store = new NoticeStore(db);
  }

  /** The same inside a transaction. */
  on(transaction: Db): NoticeInbox {
    return new NoticeInbox(transaction, this.#parts);
  }

  /**
   * Takes a batch. The very same batch again is taken again and has no second effect.
   *
   * @param body the bytes as they came, which are what is signed
   * @throws NoticeSignatureWrong, NoticeOutOfTime, NoticeUnreadable, InvalidInput, NoticeReplayed
   */
  async receive(head: NoticeHead, body: Buffer): Promise<Notice> {
    const key = await this.#parts.hookKeys.find(head.keyId);
    // Whether the key or the signature is wrong is nobody's business who has neither.
    if (key === null || !isSignedWith(key.secret, head, body)) throw new NoticeSignatureWrong({});
    const nowMs = this.#parts.clock.nowMs();
    const skewMs = Number(head.timestamp) * 1_000 - nowMs;
    if (Math.abs(skewMs) > MOST_SKEW_MS)
      throw new NoticeOutOfTime({ skewSeconds: Math.round(skewMs / 1_000), mostSeconds: MOST_SKEW_MS / 1_000 });
    const notice = readNotice(body, nowMs);
    await this.#write(notice, key, { bodyDigest: digestOf(body), receivedAtMs: nowMs });
    await this.#parts.hookKeys.noteUse(key);
    return notice;
  }

  /** The oldest batches that wait. */
  waiting(): Promise<readonly WaitingNotice[]> {
    return this.#store.waiting(NOTICES_AT_ONCE);
  }

  /** Ends batches that still wait. @returns how many: another process may have ended some */
  end(notices: readonly WaitingNotice[]): Promise<number> {
    const ids = notices.map((notice) => notice.id);
    return this.#store.end(ids, this.#parts.clock.nowMs());
  }

  /** Forgets the nonces whose time is over. */
  tidy(): Promise<void> {
    return this.#store.forget(this.#parts.clock.nowMs() - NONCES_KEPT_MS);
  }

  async #write(
    notice: Notice,
    key: SigningKey,
    of: { readonly bodyDigest: string; readonly receivedAtMs: number },
  ): Promise<void> {
    try {
      await this.#store.add(notice, { ...of, hookKeyId: key.id });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      const known = await this.#store.digestOf(key.id, notice.nonce);
      if (known !== of.bodyDigest) throw new NoticeReplayed({ nonce: notice.nonce }, { cause: error });
    }
  }
}

function digestOf(body: Buffer): string {
  return createHash('sha256').update(body).digest('hex');
}
