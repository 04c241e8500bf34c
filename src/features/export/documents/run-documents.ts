import { writeMessage } from '../../../../feeds/xml/envelope.js';
import { LISTING_FEEDS, type ListingMessageType } from '../../../../feeds/xml/feed-types.js';
import type { Handover } from '../../listings/listing-service.js';
import type { Archive } from '../../reports/archive.js';
import type { FeedKind } from '../../reports/feed.js';
import type { GraveNote } from '../guard/batch-watch.js';
import { DOCUMENT_LIMITS, FeedDocument, fitsInto } from './feed-document.js';
import type { RenderedParts } from './render-messages.js';

/** A document that is closed: where it is, and what it holds. */
export type RenderedDocument = Pick<
  FeedDocument,
  'marketplaceId' | 'messageType' | 'kind' | 'feedType' | 'path' | 'messages' | 'bytes'
>;

/** A document and what it will hand over. */
export interface FilledDocument {
  readonly document: RenderedDocument;
  readonly handovers: readonly Handover[];
  /** The group of suspects that it carries; null = none of it is suspected. */
  readonly group: number | null;
  /** What the guard writes down when these go. */
  readonly graveNotes: readonly GraveNote[];
}

/** Messages about to be placed, with the group of suspects that they belong to; left out = none. */
export interface GroupedParts extends RenderedParts {
  readonly group?: number | null;
  /** Left out = the guard need not know. */
  readonly graveNote?: GraveNote | null;
  /** Its SKU, where another shop of the account may look at it in this round too; left out = nobody will. */
  readonly sharedSku?: string | null;
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
  readonly group: number | null;
  readonly graveNotes: GraveNote[];
  /** Those that it hands over something of. */
  readonly skus: Set<string>;
}

/** Room that is kept for messages of which it is not decided yet whether they go. */
interface Promised {
  messages: number;
  bytes: number;
  readonly kind: FeedKind;
  readonly marketplaceId: number;
  readonly messageType: ListingMessageType;
  readonly group: number | null;
  readonly skus: Set<string>;
}

/** The longest number that a message can have. */
const LONGEST_ID = DOCUMENT_LIMITS.messages;

/** The documents of one round of a run, one open for each marketplace and message type; memory holds only what they hand over. */
export class RunDocuments {
  readonly #options: RunDocumentsOptions;
  /** By message type, then marketplace. */
  readonly #open = new Map<ListingMessageType, Map<number, Filling>>();
  readonly #opened = new Map<string, number>();
  /** By marketplace and message type. */
  readonly #promised = new Map<string, Promised>();
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
    const open = this.#openFor(to, messageType);
    const promised = this.#promised.get(promiseKey(to, messageType));
    if (open) return open.document.hasRoomFor(messages, promised);
    return promised === undefined || fitsInto(this.#limits, promised, messages);
  }

  /** Whether a further claim would hardly find room; then this round is sent. */
  get isNearlyFull(): boolean {
    for (const { messages } of this.#promised.values())
      if (messages + NEARLY_FULL_MESSAGES > this.#limits.messages) return true;
    return this.#allOpen().some(({ document }) => {
      const promised = this.#promised.get(promiseKey(document, document.messageType));
      return !document.hasRoomForMore(NEARLY_FULL_MESSAGES, promised);
    });
  }

