import type { FeedContents } from '../faults/fault-book.js';
import type { FeedKind } from './feed-kind.js';
import { type FeedHeader, type FeedMessage, UnreadableFeedDocument } from './read-feed-document.js';

/** Those of the wanted SKUs and message ids that a document holds, up to where it can be read. */
export async function findContents(
  events: AsyncIterable<FeedHeader | FeedMessage>,
  kind: FeedKind,
  wanted: FeedContents,
): Promise<FeedContents> {
  const skus = new Set<string>();
  const messageIds = new Set<string>();
  try {
    for await (const event of events) {
      if (event.kind === 'header') continue;
      if (wanted.messageIds.has(event.messageId)) messageIds.add(event.messageId);
      const named = event.payload === null ? [] : kind.skusOf(event.payload);
      for (const sku of named) if (wanted.skus.has(sku)) skus.add(sku);
    }
  } catch (thrown) {
    // Such a feed is refused when its turn comes.
    if (!(thrown instanceof UnreadableFeedDocument)) throw thrown;
  }
  return { skus, messageIds };
}
