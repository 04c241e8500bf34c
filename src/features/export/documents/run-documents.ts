import { LISTING_FEEDS, type ListingMessageType } from '../../../../feeds/xml/feed-types.js';
import type { Handover } from '../../listings/listing-service.js';
import type { Archive } from '../../reports/archive.js';
import { FeedDocument } from './feed-document.js';
import type { RenderedParts } from './render-messages.js';

/** A document and what it will hand over. */
export interface FilledDocument {
  readonly document: FeedDocument;
  readonly handovers: readonly Handover[];
}

export interface RunDocumentsOptions {
  readonly archive: Archive;
  /** Where the documents go, relative to the data folder, up to their own part of the name. */
  readonly pathStart: string;
  readonly merchantId: string;
  /** `wait` (to send): one document of a type per marketplace, what does not fit waits. `next` (to show): a full one is followed by the next. */
  readonly whenFull: 'wait' | 'next';
  readonly limits?: { readonly messages: number; readonly bytes: number };
}

/** To whom a document is addressed. */
export interface Addressee {
  readonly marketplaceId: number;
  readonly country: string;
}

/** Room for fewer messages than this is not worth a claim: most of its products would have to wait. */
const NEARLY_FULL_MESSAGES = 2_000;

interface Filling {
  readonly document: FeedDocument;
  readonly handovers: Handover[];
  /** Those that it hands over something of. */
  readonly skus: Set<string>;
}

/** The documents of one round of a run, one open for each marketplace and message type; memory holds only what they hand over. */
export class RunDocuments {
  readonly #options: RunDocumentsOptions;
  /** By message type, then marketplace. */
  readonly #open = new Map<ListingMessageType, Map<number, Filling>>();
  readonly #opened = new Map<string, number>();
  readonly #full: Filling[] = [];
  readonly #closed: FilledDocument[] = [];

  constructor(options: RunDocumentsOptions) {
    this.#options = options;
  }

  /** Whether the values placed are handed to Amazon afterwards; a preview's are not, and keeping a million of them is no use. */
  get handsOver(): boolean {
    return this.#options.whenFull === 'wait';
  }

  /** Whether that many messages can still be placed in this round. */
  hasRoom(to: Addressee, messageType: ListingMessageType, messages: number): boolean {
    if (this.#options.whenFull === 'next') return true;
    return this.#openFor(to, messageType)?.document.hasRoomFor(messages) ?? true;
  }

  /** Whether a further claim would hardly find room; then this round is sent. */
  get isNearlyFull(): boolean {
    return this.#allOpen().some(({ document }) => !document.hasRoomForMore(NEARLY_FULL_MESSAGES));
  }

  /** Whether another document of the same kind goes to that marketplace in this round: only one of a kind may be open at Amazon. */
  hasRival(to: Addressee, messageType: ListingMessageType): boolean {
    if (this.#options.whenFull === 'next') return false;
    const { kind } = LISTING_FEEDS[messageType];
    return this.#allOpen().some(
      ({ document }) =>
        document.marketplaceId === to.marketplaceId && document.kind === kind && document.messageType !== messageType,
    );
  }

  /** Whether a message of that type for a SKU goes to that marketplace in this round already: Amazon takes the messages of a SKU in any order. */
  carries(sku: string, marketplaceId: number, messageType: ListingMessageType): boolean {
    return this.#open.get(messageType)?.get(marketplaceId)?.skus.has(sku) ?? false;
  }

  /** Adds rendered messages to the document of their type, opening it or the next one where needed. */
  place(to: Addressee, rendered: RenderedParts, handovers: readonly Handover[]): void {
    const { document, handovers: carried, skus } = this.#filling(to, rendered);
    for (const message of rendered.messages) document.append(message);
    for (const handover of handovers) {
      carried.push(handover);
      skus.add(handover.sku);
    }
  }

  /** Waits for the disk after a batch, and closes what is full. */
  async settle(): Promise<void> {
    for (const { document } of this.#allOpen()) await document.drain();
    for (const filling of this.#full.splice(0)) {
      await filling.document.close();
      this.#closed.push(filling);
    }
  }

  /** Closes everything; the documents come in the order in which they must be sent. */
  async close(order: readonly ListingMessageType[]): Promise<readonly FilledDocument[]> {
    this.#full.push(...this.#allOpen());
    this.#open.clear();
    await this.settle();
    const rank = ({ document }: FilledDocument) => order.indexOf(document.messageType);
    return this.#closed.toSorted((a, b) => rank(a) - rank(b));
  }

  #filling(to: Addressee, { messageType, messages }: RenderedParts): Filling {
    const open = this.#openFor(to, messageType);
    if (open?.document.hasRoomFor(messages.length)) return open;
    if (open) this.#full.push(open);
    return this.#openNext(to, messageType);
  }

  #openNext(to: Addressee, messageType: ListingMessageType): Filling {
    const key = `${to.marketplaceId}/${messageType}`;
    const count = (this.#opened.get(key) ?? 0) + 1;
    this.#opened.set(key, count);
    const { archive, pathStart, merchantId, limits } = this.#options;
    const path = `${pathStart}-${to.country}-${messageType.toLowerCase()}-${count}.xml.gz`;
    const document = new FeedDocument({
      marketplaceId: to.marketplaceId,
      merchantId,
      messageType,
      path,
      absolutePath: archive.absolute(path),
      ...(limits ? { limits } : {}),
    });
    const filling = { document, handovers: [], skus: new Set<string>() };
    const byMarketplace = this.#open.get(messageType) ?? new Map<number, Filling>();
    this.#open.set(messageType, byMarketplace.set(to.marketplaceId, filling));
    return filling;
  }

  #openFor({ marketplaceId }: Addressee, messageType: ListingMessageType): Filling | undefined {
    return this.#open.get(messageType)?.get(marketplaceId);
  }

  #allOpen(): readonly Filling[] {
    return [...this.#open.values()].flatMap((byMarketplace) => [...byMarketplace.values()]);
  }
}
