import type { Readable } from 'node:stream';
import { XMLParser } from 'fast-xml-parser';
import type { Feedbridge } from '../../src/compose.js';
import type { Run } from '../../src/features/export/run/run.js';
import { checkFeedDocument } from '../../src/features/reports/check-feed-document.js';
import { sharedFolder } from './shared-material.js';
import { xsdFactsValidator } from './xsd-facts-validator.js';

/** An element as a parser of others reads it: texts are texts, elements that stand once are objects, attributes begin with @. */
export type ReadElement = Readonly<Record<string, unknown>>;

export interface ReadMessage {
  readonly messageId: number;
  readonly operation: string;
  readonly sku: string;
  /** What stands in the element of the message type. */
  readonly body: ReadElement;
}

/** A document that is meant for Amazon, read without any code of ours. */
export interface ReadDocument {
  readonly messageType: string;
  readonly xml: string;
  readonly messages: readonly ReadMessage[];
}

const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@', parseTagValue: false });

/** Reads a feed document. */
export function readFeedXml(xml: string): ReadDocument {
  const envelope = parser.parse(xml).AmazonEnvelope;
  const messageType: string = envelope.MessageType;
  const messages = [envelope.Message ?? []].flat().map(
    (message): ReadMessage => ({
      messageId: Number(message.MessageID),
      operation: message.OperationType,
      sku: String(message[messageType].SKU),
      body: message[messageType],
    }),
  );
  return { messageType, xml, messages };
}

/** The documents of a run as they lie in the archive, in the order of sending. */
export async function documentsOf(
  { archive, export: exports }: Feedbridge,
  run: Run,
): Promise<readonly ReadDocument[]> {
  const documents = await exports.documents(run);
  return Promise.all(documents.map(async ({ path }) => readFeedXml(await archive.read(path))));
}

/** What a run says in messages of one type, by SKU. */
export async function messagesOf(
  program: Feedbridge,
  run: Run,
  messageType: string,
): Promise<ReadonlyMap<string, ReadMessage>> {
  const documents = await documentsOf(program, run);
  const messages = documents.filter((one) => one.messageType === messageType).flatMap((one) => one.messages);
  return new Map(messages.map((message) => [message.sku, message]));
}

/** Every fault of a document: by our schemas, and by the facts on Amazon's where the shared material is at hand. */
export async function faultsOf({ xml, messageType }: ReadDocument): Promise<readonly unknown[]> {
  const { faults } = await checkFeedDocument(xml);
  return sharedFolder() === null ? faults : [...faults, ...xsdFactsValidator()(messageType, xml)];
}

/** A stream as text. */
export async function textOf(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
