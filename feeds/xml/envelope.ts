import type { FeedMessage } from './feed-message.js';
import type { ListingMessageType } from './feed-types.js';
import { escapeText, writeXml } from './write-xml.js';

export interface EnvelopeHeader {
  /** Amazon's id of the seller, for example "A1EXAMPLESELLER"; at most 50 characters. */
  readonly merchantId: string;
  readonly messageType: ListingMessageType;
}

/** `DocumentVersion` of every document we write. */
const DOCUMENT_VERSION = '1.01';

/**
 * Writes what stands before the first message, up to and with a line end.
 *
 * PurgeAndReplace is never written: it deletes every listing that the document does not name.
 *
 * @source Amazon feed envelope: Header, MessageType, then the messages (checked 2026-11)
 */
export function envelopeStart(header: EnvelopeHeader): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<AmazonEnvelope xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="amzn-envelope.xsd">',
    `<Header><DocumentVersion>${DOCUMENT_VERSION}</DocumentVersion><MerchantIdentifier>${escapeText(header.merchantId)}</MerchantIdentifier></Header>`,
    `<MessageType>${header.messageType}</MessageType>`,
    '',
  ].join('\n');
}

/**
 * Writes one message on a line of its own, so that a document can be streamed and paged by lines.
 *
 * @param messageId starts at 1 in each document and counts up
 */
export function writeMessage(messageId: number, message: FeedMessage): string {
  return `<Message><MessageID>${messageId}</MessageID><OperationType>${message.operationType}</OperationType>${writeXml(message.body)}</Message>\n`;
}

/** Writes what stands after the last message. */
export function envelopeEnd(): string {
  return '</AmazonEnvelope>\n';
}

/**
 * Renders a whole document piece by piece: the start, one piece per message, the end.
 *
 * @param messages in the order to be sent; they get the ids 1, 2, 3 …
 */
export function* renderEnvelope(header: EnvelopeHeader, messages: Iterable<FeedMessage>): Generator<string> {
  yield envelopeStart(header);
  let messageId = 0;
  for (const message of messages) {
    messageId += 1;
    yield writeMessage(messageId, message);
  }
  yield envelopeEnd();
}
