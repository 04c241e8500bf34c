/** What a code in a processing report means, what to do, and who must act. Amazon's own text is always shown before it. */
export interface IssueExplanation {
  readonly meaning: string;
  readonly advice: string;
  readonly actor: string;
}

type Row = readonly [code: string, meaning: string, advice: string, actor?: string];

const SHOP = 'you, in the shop';
const SELLER_CENTRAL = 'you, in Seller Central';
const BRAND = 'the brand owner, or Amazon support';
const AMAZON = 'Amazon: nothing to do but wait';
const SUPPORT = 'support of Feedbridge';

/** @source public help pages and forum threads on Amazon feed errors, in our own words (checked 2026-11) */
const rows: readonly Row[] = [
  ['15', 'Image address is not a valid absolute URL.', 'Send a plain absolute URL without spaces or odd characters.'],
  [
    '5000',
    'Old XML: message skipped because identical to an earlier one (warning), or the document is not valid XML for its schema (error).',
    'Ignore the warning; for the error validate against the schema before sending.',
  ],
  [
    '5002',
    'Message could not be processed; for order fulfilment often a ship date outside order date … now.',
    'Check the date, then send the message once more; open a case if it repeats.',
    AMAZON,
  ],
  [
    '5003',
    'Too many errors, processing of the document stopped.',
    'Fix the first errors, send a small batch to check, then the rest.',
    SUPPORT,
  ],
  ['5004', 'Required information missing in the row.', 'Complete the mandatory fields.'],
  ['5161', 'Trademarked term in search terms.', 'Remove the term.'],
  ['5561', 'Trademarked brand in keyword attribute.', 'Remove the brand from keywords.'],
  [
    '5461',
    'Seller may not create a new ASIN for this brand (brand registered, seller not linked to owner).',
    'Create an offer on the existing ASIN (LISTING_OFFER_ONLY); otherwise Selling Partner Support with proof.',
    BRAND,
  ],
  ['5500', 'Product id matches several ASINs.', 'Choose the ASIN and send it instead of the EAN.'],
  [
    '5501',
    'No product found for the product id.',
    'Check the EAN; a new product must be created with full product data.',
  ],
  [
    '5503',
    'Product id does not belong to the ASIN already tied to this SKU.',
    'Correct the id, or delete the SKU and create it again.',
  ],
  ['5504', 'Given ASIN differs from the one already tied to this SKU.', 'Correct the ASIN, or delete the SKU first.'],
  ['5505', 'Product id is not a valid ASIN/UPC/EAN/ISBN.', 'Check the length and the check digit before sending.'],
  [
    '5665',
    'Brand name not approved in this marketplace.',
    'Ask for brand approval, or use the generic brand value of the marketplace.',
    BRAND,
  ],
  [
    '6024',
    'Seller not authorised for this brand in this category.',
    'Apply for approval in Seller Central; check getListingsRestrictions before sending.',
    SELLER_CENTRAL,
  ],
  [
    '8005',
    'An identity attribute (brand, EAN, part number …) changes and the SKU would point to another ASIN.',
    'Restore the value, or delete the SKU, wait 24 h and create it again.',
  ],
  ['8007', 'Parent SKU not recognised.', 'Send the parent first and wait until it is accepted.'],
  ['8008', 'Parent SKU of the child not recognised.', 'Create the parent before the child; check spelling.'],
  [
    '8016',
    'Not enough data to build the parent/child relation.',
    'Complete the variation theme and its attributes on parent and child.',
  ],
  [
    '8026',
    'Seller not authorised for the product category.',
    'Request category approval, or leave the product out.',
    SELLER_CENTRAL,
  ],
  ['8032', 'Child already belongs to another parent.', 'Delete the old relation, then send the new one.'],
  [
    '8057',
    'Condition differs from the one stored for the SKU.',
    'Condition of a SKU is fixed: use a new SKU for another condition.',
  ],
  ['8059', 'Product restricted in this marketplace.', 'Exclude the product from this marketplace.', SELLER_CENTRAL],
  ['8105', 'Value not in the list of valid values.', 'Take the value from the product type definition.'],
  ['8115', 'Condition value not valid.', 'Use new_new, used_like_new … as listed in the schema.'],
  [
    '8541',
    'EAN matches one ASIN but some sent data conflicts with the catalogue.',
    'Send an offer-only message with the ASIN, or align the conflicting attributes named in the message.',
  ],
  ['8542', 'EAN matches several ASINs with conflicting data.', 'Let the user choose the ASIN, then send the ASIN.'],
  [
    '8556',
    'Product is (or became) restricted; the offer is removed.',
    'Remove the product, or appeal.',
    SELLER_CENTRAL,
  ],
  [
    '8560',
    'No ASIN matches and mandatory data to create one is missing.',
    'Offer-only: check EAN/ASIN; new product: send all required attributes.',
  ],
  [
    '8566',
    'Amazon does not know this SKU: it matches no ASIN.',
    'Create the offer first: export with "Create offers". Until then price and quantity of this SKU are left alone.',
  ],
  [
    '8571',
    'Weekly limit of new ASINs/offers reached.',
    'Stop creating, keep updating; retry next week; prefer quantity 0 to delete-and-recreate.',
    AMAZON,
  ],
  [
    '8572',
    'Identifier (UPC/EAN) does not match the brand or product.',
    'Check GS1 ownership; use the ASIN; or ask for approval.',
    BRAND,
  ],
  [
    '8801',
    'Child not added: another child of the parent has the same variation values.',
    'Make variation values unique within the parent.',
  ],
  [
    '13013',
    'Amazon does not know this SKU of yours: there is no offer under it.',
    'Create the offer first: export with "Create offers". Until then price and quantity of this SKU are left alone.',
  ],
  ['14016', 'Sale price without start or end date.', 'Always send start, end and price of a sale together.'],
  [
    '18021',
    'Confirmed quantity larger than what is left to ship.',
    'Re-read the order; cancelled or already shipped units reduce the quantity.',
  ],
  ['18027', 'Main image has text or logo; listing hidden from search.', 'Replace the main image.'],
  ['18028', 'Order not found for this seller (wrong Amazon order id or other seller).', 'Check order id and account.'],
  ['18448', 'Attribute group incomplete.', 'Complete the attributes named in the message.'],
  [
    '20000',
    'Image could not be downloaded (HTTP error, blocked robot, redirect).',
    'Make the URL public, fast and without cookie wall; then send again.',
  ],
  ['20005', 'Image could not be associated.', 'Check the size and format; send again.'],
  [
    '79513',
    'VAT invoice: order id / shipping id, number or totals missing in feedOptions.',
    'Use lower-case keys with prefix metadata: in feedOptions.',
  ],
  ['90012', 'Flat file without sku column.', 'Not applicable to JSON feeds.', SUPPORT],
  ['90057', 'Required attribute missing or invalid.', 'Fill in the attribute named in the message.'],
  ['90113', 'Number above the allowed maximum.', 'Reduce the value.'],
  ['90114', 'Number below the allowed minimum.', 'Raise the value.'],
  ['90205', 'Value entered is not valid for the attribute.', 'Use an allowed value.'],
  ['90215', 'Every row of the file failed.', 'Look at the first row errors.', SUPPORT],
  [
    '90220',
    'Required attribute absent (JSON: attributeName names it; also when the identifier type is sent as a number).',
    'Send it; for offers: condition_type, purchasable_offer, identifier type in lower case.',
  ],
  ['90244', 'Value not allowed.', 'Use an allowed value.'],
  ['99001', 'Required attribute missing.', 'Fill in the attribute named in the message.'],
  ['99010', 'Attribute required in this situation (conditional).', 'Fill in the attribute named in the message.'],
  ['99016', 'Too many values for the attribute.', 'Send fewer values.'],
  ['99022', 'Not enough values for the attribute.', 'Send more values.'],
  ['99038', 'Characters or HTML not allowed in description.', 'Strip HTML and control characters.'],
  ['100339', 'Content problem reported by the catalogue.', 'Read the message, correct the attribute.'],
  ['4000000', 'Internal error for one message.', 'Send the message again later.', AMAZON],
  [
    '4000001',
    'Attribute structure or value invalid.',
    'Compare with the product type definition; value is always an array of objects.',
  ],
  [
    '4002001',
    'The whole document is not JSON (often XML sent as JSON_LISTINGS_FEED).',
    'Validate before sending; check feed type and encoding.',
    SUPPORT,
  ],
  [
    '4002006',
    'Header version is not the required constant.',
    'header.version must be the string "2.0" in the right place.',
    SUPPORT,
  ],
  [
    '4002008',
    'One message does not meet the feed message schema.',
    'Validate each message with ajv against listings-feed-message-schema-v2.',
    SUPPORT,
  ],
  [
    'FATAL',
    "Our word, not Amazon's: every feed with this message ended FATAL, and others were taken.",
    'Look at the value for what is unusual, correct it in the shop; or requeue it, and it is sent alone.',
  ],
];

const explanations: ReadonlyMap<string, IssueExplanation> = new Map(
  rows.map(([code, meaning, advice, actor = SHOP]) => [code, { meaning, advice, actor }]),
);

/** Explains a code of a report; null for codes without any public source: then Amazon's text is all there is. */
export function explainIssue(code: string): IssueExplanation | null {
  return explanations.get(code) ?? null;
}
