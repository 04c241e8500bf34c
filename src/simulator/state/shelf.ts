import { dialectOf } from '../../db/dialect.js';
import type { Db } from '../../db/open-database.js';
import { buyablePrice, samePrice } from './buyable.js';
import type { Listing, Offer } from './listing.js';
import { listingFromRow, listingToRow, offerFromRow, offerToRow } from './listing-rows.js';
import type { LogEntry } from './log-entry.js';
import { LogStore } from './log-store.js';
import { inSlices, type Row } from './row.js';
import { type SaleEdge, SaleEdgeStore, saleEdgesOf } from './sale-edge-store.js';

/** Where a change comes from, for the log. */
export interface ChangeSource {
  readonly atMs: number;
  readonly feedId: number | null;
  readonly messageId: string | null;
}

/**
 * Some SKUs of one seller in memory: loaded in one go, changed by messages one after the other, saved in one go.
 *
 * Whoever holds one must be the only writer of that seller until `save` has ended; `WorkLine.run` sees to it.
 */
export class Shelf {
  readonly #sellerId: string;
  readonly #listings: Map<string, Listing>;
  readonly #offers: Map<string, Map<string, Offer>>;
  readonly #changedListings = new Set<string>();
  readonly #changedOffers = new Set<Offer>();
  readonly #deleted: { sku: string; marketplaceId: string }[] = [];
  readonly #log: LogEntry[] = [];
  readonly #saleEdges: SaleEdge[] = [];

  private constructor(sellerId: string, listings: readonly Listing[], offers: readonly Offer[]) {
    this.#sellerId = sellerId;
    this.#listings = new Map(listings.map((listing) => [listing.sku, listing]));
    this.#offers = new Map();
    for (const offer of offers) this.#offersOf(offer.sku).set(offer.marketplaceId, offer);
  }

  /** Loads listings and offers of these SKUs; unknown ones are simply absent. */
  static async load(db: Db, sellerId: string, skus: readonly string[]): Promise<Shelf> {
    const unique = [...new Set(skus)];
    const listings: Row[] = await db('sim_listing').where({ seller_id: sellerId }).whereIn('sku', unique);
    const offers: Row[] = await db('sim_offer').where({ seller_id: sellerId }).whereIn('sku', unique);
    return new Shelf(sellerId, listings.map(listingFromRow), offers.map(offerFromRow));
  }

  listing(sku: string): Listing | undefined {
    return this.#listings.get(sku);
  }

  offer(sku: string, marketplaceId: string): Offer | undefined {
    return this.#offers.get(sku)?.get(marketplaceId);
  }

