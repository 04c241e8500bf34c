import { type Offer, type OfferTerms, withTerms } from '../state/listing.js';
import type { SimulatedMarketplace } from '../state/seller-store.js';
import { error, type FeedKind, type MessageIssue, type MessageWork, skuOf } from './feed-kind.js';
import type { XmlNode } from './xml-node.js';

/** POST_PRODUCT_PRICING_DATA: the price of one SKU on each marketplace that the feed names. What a message omits stays. */
export const priceKind: FeedKind = {
  messageType: 'Price',
  operations: ['Update'],
  skusOf: (payload) => [skuOf(payload)],
  subjectOf: skuOf,
  apply: (work) => work.marketplaces.flatMap((marketplace) => applyTo(marketplace, work)),
};

function applyTo(marketplace: SimulatedMarketplace, work: MessageWork): readonly MessageIssue[] {
  const { payload, shelf, source } = work;
  const sku = skuOf(payload);
  const offer = shelf.offer(sku, marketplace.id);
  if (!offer) return [unknownSku(sku, work, marketplace)];
  const said = readTerms(payload, marketplace.currency);
  const business = readBusinessTerms(payload);
  const issues = [...said.issues, ...business.issues];
  if (issues.length > 0) return issues;
  const terms: OfferTerms = { ...offer.terms, ...said.terms };
  const changed: Offer = {
    ...withTerms(offer, terms, { atMs: source.atMs, fromMs: work.effectiveFromMs }),
    businessTerms: business.remove ? null : mergeTerms(offer.businessTerms, business.terms),
  };
  shelf.putOffer(changed, source);
  const what = { ...said.terms, ...business.terms, priceBefore: offer.terms.price };
  shelf.record({ ...source, kind: 'price', sku, marketplaceId: marketplace.id, what });
  return [];
}

function unknownSku(sku: string, { shelf }: MessageWork, marketplace: SimulatedMarketplace): MessageIssue {
  return shelf.listing(sku)
    ? error('8566', `The SKU ${sku} does not match any ASIN in this marketplace (${marketplace.id}).`)
    : error('13013', `This SKU does not exist in the catalogue of the seller: ${sku}.`);
}

interface SaidTerms {
  readonly terms: Partial<OfferTerms>;
  readonly issues: readonly MessageIssue[];
}

function readTerms(payload: XmlNode, currency: string): SaidTerms {
  const terms: { -readonly [Name in keyof OfferTerms]?: OfferTerms[Name] } = {};
  const issues: MessageIssue[] = [];
  const read = (node: XmlNode | undefined, target: 'price' | 'salePrice' | 'minPrice' | 'maxPrice') => {
    if (node === undefined) return;
    const amount = readAmount(node, currency);
    if (typeof amount === 'string') terms[target] = amount;
    else issues.push(amount);
  };
  read(payload.child('StandardPrice'), 'price');
  read(payload.child('MinimumSellerAllowedPrice'), 'minPrice');
  read(payload.child('MaximumSellerAllowedPrice'), 'maxPrice');
  const sale = payload.child('Sale');
  if (sale) {
    read(sale.child('SalePrice'), 'salePrice');
    terms.saleStartMs = readInstant(sale.textAt('StartDate'));
    terms.saleEndMs = readInstant(sale.textAt('EndDate'));
    const { saleStartMs, saleEndMs } = terms;
    if (saleStartMs === null || saleEndMs === null || sale.child('SalePrice') === undefined)
      issues.push(error('14016', 'A sale needs its price, its start date and its end date.'));
    else if (saleStartMs >= saleEndMs)
      issues.push(error('90205', 'The end date of the sale is not after its start date.'));
  }
  return { terms, issues };
}

function readAmount(node: XmlNode, currency: string): string | MessageIssue {
  const text = node.text.trim();
  const given = node.attributes.currency ?? '';
  if (given !== currency && given !== 'DEFAULT')
    return error(
      '90205',
      `${node.name}: the currency ${given || 'is missing and'} is not ${currency}, which this marketplace uses.`,
    );
  if (!/^\d{1,16}(\.\d{1,4})?$/.test(text)) return error('90205', `${node.name}: "${text}" is not a valid price.`);
  return Number(text) > 0 ? text : error('90114', `${node.name}: ${text} is below the least allowed value, 0.01.`);
}

/** Business prices carry no currency of their own and are kept as sent. */
function readBusinessTerms(payload: XmlNode): {
  readonly terms: Readonly<Record<string, string>>;
  readonly remove: boolean;
  readonly issues: readonly MessageIssue[];
} {
  const steps = payload.child('QuantityPrice')?.children ?? [];
  const nodes = [payload.child('BusinessPrice'), payload.child('QuantityPriceType'), ...steps].filter(
    (node) => node !== undefined,
  );
  const issues = nodes
    .filter((node) => node.name !== 'QuantityPriceType' && !(Number(node.text) > 0))
    .map((node) => error('90205', `${node.name}: "${node.text.trim()}" is not a valid value.`));
  const remove = payload.textAt('PricingAction') === 'delete business_price';
  return { terms: Object.fromEntries(nodes.map((node) => [node.name, node.text.trim()])), remove, issues };
}

function mergeTerms(
  before: Readonly<Record<string, string>> | null,
  said: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> | null {
  return Object.keys(said).length === 0 ? before : { ...before, ...said };
}

/** An instant with its zone; without one it is taken as UTC. */
function readInstant(text: string | undefined): number | null {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/.test(text)) return null;
  const parsed = Date.parse(/(Z|[+-]\d{2}:\d{2})$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(parsed) ? null : parsed;
}
