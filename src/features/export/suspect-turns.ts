import { groupBy } from '../../core/group-by.js';
import { POOL, type SuspectPart } from '../listings/listing.js';
import type { ListingService } from '../listings/listing-service.js';
import type { Part } from '../offers/offer-settings.js';
import type { FeedKind } from '../reports/feed.js';
import type { FeedService } from '../reports/feed-service.js';

/** Whose products these are, and where the account's quantities are addressed to. */
export interface TurnScope {
  readonly accountId: number;
  readonly shopIds: readonly number[];
  readonly poolMarketplaceId: number;
}

/**
 * Orders claimed products by whose turn it is, since a document carries one group of suspects or none, and the first one placed decides.
 *
 * Suspects and all others take turns, feed by feed, so that neither waits for ever; of the groups the oldest goes first, so that each one is
 * halved before a half of it is.
 *
 * @returns lists to be looked at one after the other, together all products, each once; nearly always one
 */
export async function suspectTurns(
  productIds: readonly number[],
  of: TurnScope,
  on: { readonly listings: ListingService; readonly feeds: FeedService },
): Promise<readonly (readonly number[])[]> {
  if (!(await on.feeds.hasFatal(of.accountId))) return [productIds];
  const suspects = await on.listings.suspects(of, productIds);
  if (suspects.length === 0) return [productIds];
  const before = new Set<number>();
  const after = new Set<number>();
  for (const parts of groupBy(suspects, (one) => `${one.marketplaceId}/${kindOf(one.part)}`).values()) {
    const turn = (await isTheirTurn(parts, of, on.feeds)) ? before : after;
    for (const productId of oldestGroup(parts)) turn.add(productId);
  }
  const suspected = new Set(suspects.map((one) => one.productId));
  const turns = groupBy(productIds, (id) => (before.has(id) ? 0 : !suspected.has(id) ? 1 : after.has(id) ? 2 : 3));
  return [...turns].toSorted(([a], [b]) => a - b).map(([, some]) => some);
}

/** Whether suspects or all others were sent last in such a document. */
async function isTheirTurn(
  [one]: readonly SuspectPart[],
  { poolMarketplaceId }: TurnScope,
  feeds: FeedService,
): Promise<boolean> {
  if (one === undefined) return false;
  const marketplaceId = one.marketplaceId === POOL ? poolMarketplaceId : one.marketplaceId;
  return !(await feeds.wasSuspect({ marketplaceId, kind: kindOf(one.part) }));
}

function oldestGroup(parts: readonly SuspectPart[]): readonly number[] {
  const oldest = parts.reduce((least, { group }) => Math.min(least, group), Number.POSITIVE_INFINITY);
  return parts.filter(({ group }) => group === oldest).map(({ productId }) => productId);
}

function kindOf(part: Part): FeedKind {
  return part === 'price' || part === 'quantity' ? part : 'offer';
}
