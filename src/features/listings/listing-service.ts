import type { Db } from '../../db/open-database.js';
import { takeTurn } from '../../db/take-turn.js';
import type { Part } from '../offers/offer-settings.js';
import { type HistoryEntry, HistoryStore } from './history-store.js';
import type { CarriedPart, ListingMemory, ListingRecord, PartOutcome, PoolEntry, SuspectPart } from './listing.js';
import { LISTINGS_TURN, POOL } from './listing.js';
import { readListingMemories } from './listing-memory-reader.js';
import { ListingStore } from './listing-store.js';
import { type OwedPart, PartStore } from './part-store.js';
import { type SuspectGroup, type SuspectListing, SuspectStore } from './suspect-store.js';

/** The value of an offer part by which a listing is taken off Amazon. */
export const ERASED_OFFER = 'erased';

/** One value about to be handed to Amazon, before its SKU need have a row. */
export interface Handover extends PoolEntry {
  /** 0 for parts of the pool. */
  readonly marketplaceId: number;
  readonly part: Part;
  readonly value: string;
  /** The newest queue revision that asked for it. */
  readonly revision: number;
  /** The row of its SKU, when that was seen under this carrier and on this marketplace: it need not be written again. Left out = not known. */
  readonly knownAs?: number | null;
}

/** The feed under which values are handed over or settled. */
export interface FeedReference {
  readonly feedId: number;
  readonly accountId: number;
  readonly runId: number;
  readonly atMs: number;
}

/** What we remember of SKUs at Amazon: reading it, and writing it down before and after each feed. */
export class ListingService {
  readonly #db: Db;
  readonly #listings: ListingStore;
  readonly #parts: PartStore;
  readonly #history: HistoryStore;

  constructor(db: Db) {
    this.#db = db;
    this.#listings = new ListingStore(db);
    this.#parts = new PartStore(db);
    this.#history = new HistoryStore(db);
  }

  /** The same service inside a transaction. */
  on(transaction: Db): ListingService {
    return new ListingService(transaction);
  }

  /**
   * Keeps other writers of listings out until the caller's transaction ends; call it before anything else is written.
   *
   * Whoever writes listings takes it anyway; take it earlier where something is read first, or another row is written.
   */
  takeTurn(): Promise<void> {
    return takeTurn(this.#db, LISTINGS_TURN);
  }

  /** Everything the account remembers for these products, whichever of these shops carried it last, ascending. */
  ofProducts(
    accountId: number,
    shopIds: readonly number[],
    productIds: readonly number[],
  ): Promise<readonly ListingMemory[]> {
    return readListingMemories(this.#db, {
      accountId,
      shopIds,
      productIds: [...new Set(productIds)].sort((a, b) => a - b),
    });
  }

  ofSkus(accountId: number, skus: readonly string[]): Promise<readonly ListingRecord[]> {
    return this.#listings.ofSkus(accountId, skus);
  }

  page(accountId: number, afterId: number, limit: number): Promise<readonly ListingRecord[]> {
    return this.#listings.page(accountId, afterId, limit);
  }

  count(accountId: number): Promise<number> {
    return this.#listings.count(accountId);
  }

  /** How many listings these accounts have. */
  countOf(accounts: { readonly only: number } | { readonly allBut: readonly number[] }): Promise<number> {
    return this.#listings.countOf(accounts);
  }

  /** Every product of a shop that the account remembers, in pages, ascending. */
  async *productIds(accountId: number, shopId: number): AsyncGenerator<readonly number[]> {
    for (let after = 0; ; ) {
      const page = await this.#listings.productIds({ accountId, shopId }, after, 2_000);
      const last = page.at(-1);
      if (last === undefined) return;
      yield page;
      after = last;
    }
  }

  history(accountId: number, sku: string, limit: number): Promise<readonly HistoryEntry[]> {
    return this.#history.ofSku(accountId, sku, limit);
  }

