import type { Clock } from '../../core/clock.js';
import type { Db } from '../../db/open-database.js';
import { NO_STOCK, type StockDigests, type StockStretch } from '../../shop/catalogue.js';
import { Candidates } from './candidates.js';
import { LastSeenStore } from './last-seen-store.js';
import { PriceWatchStore } from './price-watch-store.js';
import type { SweepResult } from './sweep-comparison.js';
import type { SweepService } from './sweep-service.js';
import { type SweptFrame, type SweptShopsParts, sweptShops } from './swept-shops.js';

export interface StockSweepDependencies extends SweptShopsParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly sweep: Pick<SweepService, 'look' | 'sweepShop'>;
}

/** One shop with everybody who sells it. */
interface StockShop {
  readonly shopId: number;
  readonly sellers: readonly SweptFrame[];
}

/**
 * Looks at what changes most and harms most, often: the stock of every product, and the prices that the clock has just changed.
 *
 * It only finds candidates, by digests that shop and bridge work out in stretches. Those are looked at as by the whole sweep, which also writes
 * down their digests: so nothing is marked that offers the same as before, and a sweep that is cut short loses nothing.
 */
export class StockSweep {
  readonly #on: StockSweepDependencies;
  readonly #seen: LastSeenStore;
  readonly #watch: PriceWatchStore;

  constructor(dependencies: StockSweepDependencies) {
    this.#on = dependencies;
    this.#seen = new LastSeenStore(dependencies.db);
    this.#watch = new PriceWatchStore(dependencies.db);
  }

  /** @returns of `products`, only those that were looked into */
  async sweep({ signal }: { readonly signal?: AbortSignal } = {}): Promise<SweepResult> {
    const total = { products: 0, marked: 0, gone: 0 };
    const add = ({ products, marked, gone }: SweepResult) => {
      signal?.throwIfAborted();
      total.products += products;
      total.marked += marked;
      total.gone += gone;
    };
    for (const shop of await this.#shops()) {
      for await (const result of this.#sweepStock(shop)) add(result);
      for await (const result of this.#sweepPrices(shop)) add(result);
    }
    return total;
  }

  /**
   * When a price next changes by the clock in a shop that somebody sells, epoch milliseconds; null when none does.
   *
   * A change that is due is not asked about again: it is the next sweep's.
   */
  async nextPriceChangeMs(): Promise<number | null> {
    const nowMs = this.#on.clock.nowMs();
    let next: number | null = null;
    for (const { sellers } of await this.#shops()) {
      const found = (await sellers[0]?.catalogue.nextPriceChangeMs(nowMs)) ?? null;
      if (found !== null && (next === null || found < next)) next = found;
    }
    return next;
  }

  async #shops(): Promise<readonly StockShop[]> {
    const byShop = new Map<number, SweptFrame[]>();
    for await (const swept of sweptShops(this.#on))
      byShop.set(swept.shopId, [...(byShop.get(swept.shopId) ?? []), swept]);
    return [...byShop].map(([shopId, sellers]) => ({ shopId, sellers }));
  }

  async *#sweepStock({ sellers }: StockShop): AsyncGenerator<SweepResult> {
    const [first] = sellers;
    if (first === undefined) return;
    const seenAtMs = this.#on.clock.nowMs();
    const candidates = sellers.map((swept) => new Candidates((ids) => this.#on.sweep.look(swept, ids, seenAtMs)));
    for await (const stretch of first.catalogue.stockStretches()) {
      let products: StockDigests | null = null;
      for (const [index, swept] of sellers.entries()) {
        const { firstProductId, lastProductId, digest } = stretch;
        if ((await this.#seen.stockDigest(swept, firstProductId, lastProductId)) === digest) continue;
        products ??= await stretch.products();
        yield* candidates[index]?.add(await this.#differing(swept, stretch, products)) ?? [];
      }
    }
    for (const some of candidates) yield* some.end();
  }

  /** Products of a stretch that are new, away, or have other stock than when they were seen last. */
  async #differing(swept: SweptFrame, stretch: StockStretch, products: StockDigests): Promise<readonly number[]> {
    const seen = await this.#seen.stockDigests(swept, stretch.firstProductId, stretch.lastProductId);
    const differing = new Set<number>();
    for (const [id, digest] of products) if (seen.get(id) !== digest) differing.add(id);
    // What the shop left out has no stock rows, or is not there.
    for (const [id, digest] of seen) if (!products.has(id) && digest !== NO_STOCK) differing.add(id);
    return [...differing].sort((one, other) => one - other);
  }

  /** Products whose price the clock has changed since the last look; noted only when all who sell the shop have looked. */
  async *#sweepPrices({ shopId, sellers }: StockShop): AsyncGenerator<SweepResult> {
    const [first] = sellers;
    if (first === undefined) return;
    // Prices are compared as they are at these instants, so no change after the first of them has been looked at.
    const untilMs = Math.min(...sellers.map((swept) => swept.frame.atMs));
    const afterMs = await this.#watch.untilMs(shopId);
    const candidates = sellers.map((swept) => new Candidates((ids) => this.#on.sweep.look(swept, ids, untilMs)));
    for await (const page of first.catalogue.repricedBetween(afterMs, untilMs)) {
      if (page[0] === 0) {
        for (const swept of sellers) yield* this.#on.sweep.sweepShop(swept);
        break;
      }
      for (const some of candidates) yield* some.add(page);
    }
    for (const some of candidates) yield* some.end();
    await this.#watch.write(shopId, untilMs);
  }
}
