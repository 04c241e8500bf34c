import type { WebserviceClient } from './webservice-client.js';
import { WebserviceDisordered, WebserviceFieldMissing, WebserviceListTorn } from './webservice-errors.js';
import { WebserviceRecord } from './webservice-record.js';

/** Rows of one answer; a page of 500 products with all texts is 6 MB. */
const ROWS_PER_PAGE = 500;

/** One list: a resource, the fields wanted, and which rows. */
export interface ListRequest {
  readonly resource: string;
  readonly shopId: number;
  /** Field names, and associations as "categories[id]"; `id` is always asked for. */
  readonly display: readonly string[];
  /** By field: "[1|3]", "[10,20]", ">[5]"; never by `id`, by which pages are asked for. */
  readonly filters?: Readonly<Record<string, string>>;
  /** Further parameters: language, price[…]. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/**
 * Reads the next rows of a list, in the order of their ids.
 *
 * Pages begin after an id, so that a row deleted or added meanwhile shifts none. A page may be short, since a module can hide
 * rows; only an empty one ends the list. A row that comes twice (a join of PrestaShop's) is given once.
 *
 * @param after rows above this id; 0 for the first page
 * @throws WebserviceDisordered when the order is not kept: then rows could be lost
 */
export async function readPage(
  client: WebserviceClient,
  request: ListRequest,
  { after, limit = ROWS_PER_PAGE }: { readonly after: number; readonly limit?: number },
): Promise<readonly WebserviceRecord[]> {
  const above: Readonly<Record<string, string>> = after > 0 ? { 'filter[id]': `>[${after}]` } : {};
  const records = await readRecords(client, request, { sort: '[id_ASC]', limit: String(limit), ...above });
  return inOrder(records, request.resource, after);
}

/**
 * Reads the next rows of a list of which what is missing would be withdrawn from sale: an empty page ends it only when the last
 * row of the list says so too.
 *
 * @throws WebserviceListTorn when there are rows above `after` and none is given
 */
export async function readProvenPage(
  client: WebserviceClient,
  request: ListRequest,
  place: { readonly after: number; readonly limit?: number },
): Promise<readonly WebserviceRecord[]> {
  const page = await readPage(client, request, place);
  if (page.length > 0) return page;
  const { resource, shopId, filters = {} } = request;
  const end = { sort: '[id_DESC]', limit: '1' };
  const [last] = await readRecords(client, { resource, shopId, display: [], filters }, end);
  if (last === undefined || last.id <= place.after) return page;
  const again = await readPage(client, request, place);
  if (again.length === 0) throw new WebserviceListTorn({ resource, after: place.after, last: last.id });
  return again;
}

/** Reads the first rows by another field than the id. */
export function readFirst(
  client: WebserviceClient,
  request: ListRequest,
  { by, limit }: { readonly by: string; readonly limit: number },
): Promise<readonly WebserviceRecord[]> {
  return readRecords(client, request, { sort: `[${by}_ASC]`, limit: String(limit) });
}

async function readRecords(
  client: WebserviceClient,
  { resource, shopId, display, filters = {}, parameters = {} }: ListRequest,
  page: Readonly<Record<string, string>>,
): Promise<readonly WebserviceRecord[]> {
  const named = Object.entries(filters).map(([field, value]) => [`filter[${field}]`, value]);
  const { root } = await client.get(resource, {
    shopId,
    parameters: { display: `[${['id', ...display].join(',')}]`, ...Object.fromEntries(named), ...page, ...parameters },
  });
  const list = root.children.find(({ name }) => name === resource);
  // An empty list is an empty element. None at all must never pass for "there is nothing": everything would be withdrawn.
  if (list === undefined) throw new WebserviceFieldMissing({ field: resource, received: 'none' });
  return list.children.map((element) => new WebserviceRecord(element));
}

function inOrder(records: readonly WebserviceRecord[], resource: string, after: number): readonly WebserviceRecord[] {
  let last = after;
  return records.filter(({ id }, index) => {
    if (id === last && index > 0) return false;
    if (id <= last) throw new WebserviceDisordered({ resource, after: last, received: id });
    last = id;
    return true;
  });
}

/** Reads the rows that have one of these ids, in their order. */
export async function readByIds(
  client: WebserviceClient,
  request: ListRequest,
  ids: readonly number[],
): Promise<readonly WebserviceRecord[]> {
  const sorted = [...new Set(ids)].sort((a, b) => a - b);
  const found: WebserviceRecord[] = [];
  for (const id of alternatives(sorted))
    found.push(...(await readPage(client, { ...request, filters: { ...request.filters, id } }, { after: 0 })));
  return found;
}

/** Ids alone are short. */
const IDS_PER_PAGE = 2_000;

/** Reads the ids of all products that the shop context has, ascending. */
export async function readProductIds({
  client,
  shopId,
}: {
  readonly client: WebserviceClient;
  readonly shopId: number;
}): Promise<readonly number[]> {
  const ids: number[] = [];
  const request = { resource: 'products', shopId, display: [] };
  for (;;) {
    const page = await readProvenPage(client, request, { after: ids.at(-1) ?? 0, limit: IDS_PER_PAGE });
    if (page.length === 0) return ids;
    for (const { id } of page) ids.push(id);
  }
}

/** Reads a list to its end. @param read `readProvenPage` where a row that is not given would be withdrawn from sale */
export async function readList(
  client: WebserviceClient,
  request: ListRequest,
  read: typeof readPage = readPage,
): Promise<readonly WebserviceRecord[]> {
  const all: WebserviceRecord[] = [];
  for (;;) {
    const page = await read(client, request, { after: all.at(-1)?.id ?? 0 });
    if (page.length === 0) return all;
    all.push(...page);
  }
}

/** The longest list of values in one address: servers refuse addresses of 8,000 characters, and each bar counts three. */
const LONGEST_FILTER = 1_500;

/** Cuts values into filters "[a|b|c]" that an address can hold. */
export function alternatives(values: readonly (string | number)[]): readonly string[] {
  const filters: string[] = [];
  let part: string[] = [];
  let length = 0;
  for (const value of values.map(String)) {
    const size = encodeURIComponent(value).length + 3;
    if (part.length > 0 && length + size > LONGEST_FILTER) {
      filters.push(`[${part.join('|')}]`);
      part = [];
      length = 0;
    }
    part.push(value);
    length += size;
  }
  return part.length === 0 ? filters : [...filters, `[${part.join('|')}]`];
}
