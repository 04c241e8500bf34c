import { envelopeEnd, envelopeStart, writeMessage } from '../../../../feeds/xml/envelope.js';
import type { FeedMessage } from '../../../../feeds/xml/feed-message.js';
import { LISTING_FEEDS, type ListingMessageType } from '../../../../feeds/xml/feed-types.js';
import { CompressedTextFile } from '../../reports/compressed-text-file.js';
import type { FeedKind } from '../../reports/feed.js';

/** Amazon takes no more in one document; the bytes leave room below its 10 MiB. */
export const DOCUMENT_LIMITS = { messages: 25_000, bytes: 9.5 * 1024 * 1024 } as const;

const LARGE_MESSAGE_BYTES = 4_096;

export interface FeedDocumentOptions {
  readonly marketplaceId: number;
  readonly merchantId: string;
  readonly messageType: ListingMessageType;
  /** Relative to the data folder. */
  readonly path: string;
  readonly absolutePath: string;
  readonly limits?: { readonly messages: number; readonly bytes: number };
}

/**
 * One document being rendered: messages go in one by one, compressed bytes go to disk, memory stays constant.
 *
 * Message ids start at 1 and count up. `append` only buffers; call `drain` after each batch.
 */
export class FeedDocument {
  readonly marketplaceId: number;
  readonly messageType: ListingMessageType;
  readonly kind: FeedKind;
  readonly feedType: string;
  readonly path: string;
  readonly #limits: { readonly messages: number; readonly bytes: number };
  readonly #file: CompressedTextFile;
  #messages = 0;

  constructor(options: FeedDocumentOptions) {
    const feed = LISTING_FEEDS[options.messageType];
    this.marketplaceId = options.marketplaceId;
    this.messageType = options.messageType;
    this.kind = feed.kind;
    this.feedType = feed.feedType;
    this.path = options.path;
    this.#limits = options.limits ?? DOCUMENT_LIMITS;
    this.#file = new CompressedTextFile(options.absolutePath);
    this.#file.append(envelopeStart({ merchantId: options.merchantId, messageType: options.messageType }));
  }

  get messages(): number {
    return this.#messages;
  }

  /** Bytes of the uncompressed document so far. */
  get bytes(): number {
    return this.#file.bytes;
  }

  /** Whether that many messages more still fit, however large; a message of ours is rarely above 4 KiB, and our limit leaves room for some. */
  hasRoomFor(messages: number): boolean {
    return this.#hasRoom(messages, LARGE_MESSAGE_BYTES);
  }

  /** Whether that many messages like those so far would still fit. */
  hasRoomForMore(messages: number): boolean {
    const bytesEach = this.#messages === 0 ? LARGE_MESSAGE_BYTES : this.#file.bytesAtMost / this.#messages;
    return this.#hasRoom(messages, bytesEach);
  }

  #hasRoom(messages: number, bytesEach: number): boolean {
    const bytes = this.#file.bytesAtMost + messages * bytesEach;
    return this.#messages + messages <= this.#limits.messages && bytes <= this.#limits.bytes;
  }

  /** Adds one message and returns its id. */
  append(message: FeedMessage): number {
    this.#messages += 1;
    this.#file.append(writeMessage(this.#messages, message));
    return this.#messages;
  }

  /** Hands what is buffered to the disk and waits while it is busy. */
  drain(): Promise<void> {
    return this.#file.drain();
  }

  /** Ends the document; it is whole on disk when this resolves. */
  async close(): Promise<void> {
    this.#file.append(envelopeEnd());
    await this.#file.close();
  }
}
