import { InvalidPartValue, parseOfferValue, parsePriceValue, parseQuantityValue } from './part-values.js';

/** Gives the text of a page by its key, with the braces filled. */
export type TextOf = (key: string, figures?: Readonly<Record<string, string | number>>) => string;

/**
 * A part's value in words: "39.90 EUR", "12, ships in 2 days", "EAN 4006381333931, New".
 *
 * @param value canonical text of the part; null = nothing is known
 * @returns the canonical text itself where it is of another form, so that nothing stored keeps a page from being shown
 */
export function partValueText(part: string, value: string | null, text: TextOf): string {
  if (value === null) return '–';
  if (value === 'erased') return text('value.erased');
  try {
    if (part === 'price') return priceText(value, text);
    if (part === 'quantity') return quantityText(value, text);
    if (part === 'offer') return offerText(value);
  } catch (error) {
    if (!(error instanceof InvalidPartValue)) throw error;
  }
  return value.startsWith('sha256:') ? text('value.fingerprint', { mark: value.slice(7, 15) }) : value;
}

function priceText(value: string, text: TextOf): string {
  const { standard, currency, sale } = parsePriceValue(value);
  if (sale === null) return `${standard} ${currency}`;
  const { price, startDay, endDay } = sale;
  return text('value.sale', { standard: `${standard} ${currency}`, price: `${price} ${currency}`, startDay, endDay });
}

function quantityText(value: string, text: TextOf): string {
  const { quantity, handlingTimeDays, restockDay } = parseQuantityValue(value);
  const days = handlingTimeDays === null ? '' : `, ${text('value.handling', { count: handlingTimeDays })}`;
  return `${quantity}${days}${restockDay === null ? '' : `, ${text('value.restock', { day: restockDay })}`}`;
}

function offerText(value: string): string {
  const { identity, condition } = parseOfferValue(value);
  return `${identity.type} ${identity.value}, ${condition}`;
}
