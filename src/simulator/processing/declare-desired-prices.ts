import type { Db } from '../../db/open-database.js';
import { Shelf } from '../state/shelf.js';

/** The price that a shop wants for one offer from now on; null = nothing is said of it any more. */
export interface DesiredPrice {
  readonly sku: string;
  readonly marketplaceId: string;
  /** Decimal text. */
  readonly price: string | null;
}

/**
 * Takes down which prices a shop wants, and logs it; from then on every moment at which a buyer pays another one is logged as undesired.
 * Needs the work line: nobody else may write meanwhile.
 *
 * @returns how many offers it concerns; unknown ones are left out
 */
export function declareDesiredPrices(
  db: Db,
  said: { readonly sellerId: string; readonly prices: readonly DesiredPrice[]; readonly atMs: number },
): Promise<number> {
  const { sellerId, prices, atMs } = said;
  return db.transaction(async (trx) => {
    const skus = prices.map(({ sku }) => sku);
    const shelf = await Shelf.load(trx, sellerId, skus);
    const source = { atMs, feedId: null, messageId: null };
    let changed = 0;
    for (const { sku, marketplaceId, price } of prices) {
      const offer = shelf.offer(sku, marketplaceId);
      if (!offer) continue;
      changed += 1;
      shelf.record({ ...source, kind: 'desired-price', sku, marketplaceId, what: { desired: price } });
      shelf.putOffer({ ...offer, desiredPrice: price }, source);
    }
    await shelf.save(trx);
    return changed;
  });
}
