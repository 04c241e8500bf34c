import { asinFor, isAsin, matchCode } from '../catalogue/match-code.js';
import { readProductCode } from '../catalogue/product-code.js';
import { isCondition } from '../state/condition.js';
import { type Listing, NO_TERMS, type Offer } from '../state/listing.js';
import { error, type FeedKind, type MessageIssue, type MessageWork, skuOf } from './feed-kind.js';
import type { XmlNode } from './xml-node.js';

/** POST_PRODUCT_DATA: makes an offer on an existing ASIN, changes what is said about it, or takes it away. Never makes an ASIN. */
export const productKind: FeedKind = {
  messageType: 'Product',
  operations: ['Update', 'PartialUpdate', 'Delete'],
  skusOf: (payload) => [skuOf(payload)],
  subjectOf: skuOf,
  apply: (work) => work.marketplaces.flatMap(({ id }) => applyTo(id, work)),
};

function applyTo(marketplaceId: string, work: MessageWork): readonly MessageIssue[] {
  const sku = skuOf(work.payload);
  const offer = work.shelf.offer(sku, marketplaceId);
  if (work.operation === 'Delete') return deleteOffer(offer, work);
  if (offer) return changeOffer(offer, work);
  if (work.operation === 'PartialUpdate')
    return [
      error(
        '8566',
        `The SKU does not match any ASIN in this marketplace (${marketplaceId}). Send the product identifier with the SKU first.`,
      ),
    ];
  return createOffer(marketplaceId, work);
}

function deleteOffer(offer: Offer | undefined, { payload, shelf, source }: MessageWork): readonly MessageIssue[] {
  if (!offer) return [error('13013', `This SKU does not exist in the catalogue of the seller: ${skuOf(payload)}.`)];
  shelf.deleteOffer(offer.sku, offer.marketplaceId, source);
  shelf.record({ ...source, kind: 'offer-deleted', sku: offer.sku, marketplaceId: offer.marketplaceId, what: {} });
  return [];
}

function changeOffer(offer: Offer, work: MessageWork): readonly MessageIssue[] {
  const { payload, shelf, source, operation } = work;
  const listing = shelf.listing(offer.sku);
  const problem = listing ? identityProblem(listing, payload) : null;
  if (problem) return [problem];
  const said = detailsOf(payload);
  const details = operation === 'PartialUpdate' ? { ...offer.details, ...said } : said;
  const changed = {
    ...offer,
    details,
    title: details.Title?.[0] ?? offer.title,
    shippingGroup:
      details.MerchantShippingGroupName?.[0] ?? (operation === 'PartialUpdate' ? offer.shippingGroup : null),
  };
  shelf.putOffer(changed, source);
  const place = { sku: offer.sku, marketplaceId: offer.marketplaceId };
  shelf.record({ ...source, ...place, kind: 'offer-changed', what: { operation, details: said } });
  return [];
}

function createOffer(marketplaceId: string, work: MessageWork): readonly MessageIssue[] {
  const { payload, shelf, source } = work;
  const sku = skuOf(payload);
  const known = shelf.listing(sku);
  const identity = known ?? findIdentity(payload);
  if ('description' in identity) return [identity];
  const problem = known ? identityProblem(known, payload) : null;
  if (problem) return [problem];
  const details = detailsOf(payload);
  const condition = payload.textAt('Condition', 'ConditionType') ?? 'New';
  if (!isCondition(condition)) return [error('8115', `"${condition}" is not a condition.`)];
  if (!known)
    shelf.putListing(newListing(sku, { asin: identity.asin, code: identity.code, condition }, source.atMs), source);
  shelf.putOffer(newOffer({ sku, marketplaceId, details, asin: identity.asin, atMs: source.atMs }), source);
  shelf.record({ ...source, kind: 'offer-created', sku, marketplaceId, what: { asin: identity.asin, details } });
  return [];
}

interface Identity {
  readonly asin: string;
  readonly code: string;
}

