import { SaxesParser } from 'saxes';
import { defineError } from '../../core/errors.js';
import { XmlNode } from './xml-node.js';

/** The part of an envelope before its first message. */
export interface FeedHeader {
  readonly kind: 'header';
  readonly merchantIdentifier: string;
  readonly messageType: string;
  readonly purgeAndReplace: boolean;
}

/** One message; `payload` is the element after MessageID and OperationType, whatever its name. */
export interface FeedMessage {
  readonly kind: 'message';
  readonly messageId: string;
  readonly operation: string;
  readonly payload: XmlNode | null;
  readonly line: number;
}

export const UnreadableFeedDocument = defineError<{
  line: number;
  column: number;
  reason: string;
  /** Messages read whole before the fault. */
  messagesBefore: number;
}>('UNREADABLE_FEED_DOCUMENT', 422, ({ line, column }) => `XML Parsing Error at Line ${line}, Column ${column}`);

/**
 * Reads a feed document piece by piece; only one message is held at a time.
 *
 * The client's own reader and schemas are deliberately not used: both sides must not share a mistake.
 *
 * @param pieces bytes in UTF-8
 * @returns first the header, then each message as soon as its end is read
 * @throws UnreadableFeedDocument where the text stops being well-formed XML, is no AmazonEnvelope, or carries a DTD
 */
export async function* readFeedDocument(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<FeedHeader | FeedMessage> {
  const reader = new EnvelopeReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const piece of pieces) yield* reader.write(decodePart(reader, decoder, piece));
  yield* reader.write(decodePart(reader, decoder, null));
  yield* reader.end();
}

function decodePart(
  reader: EnvelopeReader,
  decoder: InstanceType<typeof TextDecoder>,
  piece: Uint8Array | null,
): string {
  try {
    return piece === null ? decoder.decode() : decoder.decode(piece, { stream: true });
  } catch {
    throw reader.fault('the bytes are not UTF-8');
  }
}

class EnvelopeReader {
  readonly #parser = new SaxesParser();
  readonly #open: XmlNode[] = [];
  #ready: (FeedHeader | FeedMessage)[] = [];
  #headerGiven = false;
  #messages = 0;
  #messageLine = 0;

  constructor() {
    this.#parser.on('error', (error) => {
      throw this.fault(error.message);
    });
    this.#parser.on('doctype', () => {
      throw this.fault('a DTD is not allowed');
    });
    this.#parser.on('opentag', ({ name, attributes }) => this.#opened(name, attributes));
    this.#parser.on('text', (text) => this.#addText(text));
    this.#parser.on('cdata', (text) => this.#addText(text));
    this.#parser.on('closetag', () => this.#closed());
  }

  write(text: string): readonly (FeedHeader | FeedMessage)[] {
    if (text !== '') this.#parser.write(text);
    return this.#take();
  }

  end(): readonly (FeedHeader | FeedMessage)[] {
    this.#parser.close();
    return this.#take();
  }

  fault(reason: string): Error {
    const { line, column } = this.#parser;
    return new UnreadableFeedDocument({ line, column, reason, messagesBefore: this.#messages });
  }

  #take(): readonly (FeedHeader | FeedMessage)[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }

  #opened(name: string, attributes: Record<string, string>): void {
    if (this.#open.length === 0 && name !== 'AmazonEnvelope') throw this.fault(`<${name}> is no AmazonEnvelope`);
    const node = new XmlNode(name, attributes);
    const parent = this.#open.at(-1);
    if (this.#open.length === 1 && name === 'Message') {
      this.#giveHeader();
      this.#messageLine = this.#parser.line;
    } else parent?.children.push(node);
    this.#open.push(node);
  }

  #addText(text: string): void {
    const node = this.#open.at(-1);
    if (node && this.#open.length > 1) node.text += text;
  }

  #closed(): void {
    const node = this.#open.pop();
    if (node === undefined) return;
    if (node.children.length > 0) node.text = '';
    if (this.#open.length === 0) this.#giveHeader();
    if (this.#open.length !== 1 || node.name !== 'Message') return;
    this.#messages += 1;
    this.#ready.push(toMessage(node, this.#messageLine));
  }

  #giveHeader(): void {
    if (this.#headerGiven) return;
    this.#headerGiven = true;
    const envelope = this.#open[0] ?? new XmlNode('AmazonEnvelope', {});
    this.#ready.push({
      kind: 'header',
      merchantIdentifier: envelope.textAt('Header', 'MerchantIdentifier') ?? '',
      messageType: envelope.textAt('MessageType') ?? '',
      purgeAndReplace: ['true', '1'].includes(envelope.textAt('PurgeAndReplace') ?? ''),
    });
  }
}

function toMessage(node: XmlNode, line: number): FeedMessage {
  const payload = node.children.find((one) => one.name !== 'MessageID' && one.name !== 'OperationType');
  return {
    kind: 'message',
    messageId: node.textAt('MessageID') ?? '',
    operation: node.textAt('OperationType') ?? 'Update',
    payload: payload ?? null,
    line,
  };
}
