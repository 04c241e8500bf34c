import type { ErrorTraits } from '../../src/core/errors.js';
import type { OperationType } from './feed-message.js';
import { type DocumentChunks, textChunks } from './text-chunks.js';
import { describeXmlFault, type XmlFault, XmlReader } from './xml-reader.js';

/** Who is behind one message of a document: the archived document is the map from message id to SKU. */
export interface EnvelopeMessage {
  readonly messageId: number;
  /** Exactly as sent; the parent's in a Relationship; null in messages about orders. */
  readonly sku: string | null;
  /** A message that says nothing means `Update`. */
  readonly operationType: OperationType;
  /** MessageType of the envelope, for example "Price". */
  readonly messageType: string;
}

/** A document that is no envelope, or only a part of one. */
export class EnvelopeUnreadable extends Error implements ErrorTraits {
  readonly code = 'ENVELOPE_UNREADABLE';
  readonly status = 422;
  readonly retryable = false;
}

/**
 * Reads who the messages of a document are about, in its order and in constant memory.
 *
 * @param chunks texts, or the unpacked bytes of the archive (UTF-8)
 * @throws EnvelopeUnreadable when the document is empty, cut, no XML or no envelope; the messages before the fault were given
 */
export async function* readEnvelope(chunks: DocumentChunks): AsyncGenerator<EnvelopeMessage> {
  const collector = new MessageCollector();
  for await (const chunk of textChunks(chunks)) {
    collector.write(chunk);
    yield* collector.taken();
    if (collector.fault !== null) break;
  }
  collector.end();
  if (collector.fault !== null) throw new EnvelopeUnreadable(collector.fault);
}

const MESSAGE = '/AmazonEnvelope/Message';
const SKU_FIELD = /^\/[^/]+\/(?:SKU|ParentSKU)$/;

class MessageCollector {
  readonly #reader = new XmlReader({
    onOpen: (path) => this.#open(path),
    onClose: (path, text) => this.#close(path, text),
  });
  #fault: string | null = null;
  #messages: EnvelopeMessage[] = [];
  #messageType = '';
  #messageId = '';
  #operationType = '';
  #sku: string | null = null;

  /** A sentence; null while nothing is wrong. */
  get fault(): string | null {
    return this.#fault;
  }

  write(text: string): void {
    this.#reader.write(text);
    this.#noteFault(this.#reader.fault);
  }

  end(): void {
    this.#noteFault(this.#reader.end());
  }

  #noteFault(fault: XmlFault | null): void {
    if (fault === null) return;
    this.#fault ??= `Expected a whole envelope, got one that cannot be read to its end. ${describeXmlFault(fault)}`;
  }

  taken(): EnvelopeMessage[] {
    const messages = this.#messages;
    this.#messages = [];
    return messages;
  }

  #open(path: string): void {
    if (path.lastIndexOf('/') === 0 && path !== '/AmazonEnvelope') {
      this.#fault ??= `Expected AmazonEnvelope, got a document that begins with <${path.slice(1, 41)}>.`;
    }
    if (path !== MESSAGE) return;
    this.#messageId = '';
    this.#operationType = '';
    this.#sku = null;
  }

  #close(path: string, text: string): void {
    if (path === MESSAGE) this.#finish();
    else if (path === `${MESSAGE}/MessageID`) this.#messageId = text.trim();
    else if (path === `${MESSAGE}/OperationType`) this.#operationType = text.trim();
    else if (path === '/AmazonEnvelope/MessageType') this.#messageType = text.trim();
    else if (path.startsWith(MESSAGE) && SKU_FIELD.test(path.slice(MESSAGE.length))) this.#sku = text;
  }

  #finish(): void {
    if (!/^[1-9]\d{0,14}$/.test(this.#messageId)) {
      this.#fault ??= `Expected MessageID to be a number from 1, got ${JSON.stringify(this.#messageId)}.`;
    }
    if (this.#fault !== null) return;
    this.#messages.push({
      messageId: Number(this.#messageId),
      sku: this.#sku,
      operationType: operationOf(this.#operationType),
      messageType: this.#messageType,
    });
  }
}

function operationOf(text: string): OperationType {
  return text === 'Delete' || text === 'PartialUpdate' ? text : 'Update';
}
