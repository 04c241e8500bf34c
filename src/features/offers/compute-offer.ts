import { computeMetadata, type MetadataOutcome } from './compute-metadata.js';
import { computePrice, type PriceOutcome } from './compute-price.js';
import { type CreateOutcome, judgeCreate, type OfferFacts } from './judge-create.js';
import { judgeStops } from './judge-stops.js';
import { NO_VERDICTS } from './make-verdict.js';
import type { Offer } from './offer.js';
import type { OfferFrame } from './offer-frame.js';
import type { ItemWithOptions } from './offer-settings.js';
import { judgeSku, skuOf } from './sku.js';
import type { Verdict } from './verdict.js';

/**
 * What one item should be on one marketplace.
 *
 * With a stop nothing else is computed: no price, no identity, only the stops and faults of the SKU. That another item carries the
 * same SKU is not seen here: `judgeDuplicates` knows them all.
 *
 * @param frame made once for many items by `offerFrame`
 * @param facts the quantity is the pool's, see `computeQuantity`
 * @throws PriceViewMissing when the item was read without a price for this marketplace
 */
export function computeOffer(subject: ItemWithOptions, frame: OfferFrame, facts: OfferFacts): Offer {
  const { item, options } = subject;
  const { settings, want } = frame;
  const sku = skuOf(item, frame.skuSource);
  const stops = judgeStops(subject, frame);
  const skuFault = judgeSku(sku, frame.skuSource);
  const open = stops.length === 0;
  const create = open ? judgeCreate(subject, settings, facts) : NOT_CREATED;
  const price = open && settings.parts.has('price') ? computePrice(subject, frame) : NOT_PRICED;
  const { metadata, note } = open && want.metadata ? computeMetadata(subject, settings) : NOT_DESCRIBED;
  return {
    sku,
    productId: item.productId,
    combinationId: item.combinationId,
    verdicts: joinVerdicts(stops, skuFault, open ? joinVerdicts(create.verdicts, null, price.verdicts) : NO_VERDICTS),
    identity: create.identity,
    condition: create.condition,
    conditionNote: options.conditionNote,
    price: price.price,
    metadata,
    metadataNote: note,
    imageUrls: open && want.images ? item.imageUrls : null,
  };
}

const NOT_CREATED: CreateOutcome = { identity: null, condition: null, verdicts: NO_VERDICTS };
const NOT_PRICED: PriceOutcome = { price: null, verdicts: NO_VERDICTS };
const NOT_DESCRIBED: MetadataOutcome | { metadata: null; note: null } = { metadata: null, note: null };

/** One list out of up to three, without a new one as long as nothing or only one list has any. */
function joinVerdicts(first: readonly Verdict[], one: Verdict | null, last: readonly Verdict[]): readonly Verdict[] {
  if (one !== null) return [...first, one, ...last];
  if (last.length === 0) return first;
  return first.length === 0 ? last : [...first, ...last];
}
