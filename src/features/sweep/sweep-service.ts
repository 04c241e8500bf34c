import type { Clock } from '../../core/clock.js';
import type { Db } from '../../db/open-database.js';
import type { Shop } from '../../shop/catalogue.js';
import type { Account } from '../accounts/account.js';
import type { AccountService } from '../accounts/account-service.js';
import { parseExportOptions } from '../export/export-options.js';
import { accountFrame, type ShopFrame, shopFrame } from '../export/plan/account-frame.js';
import type { ProductOptionService } from '../offers/product-option-service.js';
import type { QueueService } from '../queue/queue-service.js';
import type { SettingService } from '../settings/setting-service.js';
import { fingerprintsOf } from './fingerprint.js';
import { LastSeenStore, type SweptShop } from './last-seen-store.js';
import { prepareBatch } from './prepare-batch.js';

/** A product missing from one sweep may only be half written; one that is missing again this much later is gone. */
const GONE_AFTER_MS = 60_000;
const CHANGED_PER_PAGE = 1_000;

export interface SweepDependencies {
  readonly db: Db;
  readonly clock: Clock;
  readonly shop: Shop;
  readonly accounts: AccountService;
  readonly settings: SettingService;
  readonly options: ProductOptionService;
  readonly queue: QueueService;
}

export interface SweepResult {
  readonly products: number;
  /** New or changed. */
  readonly marked: number;
  readonly gone: number;
}

/** Looks at the whole catalogue and marks what differs from what it, or a send run, saw last: the truth behind all notices of changes. */
export class SweepService {
  readonly #on: SweepDependencies;
  readonly #seen: LastSeenStore;

  constructor(dependencies: SweepDependencies) {
    this.#on = dependencies;
    this.#seen = new LastSeenStore(dependencies.db);
  }

  /** Sweeps every shop of every account; a sweep that was cut short loses nothing, the next one finds the rest. */
  async sweep(options: { signal?: AbortSignal; onProgress?: (products: number) => void } = {}): Promise<SweepResult> {
    const total = { products: 0, marked: 0, gone: 0 };
    for (const account of await this.#on.accounts.list()) {
      for await (const batch of this.#sweepAccount(account)) {
        options.signal?.throwIfAborted();
        total.products += batch.products;
        total.marked += batch.marked;
        total.gone += batch.gone;
        options.onProgress?.(total.products);
      }
    }
    return total;
  }

  /** Products of which an account's fingerprint changed at or after an instant, in pages, ascending. */
  async *changedSince(of: SweptShop, sinceMs: number): AsyncGenerator<readonly number[]> {
    for (let afterProductId = 0; ; ) {
      const page = await this.#seen.changedSince(of, sinceMs, { afterProductId, limit: CHANGED_PER_PAGE });
      const last = page.at(-1);
      if (last === undefined) return;
      yield page;
      afterProductId = last;
    }
  }

  async *#sweepAccount(account: Account): AsyncGenerator<SweepResult> {
    const { accounts, settings, shop, clock } = this.#on;
    const active = (await accounts.marketplaces(account.id)).filter((one) => one.active);
    const frame = await accountFrame(account, new Set(active.map((one) => one.id)), { accounts, settings });
    if (frame === null) return;
    for (const shopId of new Set(active.map((one) => one.shopId))) {
      const catalogue = shop.catalogue(shopId);
      const shopwide = shopFrame(frame, await catalogue.context(), parseExportOptions({}), clock);
      const subject = { accountId: account.id, shopId };
      let from = 0;
      for await (const batch of catalogue.batches({ ...shopwide.query, selection: { kind: 'all' } })) {
        const to = batch.productIds.at(-1);
        if (to === undefined) continue;
        const fingerprints = fingerprintsOf(batch.productIds, await prepareBatch(batch, shopwide, this.#on));
        yield await this.#compare(subject, { from, to, fingerprints, frame: shopwide });
        from = to + 1;
      }
      const rest = { from, to: Number.MAX_SAFE_INTEGER, fingerprints: new Map() };
      yield await this.#compare(subject, { ...rest, frame: shopwide });
    }
  }

  /** Compares one stretch of product ids with what was seen there last; marks and memory change in one transaction. */
  async #compare(subject: SweptShop, { from, to, fingerprints, frame }: Stretch): Promise<SweepResult> {
    const nowMs = this.#on.clock.nowMs();
    const known = new Map((await this.#seen.range(subject, from, to)).map((row) => [row.productId, row]));
    const changed = new Map<number, string>();
    for (const [productId, fingerprint] of fingerprints) {
      const last = known.get(productId);
      // A run may have looked while the product was away; one that is back is looked at again, even if nothing of it changed.
      if (last?.fingerprint !== fingerprint || last.missedAtMs !== null) changed.set(productId, fingerprint);
    }
    const missing = [...known.values()].filter((row) => !fingerprints.has(row.productId));
    const gone = missing
      .filter((row) => row.missedAtMs !== null && row.missedAtMs <= nowMs - GONE_AFTER_MS)
      .map((row) => row.productId);
    const missed = missing.filter((row) => row.missedAtMs === null).map((row) => row.productId);
    if (changed.size + gone.length + missed.length > 0)
      await this.#on.db.transaction(async (transaction) => {
        const seen = this.#seen.on(transaction);
        await seen.write(subject, changed, nowMs);
        await seen.setMissed(subject, missed, nowMs);
        await seen.remove(subject, gone);
        await this.#mark([...changed.keys(), ...gone], subject, frame, transaction);
      });
    return { products: fingerprints.size, marked: changed.size, gone: gone.length };
  }

  async #mark(productIds: readonly number[], { shopId }: SweptShop, frame: ShopFrame, transaction: Db): Promise<void> {
    const marketplaceIds = frame.marketplaces.map((one) => one.marketplace.id);
    await this.#on.queue.on(transaction).mark({ shopId, productIds, marketplaceIds, action: 'update' }, 'sweep');
  }
}

/** A run of product ids without gaps: what the catalogue has there; the others it lacks. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly fingerprints: ReadonlyMap<number, string>;
  readonly frame: ShopFrame;
}
