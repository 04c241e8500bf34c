import type { XmlElement } from './xml-element.js';

/**
 * What Amazon is to do with a message: `Update` replaces what we said of the SKU before, `PartialUpdate` changes only what is
 * named, `Delete` takes it away.
 */
export type OperationType = 'Update' | 'PartialUpdate' | 'Delete';

/** One message before it has an id: what to do, and the payload, whose name is the document's MessageType. */
export interface FeedMessage {
  readonly operationType: OperationType;
  readonly body: XmlElement;
}
