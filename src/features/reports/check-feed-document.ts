import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { memoryPages, validateXML, type XMLFileInfo, type XMLValidationError } from 'xmllint-wasm';
import { describeXmlFault, XmlReader } from '../../../feeds/xml/xml-reader.js';
import { defineError, messageOf } from '../../core/errors.js';
import { projectRoot } from '../../core/project-root.js';

export interface FeedDocumentCheck {
  readonly valid: boolean;
  /** What the envelope says it holds; null when it does not say. */
  readonly messageType: string | null;
  /** In document order, at most 100. Empty when valid. */
  readonly faults: readonly FeedDocumentFault[];
}

export interface FeedDocumentFault {
  /** From 1; null when the fault has no place. */
  readonly line: number | null;
  readonly message: string;
}

export const FeedCheckFailed = defineError<{ reason: string }>(
  'FEED_CHECK_FAILED',
  500,
  ({ reason }) =>
    `Expected xmllint to judge the document, it stopped: ${reason}. Check a smaller part of the document.`,
);

/** One schema per kind of document, because XML Schema 1.0 cannot tie MessageType to the payload. */
const SCHEMAS: ReadonlyMap<string, string> = new Map([
  ['Product', 'product.xsd'],
  ['Inventory', 'inventory.xsd'],
  ['Price', 'price.xsd'],
  ['ProductImage', 'image.xsd'],
  ['Relationship', 'relationship.xsd'],
  ['Override', 'override.xsd'],
  ['OrderAcknowledgement', 'order-acknowledgement.xsd'],
  ['OrderAdjustment', 'order-adjustment.xsd'],
  ['OrderFulfillment', 'order-fulfillment.xsd'],
  ['ProcessingReport', 'processing-report.xsd'],
]);
const SHARED_SCHEMAS = ['envelope.xsd', 'types.xsd', 'carrier-codes.xsd'];
const MAX_FAULTS = 100;
const MAX_MESSAGE_LENGTH = 400;

/**
 * Checks a feed document or a processing report against our own schemas: element order, lengths, counts, enumerations, unique
 * message ids, and that every payload is of the envelope's MessageType.
 *
 * The document is streamed through libxml2, which keeps the message ids only: 10 MiB take about a second, a million messages
 * (180 MiB) ten. It may not declare a document type.
 *
 * @param xml text, or the unpacked bytes (UTF-8)
 * @throws FeedCheckFailed when libxml2 itself gives up, for example for want of memory
 */
export async function checkFeedDocument(xml: string | Buffer): Promise<FeedDocumentCheck> {
  const text = typeof xml === 'string' ? xml : decodeUtf8(xml);
  if (text === null) return refused(null, { line: null, message: 'Expected UTF-8, found bytes that are not.' });
  const { messageType, fault } = readHead(text);
  if (fault !== null) return refused(messageType, fault);
  const schema = SCHEMAS.get(messageType ?? '');
  if (schema === undefined) {
    const message = `Expected MessageType to be one of ${[...SCHEMAS.keys()].join(', ')}, got ${JSON.stringify(messageType)}.`;
    return refused(messageType, { line: null, message });
  }
  const errors = await validate(text, schema);
  return { valid: errors.length === 0, messageType, faults: errors.slice(0, MAX_FAULTS).map(faultOf) };
}

function refused(messageType: string | null, fault: FeedDocumentFault): FeedDocumentCheck {
  return { valid: false, messageType, faults: [fault] };
}

function decodeUtf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** Reads the document once for what libxml2 would not say: whether it is well-formed, free of DTDs, and of which type. */
function readHead(text: string): { messageType: string | null; fault: FeedDocumentFault | null } {
  let messageType: string | null = null;
  let root: string | null = null;
  const reader = new XmlReader({
    onOpen: (path) => {
      root ??= path.slice(1);
    },
    onClose: (path, content) => {
      if (path === '/AmazonEnvelope/MessageType') messageType ??= content.trim();
    },
  });
  reader.write(text);
  const fault = reader.end();
  if (fault !== null) return { messageType, fault: { line: fault.line, message: describeXmlFault(fault) } };
  if (root === 'AmazonEnvelope') return { messageType, fault: null };
  return {
    messageType,
    fault: { line: 1, message: `Expected AmazonEnvelope as the root, got ${JSON.stringify(root)}.` },
  };
}

async function validate(text: string, schema: string): Promise<readonly XMLValidationError[]> {
  const [main, ...preload] = await Promise.all([schema, ...SHARED_SCHEMAS].map(readSchema));
  if (main === undefined) return [];
  try {
    const result = await validateXML({
      xml: { fileName: 'document.xml', contents: text },
      schema: main,
      preload,
      stream: true,
      // A ceiling, not a reservation: the ids of a million messages need about 300 MiB.
      maxMemoryPages: memoryPages.GiB,
    });
    return result.errors;
  } catch (error) {
    throw new FeedCheckFailed({ reason: messageOf(error).slice(0, MAX_MESSAGE_LENGTH) }, { cause: error });
  }
}

async function readSchema(fileName: string): Promise<XMLFileInfo> {
  return { fileName, contents: await readFile(join(projectRoot(), 'feeds', 'xml', 'schema', fileName), 'utf8') };
}

function faultOf(error: XMLValidationError): FeedDocumentFault {
  const message = error.message.replace(/^Schemas validity error : /, '');
  const short = message.length > MAX_MESSAGE_LENGTH ? `${message.slice(0, MAX_MESSAGE_LENGTH)}…` : message;
  return { line: error.loc?.lineNumber ?? null, message: short };
}
