import { isoLanguage, lineOfText, onOff } from './basic-kinds.js';
import { offerSetting } from './setting-definition.js';
import { orWord } from './setting-kind.js';

// Lengths by Amazon's Product.xsd: RecommendedBrowseNode positiveInteger, MerchantShippingGroupName 500, ProductTaxCode 50.
const browseNode = lineOfText("a number of Amazon's such as 1571271031", /^[1-9]\d{0,19}$/);
const shippingTemplate = lineOfText('the name of a shipping template, up to 500 characters', /^[^\p{Cc}]{1,500}$/u);
const taxCode = lineOfText('a code such as A_GEN_STANDARD, up to 50 characters', /^[A-Z0-9_-]{1,50}$/);

/** What a listing says beside price and quantity; the product's own options come before these. */
export const listingSettings = {
  language: offerSetting(orWord('marketplace', isoLanguage), 'marketplace', {
    description: "The language of the texts; by default the marketplace's own.",
    because: 'It gives the texts of an offer.',
  }),
  'foreign-language': offerSetting(onOff, 'off', {
    description: 'Whether texts in another language are sent where the shop lacks this one.',
    because: 'It decides whether an offer has texts.',
  }),
  'browse-node': offerSetting(orWord('none', browseNode), 'none', {
    description: "Amazon's category of items that name none themselves.",
    because: 'It is among the metadata of an offer.',
  }),
  'shipping-template': offerSetting(orWord('none', shippingTemplate), 'none', {
    description: 'The shipping template of items that name none themselves.',
    because: 'It is among the metadata of an offer.',
  }),
  'product-tax-code': offerSetting(orWord('none', taxCode), 'none', {
    description: "Amazon's tax code of the items.",
    because: 'It is among the metadata of an offer.',
  }),
};