  /** Whether another document of the same kind goes to that marketplace in this round: only one of a kind may be open at Amazon. */
  hasRival(to: Addressee, messageType: ListingMessageType): boolean {
    if (this.#options.whenFull === 'next') return false;
    const { kind } = LISTING_FEEDS[messageType];
    return [...this.#allOpen().map(({ document }) => document), ...this.#promised.values()].some(
      (one) => one.marketplaceId === to.marketplaceId && one.kind === kind && one.messageType !== messageType,
    );
  }

  /** Whether a message of that type for a SKU goes to that marketplace in this round already: Amazon takes the messages of a SKU in any order. */
  carries(sku: string, marketplaceId: number, messageType: ListingMessageType): boolean {
    const isPromised = this.#promised.get(promiseKey({ marketplaceId }, messageType))?.skus.has(sku) ?? false;
    return isPromised || (this.#open.get(messageType)?.get(marketplaceId)?.skus.has(sku) ?? false);
  }

  /** The group of suspects in the document that is open for a type, null when it has none; undefined = any may go there. */
  groupIn({ marketplaceId }: Addressee, messageType: ListingMessageType): number | null | undefined {
    if (this.#options.whenFull === 'next') return undefined;
    const open = this.#open.get(messageType)?.get(marketplaceId);
    return (open ?? this.#promised.get(promiseKey({ marketplaceId }, messageType)))?.group;
  }

  /** Keeps room for messages of which it is not decided yet whether they go; until then their SKU counts as carried. */
  promise(to: Addressee, { messageType, messages, group = null }: GroupedParts, sku: string): void {
    const { marketplaceId } = to;
    const key = promiseKey(to, messageType);
    const { kind } = LISTING_FEEDS[messageType];
    const nothing = { messages: 0, bytes: 0, kind, marketplaceId, messageType, group, skus: new Set<string>() };
    const promised: Promised = this.#promised.get(key) ?? nothing;
    promised.messages += messages.length;
    for (const message of messages) promised.bytes += Buffer.byteLength(writeMessage(LONGEST_ID, message));
    promised.skus.add(sku);
    this.#promised.set(key, promised);
  }

  /** Gives back the room that was kept; what goes of it is to be placed now, before anything else is. */
  endPromises(): void {
    this.#promised.clear();
  }

  /** Adds messages for which room was kept. */
  placePromised(to: Addressee, rendered: GroupedParts, handovers: readonly Handover[]): void {
    const { messageType, group = null } = rendered;
    append(this.#openFor(to, messageType) ?? this.#openNext(to, messageType, group), rendered, handovers);
  }

  /** Adds rendered messages to the document of their type, opening it or the next one where needed. */
  place(to: Addressee, rendered: GroupedParts, handovers: readonly Handover[]): void {
    append(this.#filling(to, rendered), rendered, handovers);
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

  #filling(to: Addressee, { messageType, messages, group = null }: GroupedParts): Filling {
    const open = this.#openFor(to, messageType);
    if (open?.document.hasRoomFor(messages.length)) return open;
    if (open) this.#full.push(open);
    return this.#openNext(to, messageType, group);
  }

  #openNext(to: Addressee, messageType: ListingMessageType, group: number | null): Filling {
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
    const filling = { document, handovers: [], graveNotes: [], group, skus: new Set<string>() };
    const byMarketplace = this.#open.get(messageType) ?? new Map<number, Filling>();
    this.#open.set(messageType, byMarketplace.set(to.marketplaceId, filling));
    return filling;
  }

  get #limits() {
    return this.#options.limits ?? DOCUMENT_LIMITS;
  }

  #openFor({ marketplaceId }: Addressee, messageType: ListingMessageType): Filling | undefined {
    return this.#open.get(messageType)?.get(marketplaceId);
  }

  #allOpen(): readonly Filling[] {
    return [...this.#open.values()].flatMap((byMarketplace) => [...byMarketplace.values()]);
  }
}

function append(
  filling: Filling,
  { messages, graveNote = null, sharedSku = null }: GroupedParts,
  handovers: readonly Handover[],
): void {
  for (const message of messages) filling.document.append(message);
  if (graveNote !== null) filling.graveNotes.push(graveNote);
  if (sharedSku !== null) filling.skus.add(sharedSku);
  for (const handover of handovers) {
    filling.handovers.push(handover);
    filling.skus.add(handover.sku);
  }
}

function promiseKey({ marketplaceId }: Pick<Addressee, 'marketplaceId'>, messageType: ListingMessageType): string {
  return `${marketplaceId}/${messageType}`;
}
