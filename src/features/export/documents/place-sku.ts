import { LISTING_FEEDS, type ListingMessageType } from '../../../../feeds/xml/feed-types.js';
import { InvalidFeedInput } from '../../../../feeds/xml/invalid-feed-input.js';
import { POOL } from '../../listings/listing.js';
import type { Handover } from '../../listings/listing-service.js';
import type { Part } from '../../offers/offer-settings.js';
import { unitsOfValue } from '../../offers/part-values.js';
import type { FeedKind } from '../../reports/feed.js';
import { type BatchWatch, type Judgement, noteOf } from '../guard/batch-watch.js';
import type { SetAsidePart } from '../guard/set-aside.js';
import type { ShopFrame } from '../plan/account-frame.js';
import { isBuyable, type PlannedPart, type PlanReason } from '../plan/plan-sku.js';
import type { PlannedSku } from '../plan/planned-sku.js';
import { handoversOf } from './handovers.js';
import { type MessageParts, type RenderedParts, renderParts } from './render-messages.js';
import type { Addressee, RunDocuments } from './run-documents.js';

/** Where the documents of a round go. */
export interface Placement {
  readonly documents: RunDocuments;
  readonly frame: ShopFrame;
  /** Quantities of the whole account are addressed here. */
  readonly pool: Addressee;
  /** Whether several shops of the account look at the one stock of a SKU. */
  readonly isPoolShared?: boolean;
  /** Kinds that have a feed open on a marketplace: theirs must wait. Empty in a preview. */
  readonly isOpen: (marketplaceId: number, kind: FeedKind) => boolean;
  /** The guard's eye on the batch; null where nothing is sent. */
  readonly watch: BatchWatch | null;
}

/** What became of one SKU once its messages were placed: `parts` differ from the plan where something had to wait. */
export interface PlacedSku {
  readonly subject: PlannedSku;
  readonly parts: readonly PlannedPart[];
  /** Of the parts that go, those of which the guard says at the end of the round whether they do; left out = none. */
  readonly aside?: readonly SetAsidePart[];
}

/**
 * Renders the messages of one SKU into the documents of the round: step 6 of the run.
 *
 * A part whose document is full, or of whose kind a feed is still open at Amazon, waits for the next round. So does one of which this
 * round carries a value already, be it planned to stay as it is: Amazon is about to get that other value. A value that no message may
 * carry is left alone with a note, so that it spoils neither the document of the others nor the other parts of its SKU.
 *
 * What the guard holds is not placed, and what it must count first is set aside with room kept for it.
 */
export function placeSku(subject: PlannedSku, placement: Placement): PlacedSku {
  const { planned } = subject;
  let exceptions = waitingForThisRound(subject, placement);
  const aside: SetAsidePart[] = [];
  for (const lead of planned) {
    if (exceptions?.reasons.has(lead)) continue;
    const exception = placePart(lead, subject, { placement, aside });
    if (exception === null) continue;
    exceptions ??= { reasons: new Map(), faults: new Set() };
    for (const part of exception.parts) exceptions.reasons.set(part, exception.reason);
    if (exception.fault !== null) exceptions.faults.add(exception.fault);
  }
  const placed = exceptions === null ? { subject, parts: planned } : withExceptions(subject, exceptions);
  return aside.length === 0 ? placed : { ...placed, aside };
}

interface PlacedPart {
  readonly placement: Placement;
  /** Takes what the guard must count first. */
  readonly aside: SetAsidePart[];
}

/** Places what a part leads, or says why not. */
function placePart(lead: PlannedPart, subject: PlannedSku, { placement, aside }: PlacedPart): Exception | null {
  const { watch } = placement;
  if (lead.decision === 'equal') watch?.inStep(lead, subject);
  if (watch?.holdsPrice(subject.carrier.sku) && isKeptByPrice(lead, subject))
    return { parts: [lead], reason: 'price-held', fault: null };
  const parts = lead.decision === 'send' ? partsOfMessage(lead, subject.planned) : null;
  const exception = parts && placeMessage(subject, parts, { placement, aside });
  return parts && exception ? { parts, ...exception } : null;
}

