import type { Logger } from '../../core/logger.js';
import type { Db } from '../../db/open-database.js';
import type { OutboxRow, ShopOutbox } from '../../shop/shop-outbox.js';
import type { ShopChangeMarks } from './shop-change-marks.js';

export interface OutboxDrainParts {
  readonly db: Db;
  readonly logger: Logger;
  readonly shop: { readonly shopIds: readonly number[] };
  readonly outbox: Pick<ShopOutbox, 'page' | 'remove'>;
  readonly shopChanges: ShopChangeMarks;
}

/**
 * Turns what triggers wrote down into marks: read, marked, and only then removed, at the version that was read. Killed in between, it looks once
 * more at what is marked; a change in between survives as its row.
 */
export class OutboxDrain {
  readonly #on: OutboxDrainParts;
  /** By key, the versions that are marked and could not be removed: while the shop works on such a row it is not marked again and again. */
  #left = new Map<string, string>();

  constructor(parts: OutboxDrainParts) {
    this.#on = parts;
  }

  /** Works through the outbox once, a page at a time. @throws what keeps it from being read or emptied */
  async drain(signal?: AbortSignal): Promise<void> {
    const { outbox } = this.#on;
    const left = new Map<string, string>();
    let last: OutboxRow | null = null;
    do {
      const rows: readonly OutboxRow[] = await outbox.page(last);
      await this.#mark(rows.filter((row) => this.#left.get(row.key) !== row.version));
      for (const row of await outbox.remove(rows)) left.set(row.key, row.version);
      last = rows.at(-1) ?? null;
    } while (last !== null && !signal?.aborted);
    this.#left = left;
  }

  async #mark(rows: readonly OutboxRow[]): Promise<void> {
    if (rows.length === 0) return;
    const { db, logger, shop, shopChanges } = this.#on;
    const seenAtMs = new Map<number, number>();
    for (const { productId, seenAtMs: at } of rows)
      seenAtMs.set(productId, Math.min(at, seenAtMs.get(productId) ?? at));
    // A row that several shop contexts share names none; where the product is not sold, there is nothing to be found.
    const changes = await Promise.all(shop.shopIds.map((shopId) => shopChanges.check({ shopId, seenAtMs })));
    await db.transaction(async (transaction) => {
      await shopChanges.takeTurn(transaction);
      await shopChanges.write(changes, 'trigger', transaction);
    });
    logger.info('Changes that triggers wrote down are marked', { rows: rows.length, products: seenAtMs.size });
  }
}