function findIdentity(payload: XmlNode): Identity | MessageIssue {
  const type = payload.textAt('StandardProductID', 'Type');
  const value = payload.textAt('StandardProductID', 'Value') ?? '';
  if (type === undefined)
    return error('8560', 'No ASIN matches this SKU and the data needed to create one is missing: standard_product_id.');
  if (type === 'ASIN')
    return isAsin(value) ? { asin: value, code: '' } : error('5505', `"${value}" is not a valid ASIN.`);
  const code = readProductCode(type, value);
  if (code === null) return error('5505', `"${value}" is not a valid ${type}.`);
  const match = matchCode(code);
  switch (match.kind) {
    case 'one':
      return { asin: match.asin, code };
    case 'none':
      return error(
        '8560',
        `${type} ${value} matches no ASIN, and the data needed to create one is missing: product_type.`,
      );
    case 'several':
      return error(
        '8542',
        `${type} ${value} matches several ASINs: ${match.asins.join(', ')}. Send the ASIN that is meant.`,
      );
    case 'other-brand':
      return payload.textAt('DescriptionData', 'Brand') === undefined
        ? error('5461', `You may not list ${match.asin}: its brand belongs to another seller.`)
        : error(
            '8572',
            `${type} ${value} does not belong to the brand that was sent; the catalogue has ${match.asin}.`,
          );
    case 'restricted':
      return error('8026', `You are not authorised to list products in the category of ${match.asin}.`);
  }
}

/** A SKU never moves to another product and never changes its condition. */
function identityProblem(listing: Listing, payload: XmlNode): MessageIssue | null {
  const condition = payload.textAt('Condition', 'ConditionType');
  if (condition !== undefined && condition !== listing.condition)
    return error('8057', `The condition of this SKU is ${listing.condition} and cannot become ${condition}.`);
  const type = payload.textAt('StandardProductID', 'Type');
  const value = payload.textAt('StandardProductID', 'Value') ?? '';
  if (type === undefined) return null;
  if (type === 'ASIN')
    return value === listing.asin ? null : error('5504', `This SKU belongs to ${listing.asin}, not to ${value}.`);
  const code = readProductCode(type, value);
  if (code === null) return error('5505', `"${value}" is not a valid ${type}.`);
  return code === listing.code || asinFor(code) === listing.asin
    ? null
    : error('5503', `${type} ${value} does not belong to ${listing.asin}, which this SKU stands for.`);
}

function newListing(sku: string, identity: Identity & { readonly condition: string }, atMs: number): Listing {
  return {
    ...identity,
    sku,
    channel: 'DEFAULT',
    quantity: 0,
    quantityBefore: 0,
    quantityFromMs: atMs,
    handlingDays: null,
    restockDate: null,
    createdAtMs: atMs,
  };
}

function newOffer(offer: {
  readonly sku: string;
  readonly marketplaceId: string;
  readonly details: Readonly<Record<string, readonly string[]>>;
  readonly asin: string;
  readonly atMs: number;
}): Offer {
  return {
    sku: offer.sku,
    marketplaceId: offer.marketplaceId,
    terms: NO_TERMS,
    termsBefore: null,
    termsFromMs: offer.atMs,
    businessTerms: null,
    title: offer.details.Title?.[0] ?? `Simulated product ${offer.asin}`,
    shippingGroup: offer.details.MerchantShippingGroupName?.[0] ?? null,
    details: offer.details,
    images: {},
    desiredPrice: null,
    createdAtMs: offer.atMs,
  };
}

/** The texts of a product message by element name, those of DescriptionData among the others. */
function detailsOf(payload: XmlNode): Readonly<Record<string, readonly string[]>> {
  const details = new Map<string, string[]>();
  const told = [...payload.children, ...(payload.child('DescriptionData')?.children ?? [])];
  for (const node of told) {
    if (node.name === 'SKU' || node.children.length > 0) continue;
    details.set(node.name, [...(details.get(node.name) ?? []), node.text.trim()]);
  }
  return Object.fromEntries(details);
}
