import { envelopeEnd, envelopeStart, writeMessage } from '../../../../feeds/xml/envelope.js';
import type { FeedMessage } from '../../../../feeds/xml/feed-message.js';
import { LISTING_FEEDS, type ListingMessageType } from '../../../../feeds/xml/feed-types.js';
import { CompressedTextFile } from '../../reports/compressed-text-file.js';
import type { FeedKind } from '../../reports/feed.js';

/** Amazon takes no more in one document; the bytes leave room below its 10 MiB. */
export const DOCUMENT_LIMITS = { messages: 25_000, bytes: 9.5 * 1024 * 1024 } as const;

const LARGE_MESSAGE_BYTES = 4_096;

/** What a document already has promised room for. */
export interface DocumentLoad {
  readonly messages: number;
  readonly bytes: number;
}

const NOTHING: DocumentLoad = { messages: 0, bytes: 0 };

/** Whether that many messages more, however large, fit into a document that holds so much. */
export function fitsInto(limits: DocumentLoad, load: DocumentLoad, messages: number): boolean {
  return fits(limits, load, { messages, bytes: messages * LARGE_MESSAGE_BYTES });
}

function fits(limits: DocumentLoad, load: DocumentLoad, more: DocumentLoad): boolean {
  return load.messages + more.messages <= limits.messages && load.bytes + more.bytes <= limits.bytes;
}

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
  hasRoomFor(messages: number, promised: DocumentLoad = NOTHING): boolean {
    return fitsInto(this.#limits, this.#loadWith(promised), messages);
  }

  /** Whether that many messages like those so far would still fit. */
  hasRoomForMore(messages: number, promised: DocumentLoad = NOTHING): boolean {
    const bytesEach = this.#messages === 0 ? LARGE_MESSAGE_BYTES : this.#file.bytesAtMost / this.#messages;
    return fits(this.#limits, this.#loadWith(promised), { messages, bytes: messages * bytesEach });
  }

  #loadWith({ messages, bytes }: DocumentLoad): DocumentLoad {
    return { messages: this.#messages + messages, bytes: this.#file.bytesAtMost + bytes };
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
