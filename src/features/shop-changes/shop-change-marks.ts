import type { Clock } from '../../core/clock.js';
import { groupBy } from '../../core/group-by.js';
import type { Db } from '../../db/open-database.js';
import type { Catalogue, Shop } from '../../shop/catalogue.js';
import type { AccountService } from '../accounts/account-service.js';
import type { ChangeMarks } from '../queue/change-marks.js';
import type { OfferMarks } from '../queue/offer-marks.js';
import { KnownProductViews } from './known-product-views.js';

/** Stands for every product of the shop, as in PrestaShop's own rows. */
export const EVERY_PRODUCT = 0;

/** What a shop says has changed: when, by product. */
export interface ShopChanges {
  readonly shopId: number;
  /** Epoch milliseconds by product; `EVERY_PRODUCT` = all of them. */
  readonly seenAtMs: ReadonlyMap<number, number>;
}

/** Changes of which it is known what they can be about. */
export interface CheckedChanges extends ShopChanges {
  /** Products that neither the shop nor the bridge knows, or all of a shop that is not connected. */
  readonly ignored: number;
}

export interface ShopChangeMarksParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly shop: Shop;
  readonly accounts: AccountService;
  readonly marks: ChangeMarks;
  readonly offerMarks: OfferMarks;
}

/** From this age on changes share their oldest time: a backlog of hours is not told apart by the second. */
const BACKLOG_AGE_MS = 60_000;
const SECOND_MS = 1_000;

/**
 * Marks the products that a shop says have changed: one mark for each, however often it was named, always with a higher revision.
 *
 * The one way from notices and triggers to the queue. They only say "look at it"; the sweep stays the truth.
 */
export class ShopChangeMarks {
  readonly #on: ShopChangeMarksParts;

  constructor(parts: ShopChangeMarksParts) {
    this.#on = parts;
  }

  /** Takes out what nobody knows. Reads the shop only for products that the bridge does not remember. */
  async check({ shopId, seenAtMs }: ShopChanges): Promise<CheckedChanges> {
    const { db, shop } = this.#on;
    if (!shop.shopIds.includes(shopId)) return { shopId, seenAtMs: new Map(), ignored: seenAtMs.size };
    const named = [...seenAtMs.keys()].filter((id) => id !== EVERY_PRODUCT);
    const known = await new KnownProductViews(db).among(shopId, named);
    const strange = named.filter((id) => !known.has(id));
    const sold = strange.length === 0 ? new Set<number>() : await this.#inShop(shop.catalogue(shopId), strange);
    const kept = [...seenAtMs].filter(([id]) => id === EVERY_PRODUCT || known.has(id) || sold.has(id));
    return { shopId, seenAtMs: new Map(kept), ignored: seenAtMs.size - kept.length };
  }

  /**
   * Keeps other writers of the queue out until the transaction ends; call it before the transaction reads anything.
   */
  takeTurn(transaction: Db): Promise<void> {
    return this.#on.offerMarks.takeTurn(transaction);
  }

  /** Marks in the transaction that ends what told of the changes, so that neither is without the other. */
  async write(changes: readonly CheckedChanges[], source: 'notice' | 'trigger', transaction: Db): Promise<void> {
    const { accounts, marks, offerMarks, clock } = this.#on;
    for (const { shopId, seenAtMs } of changes) {
      if (seenAtMs.has(EVERY_PRODUCT)) {
        const all = await accounts.on(transaction).marketplaces();
        const here = all.filter((one) => one.active && one.shopId === shopId);
        await offerMarks.markAll(here, source, transaction);
      }
      for (const [seenAt, productIds] of bySeenTime(seenAtMs, clock.nowMs()))
        await marks.on(transaction).mark({ shopId, productIds, action: 'update', source, seenAtMs: seenAt }, source);
    }
  }

  async #inShop(catalogue: Catalogue, productIds: readonly number[]): Promise<ReadonlySet<number>> {
    const found = new Set<number>();
    const query = { priceViews: [], textLanguages: [], withImages: false, atMs: this.#on.clock.nowMs() };
    for await (const batch of catalogue.batches({ ...query, selection: { kind: 'products', productIds } }))
      for (const item of batch.items) found.add(item.productId);
    return found;
  }
}

/** Products that share a time, to the second; one statement each. */
function bySeenTime(seenAtMs: ReadonlyMap<number, number>, nowMs: number): ReadonlyMap<number, readonly number[]> {
  const times = [...seenAtMs].filter(([id]) => id !== EVERY_PRODUCT);
  const old = times.filter(([, at]) => at < nowMs - BACKLOG_AGE_MS);
  const oldest = old.reduce((first, [, at]) => Math.min(first, at), nowMs);
  const timeOf = (at: number) => (at < nowMs - BACKLOG_AGE_MS ? oldest : Math.floor(at / SECOND_MS) * SECOND_MS);
  const groups = groupBy(times, ([, at]) => timeOf(at));
  return new Map([...groups].map(([at, group]) => [at, group.map(([id]) => id).sort((a, b) => a - b)]));
}

/** Puts changes together: each shop once, each product once, with its earliest time. */
export function mergeChanges(all: readonly ShopChanges[]): readonly ShopChanges[] {
  const byShop = groupBy(all, (one) => one.shopId);
  return [...byShop].map(([shopId, group]) => {
    const seenAtMs = new Map<number, number>();
    for (const one of group)
      for (const [id, at] of one.seenAtMs) seenAtMs.set(id, Math.min(at, seenAtMs.get(id) ?? at));
    return { shopId, seenAtMs };
  });
}