/** Whether a quantity would make a listing buyable, be it at once or when a price is accepted: with a price held it may not. */
function isKeptByPrice({ part, value, decision, why }: PlannedPart, { memory }: PlannedSku): boolean {
  if (part !== 'quantity') return false;
  if (decision === 'wait') return why === 'price-first';
  return decision === 'send' && unitsOfValue(value) > 0 && !isBuyable(memory?.quantity ?? null);
}

/** Parts that share a message which was not placed. */
interface Exception {
  readonly parts: readonly PlannedPart[];
  readonly reason: PlanReason;
  /** What no message may carry, in a sentence. */
  readonly fault: string | null;
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
    return { ...one, decision: DECISIONS[why] ?? 'wait', why };
  });
  return { subject: faults.size === 0 ? subject : { ...subject, notes: [...subject.notes, ...faults] }, parts };
}

/** What becomes of a part for a reason, where that is more than waiting. */
const DECISIONS: Readonly<Partial<Record<PlanReason, PlannedPart['decision']>>> = {
  'cannot-be-sent': 'left-alone',
  'price-held': 'left-alone',
  guard: 'held',
};

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
  { placement, aside }: PlacedPart,
): { readonly reason: PlanReason; readonly fault: string | null } | null {
  try {
    const { documents, frame, pool } = placement;
    const id = parts[0].marketplaceId;
    const marketplace = id === POOL ? null : frame.marketplaces.find((one) => one.marketplace.id === id);
    if (marketplace === undefined) return null;
    const to = marketplace === null ? pool : { marketplaceId: id, country: marketplace.marketplace.country };
    const judged = placement.watch?.judge(parts[0], subject, marketplace?.offers.today ?? '') ?? GOES;
    if (judged.status === 'held') return { reason: 'guard', fault: null };
    const rendered = renderParts(subject, marketplace, parts);
    const group = suspectGroupOf(parts, subject);
    const reason = obstacle(rendered, to, placement) ?? suspicion(rendered, group, { to, documents });
    if (reason !== null) return { reason, fault: null };
    const handovers = documents.handsOver ? handoversOf(subject, rendered.parts) : NO_HANDOVERS;
    const sharedSku = placement.isPoolShared && id === POOL ? subject.carrier.sku : null;
    if (judged.status === 'goes')
      documents.place(to, { ...rendered, group, graveNote: judged.note, sharedSku }, handovers);
    else {
      const { kind, line, isCounted } = judged;
      documents.promise(to, { ...rendered, group }, line.sku);
      const going = { ...rendered, group, graveNote: noteOf(kind, line, true) };
      aside.push({ kind, line, isCounted, to, rendered: going, handovers });
    }
    return null;
  } catch (error) {
    if (!(error instanceof InvalidFeedInput)) throw error;
    return { reason: 'cannot-be-sent', fault: error.message };
  }
}

const GOES: Judgement = { status: 'goes', note: null };
const NO_HANDOVERS: readonly Handover[] = [];

function obstacle(rendered: RenderedParts, to: Addressee, { documents, isOpen }: Placement): PlanReason | null {
  if (isOpen(to.marketplaceId, LISTING_FEEDS[rendered.messageType].kind)) return 'kind-in-flight';
  if (documents.hasRival(to, rendered.messageType)) return 'kind-in-flight';
  return documents.hasRoom(to, rendered.messageType, rendered.messages.length) ? null : 'document-full';
}

/** The group with which a message must go, since a feed with one of its parts ended FATAL; null = with none. */
function suspectGroupOf(parts: MessageParts, { memory }: PlannedSku): number | null {
  for (const { marketplaceId, part } of parts) {
    const known = marketplaceId === POOL ? memory?.quantity : memory?.marketplaces.get(marketplaceId)?.parts[part];
    if (known && known.suspectGroup !== null) return known.suspectGroup;
  }
  return null;
}

/** A document carries one group of suspects or none: only so its end says something about them. */
function suspicion(
  { messageType }: RenderedParts,
  group: number | null,
  { to, documents }: { to: Addressee; documents: RunDocuments },
): PlanReason | null {
  const open = documents.groupIn(to, messageType);
  return open === undefined || open === group ? null : 'suspect-apart';
}
