import type { FeedKind } from './feed-kind.js';
import type { FeedHeader, FeedMessage } from './read-feed-document.js';

/** A message whose turn it is. */
export interface MessageInTurn {
  readonly message: FeedMessage;
  /** True when the message before it, about the same subject, says exactly the same. */
  readonly sameAsBefore: boolean;
}

/**
 * Gives messages in the order in which they are worked off: as written, but those that overwrite each other in random order,
 * when the last of them has been read.
 *
 * @param options repeated as the survey found it; chance gives for each message id a number in [0, 1)
 * @source Amazon accepts the same SKU twice in a feed, but its order is not guaranteed (selling-partner-api-models#5100)
 */
export async function* inWorkingOrder(
  events: AsyncIterable<FeedHeader | FeedMessage>,
  options: {
    readonly kind: FeedKind;
    readonly repeated: ReadonlyMap<string, number>;
    readonly chance: (messageId: string) => number;
  },
): AsyncGenerator<MessageInTurn> {
  const heldBack = new Map<string, FeedMessage[]>();
  for await (const event of events) {
    if (event.kind === 'header') continue;
    const subject = event.payload === null ? '' : options.kind.subjectOf(event.payload);
    const expected = event.payload === null ? undefined : options.repeated.get(subject);
    if (expected === undefined) {
      yield { message: event, sameAsBefore: false };
      continue;
    }
    const group = [...(heldBack.get(subject) ?? []), event];
    heldBack.set(subject, group);
    if (group.length < expected) continue;
    heldBack.delete(subject);
    yield* shuffled(group, options.chance);
  }
}

function* shuffled(group: readonly FeedMessage[], chance: (messageId: string) => number): Generator<MessageInTurn> {
  let before = '';
  for (const message of [...group].sort((one, other) => chance(one.messageId) - chance(other.messageId))) {
    const text = `${message.operation} ${message.payload?.toText() ?? ''}`;
    yield { message, sameAsBefore: text === before };
    before = text;
  }
}
