import type { Logger } from '../../core/logger.js';
import type { Db } from '../../db/open-database.js';
import type { WaitingNotice } from '../shop-notices/notice.js';
import type { NoticeInbox } from '../shop-notices/notice-inbox.js';
import { mergeChanges, type ShopChangeMarks, type ShopChanges } from './shop-change-marks.js';

export interface NoticeDrainParts {
  readonly db: Db;
  readonly logger: Logger;
  readonly inbox: NoticeInbox;
  readonly shopChanges: ShopChangeMarks;
}

/** Turns the notices that wait into marks. */
export class NoticeDrain {
  readonly #on: NoticeDrainParts;

  constructor(parts: NoticeDrainParts) {
    this.#on = parts;
  }

  /** Works on all that wait, oldest first; cut short anywhere, the rest still waits. */
  async drain(signal?: AbortSignal): Promise<void> {
    const { inbox } = this.#on;
    let worked = false;
    for (let waiting = await inbox.waiting(); waiting.length > 0; waiting = await inbox.waiting()) {
      await this.#work(waiting);
      worked = true;
      if (signal?.aborted) return;
    }
    if (worked) await inbox.tidy();
  }

  async #work(waiting: readonly WaitingNotice[]): Promise<void> {
    const { db, logger, inbox, shopChanges } = this.#on;
    const changes = await Promise.all(mergeChanges(waiting.map(changesOf)).map((one) => shopChanges.check(one)));
    await db.transaction(async (transaction) => {
      await shopChanges.takeTurn(transaction);
      // Another process may have been quicker; what it has not ended is marked, and the rest once more does no harm.
      if ((await inbox.on(transaction).end(waiting)) > 0) await shopChanges.write(changes, 'notice', transaction);
    });
    const products = changes.reduce((sum, one) => sum + one.seenAtMs.size, 0);
    const ignored = changes.reduce((sum, one) => sum + one.ignored, 0);
    logger.info('Notices of the shop are marked', { notices: waiting.length, products, ignored });
  }
}

function changesOf({ shopId, products }: WaitingNotice): ShopChanges {
  return { shopId, seenAtMs: new Map(products.map(({ productId, seenAtMs }) => [productId, seenAtMs])) };
}