  /** Writes down that a feed hands these values over; call it in the transaction that writes the feed's intent. */
  async handOver(handovers: readonly Handover[], by: FeedReference): Promise<void> {
    await this.#write(async (turn) => {
      const ids = await turn.#remember(by.accountId, handovers, by.atMs);
      await turn.#parts.submit(withIds(handovers, ids), { feedId: by.feedId, atMs: by.atMs });
      await turn.#history.record("'submitted'", by);
    });
  }

  /** Writes down values that should be at Amazon but must wait for something else. */
  async desire(accountId: number, handovers: readonly Handover[], atMs: number): Promise<void> {
    await this.#write(async (turn) => {
      const ids = await turn.#remember(accountId, handovers, atMs);
      await turn.#parts.desire(withIds(handovers, ids));
    });
  }

  /** Remembers on the listings that these SKUs were asked to be created on a marketplace. */
  async intendToCreate(
    accountId: number,
    marketplaceId: number,
    entries: readonly PoolEntry[],
    atMs: number,
  ): Promise<void> {
    if (entries.length === 0) return;
    await this.#write(async (turn) => {
      const ids = [...(await turn.#listings.remember(accountId, entries, atMs)).values()];
      await turn.#listings.ensureListings(ids, marketplaceId);
      await turn.#listings.intendToCreate(ids, marketplaceId);
    });
  }

  /** Gives a SKU that another item carried to this one. */
  async moveTo(accountId: number, entry: PoolEntry, atMs: number): Promise<void> {
    await this.#write((turn) => turn.#listings.remember(accountId, [entry], atMs));
  }

  carriedBy(feedId: number): Promise<readonly CarriedPart[]> {
    return this.#parts.carriedBy(feedId);
  }

  /**
   * Ends what a feed carried: the given outcomes; everything else of it is accepted, and then known to be at Amazon.
   *
   * @param outcomes rejected and unknown parts; `unknownSkus` are listings of which Amazon says that it does not know the SKU
   * @returns the listings of which an older refusal lapsed, because their offer is there now: they must be looked at again
   */
  async settle(
    settlement: {
      carried: readonly CarriedPart[];
      outcomes: readonly PartOutcome[];
      unknownSkus: readonly number[];
      marketplaceId: number;
    },
    by: FeedReference,
  ): Promise<readonly number[]> {
    const { carried, outcomes, unknownSkus, marketplaceId } = settlement;
    const failed = new Set(outcomes.map((one) => `${one.poolListingId}/${one.part}`));
    const accepted = carried.filter(
      (one) => !failed.has(`${one.poolListingId}/${one.part}`) && one.marketplaceId !== POOL,
    );
    const erased = accepted.filter((one) => one.part === 'offer' && one.value === ERASED_OFFER);
    const there = accepted.filter((one) => one.value !== ERASED_OFFER);
    const offered = there.filter((one) => one.part === 'offer').map((one) => one.poolListingId);
    const gone = [...unknownSkus, ...erased.map((one) => one.poolListingId)];
    return this.#write(async (turn) => {
      await turn.#parts.settleOutcomes(outcomes, by.feedId);
      await turn.#history.record("CASE WHEN part.state = 'open' THEN 'accepted' ELSE part.state END", by);
      await turn.#parts.acceptRest(by.feedId, by.atMs);
      await turn.#listings.ensureListings(unknownSkus, marketplaceId);
      await turn.#listings.setAtAmazon(
        there.map((one) => one.poolListingId),
        marketplaceId,
        true,
      );
      const lapsed = await turn.#parts.forgetRefusals(offered, marketplaceId);
      await turn.#listings.setAtAmazon(gone, marketplaceId, false);
      await turn.#parts.forget(gone, marketplaceId);
      await turn.#parts.forget(gone, POOL);
      return lapsed;
    });
  }

  /** Ends what a feed carried as unknown, since nobody can say what became of it. */
  async lose(by: FeedReference): Promise<void> {
    await this.#write(async (turn) => {
      await turn.#parts.loseOpen(by.feedId);
      await turn.#history.record('part.state', by);
    });
  }

  /** Of these products, each that has a part of these kinds which was asked for and has not reached Amazon. */
  owed(
    of: { accountId: number; shopIds: readonly number[]; parts: readonly Part[] },
    productIds: readonly number[],
  ): Promise<readonly OwedPart[]> {
    return this.#parts.owed(of, productIds);
  }

  /** Of these products, each part that goes again only with its group, since a feed with it ended FATAL. */
  suspects(
    of: { accountId: number; shopIds: readonly number[] },
    productIds: readonly number[],
  ): Promise<readonly SuspectPart[]> {
    return new SuspectStore(this.#db).ofProducts(of, productIds);
  }

  /** What of a group of suspected parts still waits for its turn, by SKU. */
  suspectsWaiting(group: SuspectGroup): Promise<readonly SuspectListing[]> {
    return new SuspectStore(this.#db).waiting(group);
  }

  /** Moves some of what waits in such a group to another one. */
  regroup(from: SuspectGroup, poolListingIds: readonly number[], to: number): Promise<void> {
    return this.#write((turn) => new SuspectStore(turn.#db).regroup(from, poolListingIds, to));
  }

  productsInFlight(
    accountId: number,
    shopIds: readonly number[],
    productIds: readonly number[],
  ): Promise<ReadonlySet<number>> {
    return this.#parts.productsInFlight(accountId, shopIds, productIds);
  }

  /** Writers of listings go one after the other; a transaction of the caller's keeps the others out until it ends. */
  #write<T>(work: (turn: ListingService) => Promise<T>): Promise<T> {
    const inside = async (transaction: Db) => {
      const turn = this.on(transaction);
      await turn.takeTurn();
      return work(turn);
    };
    return this.#db.isTransaction ? inside(this.#db) : this.#db.transaction(inside);
  }

  async #remember(
    accountId: number,
    handovers: readonly Handover[],
    atMs: number,
  ): Promise<ReadonlyMap<string, number>> {
    const unknown = handovers.filter((one) => one.knownAs == null);
    const bySku = new Map<string, PoolEntry>(unknown.map((one) => [one.sku, one]));
    const ids = await this.#listings.remember(accountId, [...bySku.values()], atMs);
    for (const [marketplaceId, skus] of skusByMarketplace(unknown)) {
      const rows = [...skus].map((sku) => ids.get(sku)).filter((id) => id !== undefined);
      await this.#listings.ensureListings(rows, marketplaceId);
    }
    return ids;
  }
}

function skusByMarketplace(handovers: readonly Handover[]): ReadonlyMap<number, ReadonlySet<string>> {
  const groups = new Map<number, Set<string>>();
  for (const { marketplaceId, sku } of handovers) {
    if (marketplaceId === POOL) continue;
    const group = groups.get(marketplaceId) ?? new Set();
    groups.set(marketplaceId, group.add(sku));
  }
  return groups;
}

function withIds(handovers: readonly Handover[], ids: ReadonlyMap<string, number>) {
  return handovers.map(({ sku, marketplaceId, part, value, revision, knownAs = null }) => {
    const poolListingId = knownAs ?? ids.get(sku);
    if (poolListingId === undefined)
      throw new Error(`Expected a listing row for SKU ${JSON.stringify(sku)}, found none.`);
    return { poolListingId, marketplaceId, part, value, revision };
  });
}
