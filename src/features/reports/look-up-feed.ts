import type { AmazonAccount, Feed as AmazonFeed } from '../../amazon/amazon-account.js';
import type { Feed } from './feed.js';

/** Before this nobody looks: Amazon may still be making the feed. */
export const FIRST_LOOK_MS = 60_000;

/** A feed that Amazon does not show for this long, since nobody tries to make it any more, was never made. */
const PATIENCE_MS = 10 * 60_000;

/** Amazon's clock and ours may differ by so much. */
const CLOCK_SKEW_MS = 5 * 60_000;

const ENDED = new Set(['DONE', 'CANCELLED', 'FATAL']);

/** What became of a feed that Amazon was asked to make, and of which no answer came. */
export type FoundFeed =
  /** The only one of its type there since then that is not another feed of ours; it may be another program's all the same. */
  | { readonly kind: 'found'; readonly amazonFeedId: string }
  | { readonly kind: 'not-yet' }
  | { readonly kind: 'never-made' }
  /** Several may be it; nothing can be sent before all of them have ended, whoever made them. */
  | { readonly kind: 'several'; readonly amazonFeedIds: readonly string[]; readonly ended: boolean };

/** What is known where somebody looks. */
export interface LookUp {
  readonly amazon: AmazonAccount;
  /** Amazon's own id of the feed's marketplace. */
  readonly amazonMarketplaceId: string;
  /** Of these ids, those that another feed of the account owns. */
  readonly owned: (amazonFeedIds: readonly string[]) => Promise<ReadonlySet<string>>;
  readonly nowMs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Looks at Amazon for a feed whose createFeed got no answer, by its type and marketplace since it was asked for (design section 9).
 *
 * @param feed with `askedAtMs`
 * @throws what Amazon throws; then nothing is known and it must be looked for again
 */
export async function lookUpFeed(feed: Feed & { readonly askedAtMs: number }, look: LookUp): Promise<FoundFeed> {
  const candidates = await unownedSince(feed, look);
  const [first, ...others] = candidates;
  if (first === undefined)
    return { kind: look.nowMs - (feed.unansweredAtMs ?? feed.askedAtMs) < PATIENCE_MS ? 'not-yet' : 'never-made' };
  if (others.length === 0) return { kind: 'found', amazonFeedId: first.feedId };
  return {
    kind: 'several',
    amazonFeedIds: candidates.map((one) => one.feedId),
    ended: candidates.every((one) => ENDED.has(one.processingStatus)),
  };
}

async function unownedSince(
  feed: Feed & { readonly askedAtMs: number },
  { amazon, amazonMarketplaceId, owned, signal }: LookUp,
): Promise<readonly AmazonFeed[]> {
  const found = await amazon.feeds.getFeeds(
    {
      feedTypes: [feed.feedType],
      marketplaceIds: [amazonMarketplaceId],
      createdSince: new Date(feed.askedAtMs - CLOCK_SKEW_MS).toISOString(),
    },
    signal ? { signal } : {},
  );
  const taken = await owned(found.map((one) => one.feedId));
  return found.filter((one) => !taken.has(one.feedId));
}
