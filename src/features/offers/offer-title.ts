import type { ItemTexts } from '../../shop/catalogue.js';

/**
 * The title of an offer: "Name, Value, Value". A value that the name already has as a word of its own is not said twice.
 *
 * @param name of the product, or the alternate title of its Amazon tab
 * @param attributes of the combination, in group order; empty for a product without combinations
 * @returns not cut: each feed format has its own limit
 */
export function offerTitle(name: string, attributes: ItemTexts['attributes']): string {
  const title = name.trim().replace(/\s+/g, ' ');
  const said = wordsOf(title);
  const values = attributes.map(({ value }) => value.trim()).filter((value) => value !== '');
  const missing = values.filter((value) => !said.includes(wordsOf(value)));
  return [title, ...missing].filter((part) => part !== '').join(', ');
}

/** Letters and digits in lower case with one space around each word, so that "S" is found in "Shirt S" and not in "Shirt". */
function wordsOf(text: string): string {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu);
  return ` ${(words ?? []).join(' ')} `;
}
