import { LISTING_FEEDS, type ListingMessageType } from '../../../../feeds/xml/feed-types.js';
import { InvalidFeedInput } from '../../../../feeds/xml/invalid-feed-input.js';
import { POOL } from '../../listings/listing.js';
import type { Handover } from '../../listings/listing-service.js';
import type { Part } from '../../offers/offer-settings.js';
import type { FeedKind } from '../../reports/feed.js';
import type { ShopFrame } from '../plan/account-frame.js';
import type { PlannedSku } from '../plan/plan-batch.js';
import type { PlannedPart, PlanReason } from '../plan/plan-sku.js';
import { type MessageParts, type RenderedParts, renderParts } from './render-messages.js';
import type { Addressee, RunDocuments } from './run-documents.js';

/** Where the documents of a round go. */
export interface Placement {
  readonly documents: RunDocuments;
  readonly frame: ShopFrame;
  /** Quantities of the whole account are addressed here. */
  readonly pool: Addressee;
  /** Kinds that have a feed open on a marketplace: theirs must wait. Empty in a preview. */
  readonly isOpen: (marketplaceId: number, kind: FeedKind) => boolean;
}

/** What became of one SKU once its messages were placed: `parts` differ from the plan where something had to wait. */
export interface PlacedSku {
  readonly subject: PlannedSku;
  readonly parts: readonly PlannedPart[];
}

/**
 * Renders the messages of one SKU into the documents of the round: step 6 of the run.
 *
 * A part whose document is full, or of whose kind a feed is still open at Amazon, waits for the next round. So does one of which this
 * round carries a value already, be it planned to stay as it is: Amazon is about to get that other value. A value that no message may
 * carry is left alone with a note, so that it spoils neither the document of the others nor the other parts of its SKU.
 */
export function placeSku(subject: PlannedSku, placement: Placement): PlacedSku {
  const { planned } = subject;
  let exceptions = waitingForThisRound(subject, placement);
  for (const lead of planned) {
    if (exceptions?.reasons.has(lead)) continue;
    const parts = lead.decision === 'send' ? partsOfMessage(lead, planned) : null;
    const exception = parts && placeMessage(subject, parts, placement);
    if (!parts || !exception) continue;
    exceptions ??= { reasons: new Map(), faults: new Set() };
    for (const part of parts) exceptions.reasons.set(part, exception.reason);
    if (exception.fault !== null) exceptions.faults.add(exception.fault);
  }
  return exceptions === null ? { subject, parts: planned } : withExceptions(subject, exceptions);
}

/** Parts that were not placed, and what is wrong with those that no message may carry. */
interface Exceptions {
  readonly reasons: Map<PlannedPart, PlanReason>;
  readonly faults: Set<string>;
}

/** What another look at the SKU has placed in this round; looked at before anything of this one is placed. */
function waitingForThisRound({ carrier, planned }: PlannedSku, { documents, pool }: Placement): Exceptions | null {
  let exceptions: Exceptions | null = null;
  for (const one of planned) {
    if (one.decision === 'wait' || one.decision === 'left-alone') continue;
    const to = one.marketplaceId === POOL ? pool.marketplaceId : one.marketplaceId;
    if (!documents.carries(carrier.sku, to, MESSAGE_TYPES[one.part])) continue;
    exceptions ??= { reasons: new Map(), faults: new Set() };
    exceptions.reasons.set(one, 'another-in-flight');
  }
  return exceptions;
}

/** In which message each part stands. */
const MESSAGE_TYPES: Readonly<Record<Part, ListingMessageType>> = {
  offer: 'Product',
  metadata: 'Product',
  price: 'Price',
  quantity: 'Inventory',
  images: 'ProductImage',
};

function withExceptions(subject: PlannedSku, { reasons, faults }: Exceptions): PlacedSku {
  const parts = subject.planned.map((one): PlannedPart => {
    const why = reasons.get(one);
    if (why === undefined) return one;
    return { ...one, decision: why === 'cannot-be-sent' ? 'left-alone' : 'wait', why };
  });
  return { subject: faults.size === 0 ? subject : { ...subject, notes: [...subject.notes, ...faults] }, parts };
}

/** Offer and metadata of a SKU stand in one message, which the offer leads: for its metadata there is none of its own then. */
function partsOfMessage(lead: PlannedPart, planned: readonly PlannedPart[]): MessageParts | null {
  if (lead.part !== 'offer' && lead.part !== 'metadata') return [lead];
  const companion = lead.part === 'offer' ? 'metadata' : 'offer';
  for (const one of planned)
    if (one.part === companion && one.marketplaceId === lead.marketplaceId && one.decision === 'send')
      return lead.part === 'offer' ? [lead, one] : null;
  return [lead];
}

/** Places the message of some parts, or says why not. */
function placeMessage(
  subject: PlannedSku,
  parts: MessageParts,
  placement: Placement,
): { readonly reason: PlanReason; readonly fault: string | null } | null {
  try {
    const { documents, frame, pool } = placement;
    const id = parts[0].marketplaceId;
    const marketplace = id === POOL ? null : frame.marketplaces.find((one) => one.marketplace.id === id);
    if (marketplace === undefined) return null;
    const to = marketplace === null ? pool : { marketplaceId: id, country: marketplace.marketplace.country };
    const rendered = renderParts(subject, marketplace, parts);
    const reason = obstacle(rendered, to, placement);
    if (reason !== null) return { reason, fault: null };
    documents.place(to, rendered, documents.handsOver ? handoversOf(rendered, subject) : NO_HANDOVERS);
    return null;
  } catch (error) {
    if (!(error instanceof InvalidFeedInput)) throw error;
    return { reason: 'cannot-be-sent', fault: error.message };
  }
}

const NO_HANDOVERS: readonly Handover[] = [];

function handoversOf({ parts }: RenderedParts, { carrier, revision }: PlannedSku): readonly Handover[] {
  return parts.map(({ marketplaceId, part, value }) => ({ ...carrier, marketplaceId, part, value, revision }));
}

function obstacle(rendered: RenderedParts, to: Addressee, { documents, isOpen }: Placement): PlanReason | null {
  if (isOpen(to.marketplaceId, LISTING_FEEDS[rendered.messageType].kind)) return 'kind-in-flight';
  if (documents.hasRival(to, rendered.messageType)) return 'kind-in-flight';
  return documents.hasRoom(to, rendered.messageType, rendered.messages.length) ? null : 'document-full';
}
