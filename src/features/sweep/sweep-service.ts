import type { Clock } from '../../core/clock.js';
import { once } from '../../core/once.js';
import type { Db } from '../../db/open-database.js';
import type { CatalogueSelection, Shop } from '../../shop/catalogue.js';
import type { AccountService } from '../accounts/account-service.js';
import type { ProductOptionService } from '../offers/product-option-service.js';
import type { QueueService } from '../queue/queue-service.js';
import type { SettingService } from '../settings/setting-service.js';
import { fingerprintsOf } from './fingerprint.js';
import { LastSeenStore, type SweptShop } from './last-seen-store.js';
import { prepareBatch } from './prepare-batch.js';
import { SweepComparison, type SweepResult } from './sweep-comparison.js';
import { type SweptFrame, sweptShops } from './swept-shops.js';

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

/** Looks at the whole catalogue and marks what differs from what it, or a send run, saw last: the truth behind all notices of changes. */
export class SweepService {
  readonly #on: SweepDependencies;
  readonly #seen: LastSeenStore;
  readonly #comparison: SweepComparison;

  constructor(dependencies: SweepDependencies) {
    this.#on = dependencies;
    this.#seen = new LastSeenStore(dependencies.db);
    this.#comparison = new SweepComparison(dependencies);
  }

  /** Sweeps every shop of every account; a sweep that was cut short loses nothing, the next one finds the rest. */
  async sweep(options: { signal?: AbortSignal; onProgress?: (products: number) => void } = {}): Promise<SweepResult> {
    const total = { products: 0, marked: 0, gone: 0 };
    for await (const swept of sweptShops(this.#on)) {
      for await (const batch of this.sweepShop(swept)) {
        options.signal?.throwIfAborted();
        total.products += batch.products;
        total.marked += batch.marked;
        total.gone += batch.gone;
        options.onProgress?.(total.products);
      }
    }
    return total;
  }

  /** Sweeps one shop as an account sells it, batch by batch. */
  async *sweepShop(swept: SweptFrame): AsyncGenerator<SweepResult> {
    let from = 0;
    for await (const { productIds, found, seenAtMs } of this.#read(swept, { kind: 'all' })) {
      const [after, to] = [from, productIds.at(-1) ?? from];
      const known = (seen: LastSeenStore) => seen.range(swept, after, to);
      yield await this.#comparison.compare(swept, { found, seenAtMs, known, keepsStock: false });
      from = to + 1;
    }
    const [rest, nothing] = [from, { fingerprints: new Map(), stockDigests: () => new Map() }];
    const known = (seen: LastSeenStore) => seen.range(swept, rest, Number.MAX_SAFE_INTEGER);
    const seenAtMs = this.#on.clock.nowMs();
    yield await this.#comparison.compare(swept, { found: nothing, seenAtMs, known, keepsStock: false });
  }

  /**
   * Looks at some products as a sweep does, and remembers what their stock came to.
   *
   * @param productIds at most a few thousand
   * @param seenAtMs when the shop was found changed
   */
  async look(swept: SweptFrame, productIds: readonly number[], seenAtMs: number): Promise<SweepResult> {
    const total = { products: 0, marked: 0, gone: 0 };
    for await (const { productIds: here, found } of this.#read(swept, { kind: 'products', productIds })) {
      const known = (seen: LastSeenStore) => seen.rows(swept, here);
      const result = await this.#comparison.compare(swept, { found, seenAtMs, known, keepsStock: true });
      total.products += result.products;
      total.marked += result.marked;
      total.gone += result.gone;
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

  /** Batches of the catalogue with their fingerprints; a product asked for that the shop lacks has none. */
  async *#read({ catalogue, frame }: SweptFrame, selection: CatalogueSelection) {
    for await (const batch of catalogue.batches({ ...frame.query, selection })) {
      const seenAtMs = this.#on.clock.nowMs();
      const prepared = await prepareBatch(batch, frame, this.#on);
      const stockDigests = once(() => batch.stockDigests());
      const present = selection.kind === 'all' ? batch.productIds : [...stockDigests().keys()];
      const found = { fingerprints: fingerprintsOf(present, prepared), stockDigests };
      yield { productIds: batch.productIds, found, seenAtMs };
    }
  }
}
