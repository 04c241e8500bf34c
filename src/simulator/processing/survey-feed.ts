import type { FeedKind } from './feed-kind.js';
import { type FeedHeader, type FeedMessage, UnreadableFeedDocument } from './read-feed-document.js';

/** A fault found by a check of documents that the simulator's user brings along. */
export interface DocumentFault {
  readonly line: number;
  readonly column: number;
  /** The message in which it lies; null outside of messages. */
  readonly messageId: string | null;
  readonly text: string;
}

/** What is known of a document before any message is applied. */
export interface FeedSurvey {
  readonly messages: number;
  /** Subjects of more than one message, with their number. */
  readonly repeated: ReadonlyMap<string, number>;
  /** Why nothing of the feed is processed; empty when it can be. */
  readonly faults: readonly FeedFault[];
}

export interface FeedFault {
  /** "0" = the whole feed. */
  readonly messageId: string;
  readonly code: string;
  readonly description: string;
}

/**
 * Reads a whole document once, to refuse it before anything is applied and to learn which SKUs occur twice.
 *
 * Holds the subject of each message (a SKU), not the messages.
 */
export async function surveyFeed(
  events: AsyncIterable<FeedHeader | FeedMessage>,
  expected: { readonly kind: FeedKind; readonly sellerId: string },
): Promise<FeedSurvey> {
  const counts = new Map<string, number>();
  const messageIds = new Set<string>();
  const faults: FeedFault[] = [];
  let messages = 0;
  try {
    for await (const event of events) {
      if (event.kind === 'header') faults.push(...headerFaults(event, expected));
      else {
        messages += 1;
        faults.push(...messageIdFaults(event, messageIds));
        const subject = event.payload === null ? null : expected.kind.subjectOf(event.payload);
        if (subject !== null) counts.set(subject, (counts.get(subject) ?? 0) + 1);
      }
    }
  } catch (thrown) {
    if (!(thrown instanceof UnreadableFeedDocument)) throw thrown;
    faults.push({ messageId: '0', code: '5000', description: thrown.message });
  }
  if (messages === 0 && faults.length === 0)
    faults.push({ messageId: '0', code: '5000', description: 'The feed contains no message.' });
  return { messages, repeated: new Map([...counts].filter(([, count]) => count > 1)), faults };
}

/** The lines of a report on a document that a check refused, in Amazon's form: the first for the whole feed, then one per message. */
export function faultsOfCheck(found: readonly DocumentFault[]): readonly FeedFault[] {
  const [first] = found;
  if (first === undefined) return [];
  const describe = (fault: DocumentFault) =>
    `XML Parsing Error at Line ${fault.line}, Column ${fault.column}: ${fault.text}`;
  const byMessage = new Map(found.flatMap((fault) => (fault.messageId === null ? [] : [[fault.messageId, fault]])));
  return [
    { messageId: '0', code: '5000', description: describe(first) },
    ...[...byMessage].map(([messageId, fault]) => ({ messageId, code: '5002', description: describe(fault) })),
  ];
}

function headerFaults(
  header: FeedHeader,
  expected: { readonly kind: FeedKind; readonly sellerId: string },
): readonly FeedFault[] {
  const wrong = (description: string) => ({ messageId: '0', code: '5000', description });
  const faults: FeedFault[] = [];
  if (header.messageType !== expected.kind.messageType)
    faults.push(
      wrong(
        `The message type "${header.messageType}" does not fit the feed type, which takes ${expected.kind.messageType}.`,
      ),
    );
  if (header.merchantIdentifier !== expected.sellerId)
    faults.push(wrong(`The merchant identifier "${header.merchantIdentifier}" is not the seller who sent the feed.`));
  // Amazon would delete every listing that the feed does not name. No shop of ours may ever ask for that.
  if (header.purgeAndReplace) faults.push(wrong('PurgeAndReplace is refused by this simulation.'));
  return faults;
}

function messageIdFaults(message: FeedMessage, seen: Set<string>): readonly FeedFault[] {
  const { messageId, line } = message;
  if (!/^\d{1,20}$/.test(messageId) || /^0+$/.test(messageId))
    return [
      {
        messageId: '0',
        code: '5000',
        description: `XML Parsing Error at Line ${line}: MessageID "${messageId}" is not a positive number.`,
      },
    ];
  if (seen.has(messageId))
    return [{ messageId: '0', code: '5000', description: `MessageID ${messageId} occurs twice.` }];
  seen.add(messageId);
  return [];
}
