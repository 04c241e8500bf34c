import type { Db } from '../../db/open-database.js';
import { withQuantity } from '../state/listing.js';
import { Shelf } from '../state/shelf.js';

/** A buyer's wish. */
export interface UnitSale {
  readonly sellerId: string;
  readonly sku: string;
  readonly quantity: number;
  readonly atMs: number;
}

/** What became of it: units left, null for an unknown SKU or one that Amazon fulfils. */
export interface UnitSaleResult {
  readonly sold: boolean;
  readonly left: number | null;
}

/** Takes units from the seller's stock, at once and visible at once, and logs it. Needs the work line: nobody else may write meanwhile. */
export function sellUnits(db: Db, sale: UnitSale): Promise<UnitSaleResult> {
  return db.transaction(async (trx) => {
    const shelf = await Shelf.load(trx, sale.sellerId, [sale.sku]);
    const listing = shelf.listing(sale.sku);
    if (!listing || listing.quantity === null) return { sold: false, left: null };
    if (listing.quantity < sale.quantity) return { sold: false, left: listing.quantity };
    const left = listing.quantity - sale.quantity;
    const source = { atMs: sale.atMs, feedId: null, messageId: null };
    shelf.putListing(withQuantity(listing, left, { atMs: sale.atMs, fromMs: sale.atMs }), source);
    const what = { quantity: sale.quantity, left };
    shelf.record({ ...source, kind: 'sold', sku: sale.sku, marketplaceId: null, what });
    await shelf.save(trx);
    return { sold: true, left };
  });
}
