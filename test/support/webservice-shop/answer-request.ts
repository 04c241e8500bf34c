import { type Entry, entryOf, type FieldValue } from './entries.js';
import { Refused, selectEntries } from './list-query.js';
import type { PriceFigures } from './price-figures.js';
import { documentOf, element, type Rendering, readDisplay, renderEntry, renderError } from './render-entries.js';
import { plainField, type Resource, resources } from './resources.js';
import type { ShopTables } from './shop-tables.js';
import { type SeenRequest, TEST_KEY, type WireAnswer } from './wire.js';
import { writeEntry } from './write-entry.js';

/** A shop behind a Webservice. */
export interface ShopModel {
  readonly tables: ShopTables;
  readonly figures: (shopId: number) => PriceFigures;
  /** Shop contexts that the key holds for. */
  readonly shopIds: readonly number[];
  /** What the key may do: "GET" and so on by resource. A resource that is missing may nothing. */
  readonly rights: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Rights to read everything, as a model takes them. */
export function readingRights(): Map<string, Set<string>> {
  return new Map(Object.keys(resources).map((name) => [name, new Set(['GET', 'HEAD'])]));
}

/** Answers one request as PrestaShop 8.2.1 does (measured facts, section 10). */
export function answerRequest(model: ShopModel | null, request: SeenRequest, authorization: string): WireAnswer {
  try {
    if (model === null) throw new Refused(500, 99, 'Nothing is served here.');
    demandKey(authorization);
    const shopId = Number(request.query.get('id_shop') ?? 1);
    if (!model.tables.shop.some((shop) => shop.id_shop === shopId))
      return { status: 302, body: '', headers: { location: 'http://127.0.0.1/' } };
    if (!model.shopIds.includes(shopId)) throw new Refused(403, 132, 'No permission for this key on this shop');
    return { status: 200, body: documentFor(model, request, shopId) };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (error.status === 404 && error.code === 0) return { status: 404, body: '' };
    return { status: error.status, body: renderError(error) };
  }
}

function demandKey(authorization: string): void {
  const key = Buffer.from(authorization.replace(/^Basic /, ''), 'base64')
    .toString()
    .replace(/:$/, '');
  if (key.length !== 32) throw new Refused(401, 18, 'Invalid authentication key format');
  if (key !== TEST_KEY) throw new Refused(401, 21, 'No permission for this authentication key');
}

function documentFor(model: ShopModel, request: SeenRequest, shopId: number): string {
  const [name = '', id] = request.path.split('/');
  if (name === '') return rightsDocument(model);
  const resource = resources[name];
  if (resource === undefined) throw new Refused(400, 27, `Resource of type "${name}" does not exists.`);
  if (model.rights.get(name)?.has(request.method) !== true)
    throw new Refused(
      405,
      25,
      `Method ${request.method} is not allowed for the resource ${name} with this authentication key`,
    );
  if (request.method !== 'GET') writeEntry(model.tables, { name, id: Number(id), shopId }, request);
  const entries = resource.entries(model.tables, shopId);
  if (request.query.get('schema') === 'blank') return blankDocument(entries[0], resource);
  const context = { model, request, resource, shopId, name };
  return id === undefined ? listDocument(context, entries) : singleDocument(context, entries, Number(id));
}

interface Answering {
  readonly model: ShopModel;
  readonly request: SeenRequest;
  readonly resource: Resource;
  readonly shopId: number;
  readonly name: string;
}

function listDocument(context: Answering, entries: readonly Entry[]): string {
  const { request, resource, name } = context;
  const display = request.query.get('display');
  const found = selectEntries(entries, resource, request.query);
  const rendered = found.map((entry) =>
    display === null
      ? element(resource.element, '', { id: String(entry.id) })
      : renderEntry(priced(context, entry), renderingOf(request, resource, display)),
  );
  return documentOf(element(name, rendered.join('\n')));
}

function singleDocument(context: Answering, entries: readonly Entry[], id: number): string {
  const { model, request, resource, name } = context;
  const entry = entries.find((one) => one.id === id);
  if (entry === undefined) {
    const elsewhere = name === 'products' && model.tables.product.some((product) => product.id_product === id);
    throw elsewhere
      ? new Refused(404, 131, `This Product (${id}) does not exists on this shop`)
      : new Refused(404, 0, '');
  }
  return documentOf(renderEntry(priced(context, entry), renderingOf(request, resource, 'full')));
}

function renderingOf(request: SeenRequest, resource: Resource, display: string): Rendering {
  const language = request.query.get('language');
  return {
    element: resource.element,
    display: readDisplay(display),
    languageId: language === null ? null : Number(language),
  };
}

/** Adds the computed prices that were asked for; of a product with combinations it is that of the default one. */
function priced({ model, request, shopId, name }: Answering, entry: Entry): Entry {
  const asked = new Map<string, Map<string, string>>();
  for (const [parameter, value] of request.query) {
    const [, field = '', key = ''] = /^price\[(\w+)\]\[(\w+)\]$/.exec(parameter) ?? [];
    if (field !== '') asked.set(field, (asked.get(field) ?? new Map()).set(key, value));
  }
  if (asked.size === 0) return entry;
  const isProduct = name === 'products';
  const productId = isProduct ? entry.id : Number(plainField(entry, 'id_product'));
  const combinationId = isProduct ? Number(plainField(entry, 'id_default_combination')) : entry.id;
  const fields = [...asked].map(([field, parameters]): [string, FieldValue] => [
    field,
    model.figures(shopId)({ productId, combinationId, parameters }),
  ]);
  return { ...entry, fields: new Map([...entry.fields, ...fields]) };
}

const PACK_FIELDS = ['id', 'id_product_attribute', 'quantity'];
/** Shown, but taken from nobody. */
const ONLY_SHOWN = ['manufacturer_name', 'quantity'];

function blankDocument(entry: Entry | undefined, resource: Resource): string {
  const blank = entry ?? entryOf('', []);
  const isWritable = (name: string) => resource.element === 'stock_available' || !ONLY_SHOWN.includes(name);
  const fields = [...blank.fields.keys()].filter(isWritable).map((name) => element(name, ''));
  const associations = [...blank.associations].map(([name, { element: child }]) => {
    const inner = (name === 'product_bundle' ? PACK_FIELDS : ['id']).map((field) => element(field, ''));
    return element(name, element(child, inner.join('')));
  });
  return documentOf(element(resource.element, fields.join('') + element('associations', associations.join(''))));
}

const METHODS = ['get', 'put', 'post', 'patch', 'delete', 'head'];

function rightsDocument({ rights }: ShopModel): string {
  const listed = [...rights].map(([name, methods]) =>
    element(name, '', Object.fromEntries(METHODS.map((one) => [one, String(methods.has(one.toUpperCase()))]))),
  );
  return documentOf(element('api', listed.join('\n'), { shopName: 'Demo Shop' }));
}