  /** @param source null = without a line in the log, for the first listings */
  putListing(listing: Listing, source: ChangeSource | null): void {
    const before = this.#listings.get(listing.sku);
    this.#listings.set(listing.sku, listing);
    this.#changedListings.add(listing.sku);
    for (const offer of this.#offersOf(listing.sku).values())
      this.#noteBuyable({ listing: before, offer }, { listing, offer }, source);
  }

  /** @param source null = without a line in the log, for the first listings */
  putOffer(offer: Offer, source: ChangeSource | null): void {
    const before = this.offer(offer.sku, offer.marketplaceId);
    if (before) this.#changedOffers.delete(before);
    this.#offersOf(offer.sku).set(offer.marketplaceId, offer);
    this.#changedOffers.add(offer);
    const listing = this.#listings.get(offer.sku);
    this.#noteBuyable({ listing, offer: before }, { listing, offer }, source);
    if (source !== null) this.#saleEdges.push(...saleEdgesOf(offer, source.atMs));
  }

  /** Logs what the clock alone did to a SKU's offers at an instant: a sale has begun or ended. */
  noteClock(sku: string, atMs: number): void {
    const listing = this.#listings.get(sku);
    for (const offer of this.#offersOf(sku).values()) {
      const was = buyablePriceOf({ listing, offer }, atMs - 1);
      const is = buyablePriceOf({ listing, offer }, atMs);
      this.#notePrices({ was, is, wished: offer.desiredPrice }, offer, { atMs, feedId: null, messageId: null });
    }
  }

  /** Takes one offer away, and the whole SKU with its last offer. */
  deleteOffer(sku: string, marketplaceId: string, source: ChangeSource): void {
    const offers = this.#offersOf(sku);
    const offer = offers.get(marketplaceId);
    const listing = this.#listings.get(sku);
    offers.delete(marketplaceId);
    if (offer) {
      this.#changedOffers.delete(offer);
      this.#noteBuyable({ listing, offer }, { listing: undefined, offer }, source);
    }
    this.#deleted.push({ sku, marketplaceId });
    if (offers.size === 0) {
      this.#listings.delete(sku);
      this.#changedListings.delete(sku);
    }
  }

  record(entry: LogEntry): void {
    this.#log.push(entry);
  }

  /** Writes everything that changed; call it inside a transaction, once. */
  async save(trx: Db): Promise<void> {
    await this.#saveDeleted(trx);
    const listings = [...this.#changedListings].flatMap((sku) => this.#listings.get(sku) ?? []);
    const rowsPerInsert = Math.min(500, dialectOf(trx).rowsPerInsert);
    for (const rows of inSlices(
      listings.map((one) => listingToRow(this.#sellerId, one)),
      rowsPerInsert,
    ))
      await trx('sim_listing').insert(rows).onConflict(['seller_id', 'sku']).merge();
    for (const rows of inSlices(
      [...this.#changedOffers].map((one) => offerToRow(this.#sellerId, one)),
      rowsPerInsert,
    ))
      await trx('sim_offer').insert(rows).onConflict(['seller_id', 'marketplace_id', 'sku']).merge();
    await new LogStore(trx).append(this.#sellerId, this.#log);
    await new SaleEdgeStore(trx).add(this.#sellerId, this.#saleEdges);
  }

  async #saveDeleted(trx: Db): Promise<void> {
    for (const { sku, marketplaceId } of this.#deleted) {
      await trx('sim_offer').where({ seller_id: this.#sellerId, sku, marketplace_id: marketplaceId }).delete();
      if (!this.#listings.has(sku)) await trx('sim_listing').where({ seller_id: this.#sellerId, sku }).delete();
    }
  }

  #offersOf(sku: string): Map<string, Offer> {
    const known = this.#offers.get(sku);
    if (known) return known;
    const made = new Map<string, Offer>();
    this.#offers.set(sku, made);
    return made;
  }

  /** Logs what became of the price that a buyer pays, and whether it is the desired one. */
  #noteBuyable(before: OnShelf, now: OnShelf, source: ChangeSource | null): void {
    if (source === null || now.offer === undefined) return;
    const was = buyablePriceOf(before, source.atMs);
    const is = buyablePriceOf(now, source.atMs);
    this.#notePrices({ was, is, wished: before.offer?.desiredPrice ?? null }, now.offer, source);
  }

  #notePrices({ was, is, wished }: PriceChange, offer: Offer, source: ChangeSource): void {
    const place = { ...source, sku: offer.sku, marketplaceId: offer.marketplaceId };
    if (is === null) {
      if (was !== null) this.record({ ...place, kind: 'not-buyable', what: { priceBefore: was } });
      return;
    }
    const samePriced = was !== null && samePrice(was, is);
    if (!samePriced) this.record({ ...place, kind: 'buyable', what: { price: is, priceBefore: was } });
    const desired = offer.desiredPrice;
    if (desired === null || samePrice(desired, is)) return;
    if (samePriced && wished !== null && samePrice(wished, desired)) return;
    this.record({ ...place, kind: 'undesired-price', what: { price: is, desired } });
  }
}

/** What a buyer paid and pays, null = cannot buy, and the price that was desired before. */
interface PriceChange {
  readonly was: string | null;
  readonly is: string | null;
  readonly wished: string | null;
}

interface OnShelf {
  readonly listing: Listing | undefined;
  readonly offer: Offer | undefined;
}

function buyablePriceOf({ listing, offer }: OnShelf, atMs: number): string | null {
  return listing && offer ? buyablePrice(listing, offer.terms, atMs) : null;
}
