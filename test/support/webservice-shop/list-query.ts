import type { Entry, FieldValue } from './entries.js';
import type { Resource } from './resources.js';

/** An answer of the Webservice that says what is wrong. */
export class Refused extends Error {
  readonly status: number;
  readonly code: number;

  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Applies filters, order and limit of a request, as measured (facts, section 10). */
export function selectEntries(entries: readonly Entry[], resource: Resource, query: URLSearchParams): readonly Entry[] {
  let found = entries.filter(() => true);
  for (const [name, value] of query) {
    const field = /^filter\[(\w+)\]$/.exec(name)?.[1];
    if (field === undefined) continue;
    demandFilter(entries, resource, { field, dates: query.get('date') === '1' });
    const test = filterTest(value);
    found = found.filter((entry) => valuesOf(entry.fields.get(field)).some(test));
  }
  return limited(sorted(found, query.get('sort')), query.get('limit'));
}

function demandFilter(
  entries: readonly Entry[],
  { computed = [] }: Resource,
  { field, dates }: { readonly field: string; readonly dates: boolean },
): void {
  if (computed.includes(field)) throw new Refused(500, 34, `The field "${field}" is dynamic.`);
  const known = entries[0]?.fields.has(field) ?? true;
  if (!known || (/^date_(add|upd)$/.test(field) && !dates)) throw new Refused(500, 32, 'This filter does not exist.');
}

function valuesOf(value: FieldValue | undefined): readonly string[] {
  return value === undefined || typeof value === 'string' ? [value ?? ''] : [...value.values()];
}

const RANGE = /^\[([\d.:\- ]+),([\d.:\- ]+)\]$/;

function filterTest(filter: string): (value: string) => boolean {
  const range = RANGE.exec(filter);
  if (range !== null) return (value) => compare(value, range[1] ?? '') >= 0 && compare(value, range[2] ?? '') <= 0;
  const operator = /^([<>])\[(.*)\]$/.exec(filter);
  if (operator !== null)
    return (value) => Math.sign(compare(value, operator[2] ?? '')) === (operator[1] === '>' ? 1 : -1);
  const like = /^(%?)\[(.*)\](%?)$/.exec(filter);
  if (like !== null && `${like[1]}${like[3]}` !== '') return likeTest(like);
  const alternatives = /^(!?)\[(.*)\]$/.exec(filter);
  if (alternatives === null) return plainTest(filter);
  const listed = (alternatives[2] ?? '').split('|');
  const isNot = alternatives[1] === '!';
  return (value) => listed.some((one) => same(value, one)) !== isNot;
}

function likeTest([, before, part = '', after]: readonly string[]): (value: string) => boolean {
  const wanted = part.toLowerCase();
  return (value) => {
    const text = value.toLowerCase();
    if (before === '') return text.startsWith(wanted);
    return after === '' ? text.endsWith(wanted) : text.includes(wanted);
  };
}

/** What stands around brackets and is no sign filters nothing; tags are taken out of what is asked for. */
function plainTest(filter: string): (value: string) => boolean {
  if (/\[.*\]/.test(filter)) return () => true;
  const wanted = filter.replace(/<[^>]*>?/g, '');
  return (value) => same(value, wanted);
}

const BY_LETTERS = new Intl.Collator('en', { sensitivity: 'base' });

/** The database compares without case and accents. */
function same(a: string, b: string): boolean {
  return a === b || (a.length === b.length && BY_LETTERS.compare(a, b) === 0);
}

function compare(a: string, b: string): number {
  const numbers = [a, b].every((one) => /^-?\d+(\.\d+)?$/.test(one));
  if (numbers) return Number(a) - Number(b);
  return a === b ? 0 : a < b ? -1 : 1;
}

function sorted(entries: readonly Entry[], sort: string | null): readonly Entry[] {
  const [, field = '', direction = ''] = /^\[(\w+)_(ASC|DESC)\]$/.exec(sort ?? '') ?? [];
  if (field === '') return entries;
  const sign = direction === 'DESC' ? -1 : 1;
  const key = (entry: Entry) => valuesOf(entry.fields.get(field))[0] ?? '';
  return [...entries].sort((a, b) => sign * compare(key(a), key(b)));
}

function limited(entries: readonly Entry[], limit: string | null): readonly Entry[] {
  if (limit === null) return entries;
  const [first = 0, second] = limit.split(',').map(Number);
  return second === undefined ? entries.slice(0, first) : entries.slice(first, first + second);
}
