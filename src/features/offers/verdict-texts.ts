import type { VerdictCode } from './verdict.js';

/** The words of one verdict; names in braces are replaced by the figures of the case. */
export interface VerdictText {
  readonly sentence: string;
  readonly advice: string;
}

/** Every verdict in English, the language that translations start from. */
export const verdictTexts: Readonly<Record<VerdictCode, VerdictText>> = {
  draft: {
    sentence: 'An unfinished draft of the "new product" page.',
    advice: 'Open the product in the shop and save it, or delete it.',
  },
  'not-in-shop': {
    sentence: 'Not sold in shop {shop}.',
    advice: 'Assign the product or combination to this shop if it should be sold here.',
  },
  inactive: { sentence: 'Switched off in the shop.', advice: 'Activate the product in the shop.' },
  'not-for-order': {
    sentence: 'Not available for order in the shop.',
    advice: 'Tick "Available for order" on the product.',
  },
  disabled: {
    sentence: 'Switched off for Amazon {country} on the product.',
    advice: 'Clear the option "disabled" of the product to sell it there.',
  },
  virtual: {
    sentence: 'A virtual product: there is nothing to ship.',
    advice: 'Nothing to do. Amazon offers are for goods that are shipped.',
  },
  'no-selected-category': {
    sentence: 'In none of the {selected} categories selected for Amazon {country}.',
    advice: 'Select one of its categories in the settings of the marketplace, or put it into a selected one.',
  },
  'manufacturer-excluded': {
    sentence: 'Manufacturer {manufacturer} is excluded from Amazon {country}.',
    advice: 'Take the manufacturer off the exclusions of the marketplace to sell it there.',
  },
  'supplier-excluded': {
    sentence: 'Supplier {supplier} is excluded from Amazon {country}.',
    advice: 'Take the supplier off the exclusions of the marketplace to sell it there.',
  },
  'price-filter': {
    sentence: 'The shop price {price} is outside the price filter {from} to {to}.',
    advice: 'Change the price filter of the marketplace, or the price in the shop.',
  },
  hidden: {
    sentence: 'Visible nowhere in the shop (visibility "none").',
    advice: 'Change the visibility in the shop, or allow hidden products in the settings of the marketplace.',
  },
  'minimal-quantity': {
    sentence: 'Sold only in lots of {lot}.',
    advice: 'Set the minimal quantity to 1 in the shop: Amazon sells single units.',
  },
  'no-code': {
    sentence: 'Has no EAN or UPC, and no ASIN.',
    advice: 'Enter its EAN or UPC in the shop, or its ASIN on the Amazon tab.',
  },
  'code-check-digit': {
    sentence: 'The code {code} has a wrong check digit: {found}, expected {expected}.',
    advice: 'Compare the code with the one printed on the goods and correct it in the shop.',
  },
  'code-length': {
    sentence: 'The code {code} is not a number of 8, 12, 13 or 14 digits.',
    advice: 'Correct the EAN or UPC in the shop.',
  },
  'code-private': {
    sentence: 'The code {code} is from a range for private use.',
    advice: 'Use the code of the maker, a GS1 number of your own, or enter the ASIN.',
  },
  'out-of-stock': {
    sentence: 'The quantity is 0, and a new offer needs stock.',
    advice: 'It is created by itself as soon as there is stock.',
  },
  restricted: {
    sentence: 'Amazon restricts it for this seller: {reason}',
    advice: 'Ask Amazon for approval, or exclude the product.',
  },
  'condition-not-mapped': {
    sentence: 'The condition "{condition}" stands for none of Amazon\'s conditions.',
    advice: 'Choose one for it in the settings of the marketplace.',
  },
  'price-zero': {
    sentence: 'The price is {price}.',
    advice: 'Enter a price in the shop or on the Amazon tab, and check the price rules.',
  },
  'price-below-minimum': {
    sentence: 'The price {price} is below the minimum {limit}.',
    advice: 'Raise the price, or lower the minimum in the settings of the marketplace.',
  },
  'price-above-maximum': {
    sentence: 'The price {price} is above the maximum {limit}.',
    advice: 'Lower the price, or raise the maximum in the settings of the marketplace.',
  },
  'price-below-cost': {
    sentence: 'The price {price}, tax included, is below the cost {limit}, tax excluded.',
    advice: 'Raise the price, correct the cost in the shop, or switch this check off.',
  },
  'currency-missing': {
    sentence: 'The shop has no currency {currency}.',
    advice: 'Activate the currency in the shop, or give the marketplace a fixed rate.',
  },
  'country-missing': {
    sentence: 'The shop does not know the country {country}, so the tax is unknown.',
    advice: 'Add the country in the shop, or choose another tax country for the marketplace.',
  },
  'sku-empty': {
    sentence: 'Has no {source}, so it has no SKU.',
    advice: 'Enter one in the shop, or choose another SKU source.',
  },
  'sku-too-long': {
    sentence: 'The SKU has {length} characters, Amazon takes 40.',
    advice: 'Shorten it in the shop, or choose another SKU source.',
  },
  'sku-outer-spaces': {
    sentence: 'The SKU "{sku}" begins or ends with a space.',
    advice: 'Remove the space in the shop.',
  },
  'sku-characters': {
    sentence: 'The SKU holds the invisible character {character}, which does not reach Amazon unchanged.',
    advice: 'Type the SKU anew in the shop.',
  },
  'sku-duplicate': {
    sentence: 'The SKU "{sku}" is carried by {others} too.',
    advice: 'Give each of them a reference of its own, or choose another SKU source.',
  },
  'sku-moved': {
    sentence: 'SKU moved: at Amazon "{sku}" is {former}, in the shop {present} carries it now.',
    advice:
      'Give the reference back, or confirm with "feedbridge listing confirm SKU" that the page at Amazon is this product now.',
  },
};
