import type { Part } from '../features/offers/offer-settings.js';
import { partValueText } from '../features/offers/part-value-views.js';

const WORDS: Readonly<Record<string, string>> = {
  'value.erased': 'taken off Amazon',
  'value.sale': '{standard}, {price} from {startDay} until {endDay} begins',
  'value.handling': '{count} days of handling',
  'value.restock': 'again on {day}',
  'value.fingerprint': '#{mark}',
};

/** A part's value in words: "29.90 EUR", "12, 2 days of handling", "EAN 4006381333931, New"; null for none. */
export function valueText(part: Part, value: string | null): string | null {
  return value === null ? null : partValueText(part, value, words);
}

function words(key: string, figures: Readonly<Record<string, string | number>> = {}): string {
  return (WORDS[key] ?? key).replaceAll(/\{(\w+)\}/g, (_, name: string) => String(figures[name] ?? ''));
}
