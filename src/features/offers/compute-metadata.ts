import type { CatalogueItem, ItemTexts } from '../../shop/catalogue.js';
import type { MetadataNote, OfferMetadata } from './offer.js';
import type { ItemWithOptions, MarketplaceOfferSettings } from './offer-settings.js';
import { offerTitle } from './offer-title.js';

/** Extended data, or why it is withheld. */
export type MetadataOutcome =
  | { readonly metadata: OfferMetadata; readonly note: null }
  | { readonly metadata: null; readonly note: MetadataNote };

/**
 * Title, brand, texts and options of an item for one marketplace, from the shop and from the product's Amazon tab.
 *
 * Needs a brand, a title, and texts in the marketplace's own language or the setting that allows others. A title and a description
 * typed on the Amazon tab were meant for that marketplace, so with both the shop's language does not matter.
 *
 * @param subject read with texts in the marketplace's language
 * @returns texts whole: the feeds cut them and take the HTML away
 */
export function computeMetadata(subject: ItemWithOptions, settings: MarketplaceOfferSettings): MetadataOutcome {
  const { item, options } = subject;
  const brand = item.manufacturerName.trim();
  if (brand === '') return withheld('brand-missing');
  const typed = options.title !== null && options.description !== null;
  const texts = textsFor(item, settings, typed);
  if (texts === null) return withheld('language-missing', settings.language);
  const title = offerTitle(options.title ?? texts.name, texts.attributes);
  if (title === '') return withheld('title-missing');
  return { metadata: metadataOf(subject, settings, { texts, title, brand }), note: null };
}

function textsFor(item: CatalogueItem, settings: MarketplaceOfferSettings, typed: boolean): ItemTexts | null {
  const own = item.texts?.get(settings.language);
  if (own !== undefined && (!own.fallback || typed || settings.allowForeignLanguage)) return own;
  if (own !== undefined || !(typed || settings.allowForeignLanguage)) return null;
  const [other] = item.texts?.values() ?? [];
  return other ?? (typed ? NO_TEXTS : null);
}

function metadataOf(
  { item, options }: ItemWithOptions,
  settings: MarketplaceOfferSettings,
  { texts, title, brand }: { texts: ItemTexts; title: string; brand: string },
): OfferMetadata {
  return {
    title,
    brand,
    description: options.description ?? (texts.description || texts.shortDescription),
    bullets: options.bullets,
    manufacturer: brand,
    manufacturerPartNumber: item.mpn.trim(),
    searchTerms: searchTermsOf(texts.tags),
    browseNode: options.browseNode ?? settings.defaultBrowseNode,
    shippingTemplate: options.shippingTemplate ?? settings.shippingTemplate,
    productTaxCode: settings.productTaxCode,
    shippingOverride: options.shippingOverride,
    giftWrap: options.giftWrap,
    giftMessage: options.giftMessage,
  };
}

/** The shop's tags as one text; a word that was said is not repeated, since Amazon counts characters. */
function searchTermsOf(tags: readonly string[]): string {
  const words = new Map<string, string>();
  for (const word of tags.flatMap((tag) => tag.split(/[\s,;]+/)))
    if (word !== '' && !words.has(word.toLowerCase())) words.set(word.toLowerCase(), word);
  return [...words.values()].join(' ');
}

const NO_TEXTS: ItemTexts = {
  name: '',
  description: '',
  shortDescription: '',
  tags: [],
  attributes: [],
  fallback: true,
};

const notes: Readonly<Record<MetadataNote['code'], Omit<MetadataNote, 'code'>>> = {
  'brand-missing': {
    sentence: 'Extended data is withheld: the product has no manufacturer, and Amazon asks for a brand.',
    advice: 'Enter the manufacturer in the shop.',
  },
  'language-missing': {
    sentence: 'Extended data is withheld: the shop has no name and description in the language "{language}".',
    advice: 'Translate the product, enter title and description on the Amazon tab, or allow other languages.',
  },
  'title-missing': {
    sentence: 'Extended data is withheld: the product has no name.',
    advice: 'Enter its name in the shop, or a title on the Amazon tab.',
  },
};

function withheld(code: MetadataNote['code'], language = ''): MetadataOutcome {
  const { sentence, advice } = notes[code];
  return { metadata: null, note: { code, sentence: sentence.replace('{language}', language), advice } };
}
