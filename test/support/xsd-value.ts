import type { ValueFacts } from './xsd-facts.js';

/** The written form of each base type; texts have none. */
const FORMS: Readonly<Record<string, RegExp>> = {
  boolean: /^(true|false|1|0)$/,
  decimal: /^[+-]?(\d+(\.\d*)?|\.\d+)$/,
  integer: /^[+-]?\d+$/,
  nonNegativeInteger: /^(\+?\d+|-0+)$/,
  positiveInteger: /^\+?0*[1-9]\d*$/,
  date: /^-?\d{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(Z|[+-]\d{2}:\d{2})?$/,
  dateTime:
    /^-?\d{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-4]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d{2}:\d{2})?$/,
  gYearMonth: /^-?\d{4,}-(0[1-9]|1[0-2])(Z|[+-]\d{2}:\d{2})?$/,
  anyURI: /^[^\s<>"{}|\\^`]*$/,
};

const TEXTS: readonly string[] = ['string', 'normalizedString', 'token'];

/** Why a text is not a value of a type, or null when it is one. */
export function valueFault(facts: ValueFacts, raw: string): string | null {
  const base = (facts.base ?? 'string').replace('xsd:', '');
  // Everything but texts is compared without white space around it (whiteSpace=collapse).
  const text = TEXTS.includes(base) ? raw : raw.trim();
  const form = FORMS[base];
  if (form === undefined && !TEXTS.includes(base)) throw new Error(`Expected a base type known here, got ${base}.`);
  if (form !== undefined && !form.test(text)) return `"${text}" is not a valid ${base}`;
  if (facts.enum !== undefined && !facts.enum.includes(text)) return `"${text}" is not an element of the set`;
  if (facts.pattern !== undefined && !new RegExp(`^(?:${facts.pattern})$`, 'u').test(text))
    return `"${text}" is not accepted by the pattern ${facts.pattern}`;
  return lengthFault(facts, text) ?? digitFault(facts, text) ?? rangeFault(facts, text);
}

/** XML Schema counts characters, not UTF-16 units. */
function lengthFault({ length, minLength, maxLength }: ValueFacts, text: string): string | null {
  const characters = [...text].length;
  if (length !== undefined && characters !== Number(length)) return `length ${characters} is not ${length}`;
  if (minLength !== undefined && characters < Number(minLength)) return `length ${characters} is below ${minLength}`;
  if (maxLength !== undefined && characters > Number(maxLength)) return `length ${characters} exceeds ${maxLength}`;
  return null;
}

function digitFault({ totalDigits, fractionDigits }: ValueFacts, text: string): string | null {
  const [whole = '', fraction = ''] = text.replace(/^[+-]?0*/, '').split('.');
  const significant = fraction.replace(/0+$/, '');
  if (fractionDigits !== undefined && significant.length > Number(fractionDigits))
    return `"${text}" has more fractional digits than ${fractionDigits}`;
  if (totalDigits !== undefined && whole.length + significant.length > Number(totalDigits))
    return `"${text}" has more digits than ${totalDigits}`;
  return null;
}

function rangeFault({ minInclusive, maxInclusive }: ValueFacts, text: string): string | null {
  if (minInclusive !== undefined && Number(text) < Number(minInclusive)) return `"${text}" is below ${minInclusive}`;
  if (maxInclusive !== undefined && Number(text) > Number(maxInclusive)) return `"${text}" is above ${maxInclusive}`;
  return null;
}
