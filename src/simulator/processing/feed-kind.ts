import type { SimulatedMarketplace } from '../state/seller-store.js';
import type { ChangeSource, Shelf } from '../state/shelf.js';
import type { XmlNode } from './xml-node.js';

export type FeedOperation = 'Update' | 'PartialUpdate' | 'Delete';

/** A line that a message gets in the processing report. */
export interface MessageIssue {
  readonly result: 'Error' | 'Warning';
  /** Amazon's code, for example "13013". */
  readonly code: string;
  readonly description: string;
}

/** One message on its way into the listings. */
export interface MessageWork {
  readonly operation: FeedOperation;
  readonly payload: XmlNode;
  readonly shelf: Shelf;
  /** Those that the feed names. */
  readonly marketplaces: readonly SimulatedMarketplace[];
  readonly source: ChangeSource;
  /** When readers see what is written now. */
  readonly effectiveFromMs: number;
}

/** What one feed type means. */
export interface FeedKind {
  /** The name of the payload element, which is also the envelope's MessageType. */
  readonly messageType: string;
  readonly operations: readonly FeedOperation[];
  /** Every SKU that a message reads or writes, the one that the report names first. */
  skusOf(payload: XmlNode): readonly string[];
  /** Messages with the same subject overwrite each other. */
  subjectOf(payload: XmlNode): string;
  /** Checks and writes one message; a marketplace with an error is left as it was. */
  apply(work: MessageWork): readonly MessageIssue[];
}

export function error(code: string, description: string): MessageIssue {
  return { result: 'Error', code, description };
}

export function warning(code: string, description: string): MessageIssue {
  return { result: 'Warning', code, description };
}

/** The SKU of a payload, byte for byte; empty when it has none. */
export function skuOf(payload: XmlNode): string {
  return payload.child('SKU')?.text ?? '';
}
