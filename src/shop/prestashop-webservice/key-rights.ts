import type { ShopRights } from '../catalogue.js';
import type { WebserviceReading } from './ground-reader.js';
import {
  CATEGORY_RIGHTS,
  type NeededRight,
  OFFER_RIGHTS,
  SALE_RIGHTS,
  TEXT_RIGHTS,
  WRITING_RIGHTS,
} from './needed-rights.js';
import type { WebserviceClient } from './webservice-client.js';
import { WebserviceFieldMissing, WebserviceRightMissing } from './webservice-errors.js';

/** What the key may do: methods such as "GET" by resource. */
export type KeyRights = ReadonlyMap<string, ReadonlySet<string>>;

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** Reads what the key may do: the list of resources at the root of the Webservice. */
export async function readKeyRights(client: WebserviceClient, shopId: number): Promise<KeyRights> {
  const { root } = await client.get('', { shopId });
  const api = root.children.find(({ name }) => name === 'api');
  if (api === undefined) throw new WebserviceFieldMissing({ field: 'api', received: 'none' });
  return new Map(
    api.children.map(({ name, attributes }) => [
      name,
      new Set(METHODS.filter((method) => attributes[method.toLowerCase()] === 'true')),
    ]),
  );
}

/** @throws WebserviceRightMissing naming the first right without which no offer can be made */
export function demandOfferRights(rights: KeyRights, where: string): void {
  const missing = OFFER_RIGHTS.find((right) => !has(rights, right));
  if (missing !== undefined) throw new WebserviceRightMissing({ where, method: 'GET', resource: missing.resource });
}

/** Says what a key may do beyond reading what we read, and what cannot be seen with it. */
export function describeRights(rights: KeyRights, { client }: Pick<WebserviceReading, 'client'>): ShopRights {
  const notes = [
    missingNote(rights, SALE_RIGHTS, 'the dates of sales cannot be sent, only the price of now'),
    missingNote(rights, TEXT_RIGHTS, 'extended data with texts cannot be exported'),
    missingNote(rights, CATEGORY_RIGHTS, 'a single category cannot be exported'),
  ].filter((note) => note !== null);
  if (client.address.caution !== null) notes.unshift(client.address.caution);
  return { excess: excessOf(rights), notes };
}

function missingNote(rights: KeyRights, needed: readonly NeededRight[], consequence: string): string | null {
  const missing = needed.filter((right) => !has(rights, right)).map(({ resource }) => resource);
  return missing.length === 0 ? null : `The key may not GET ${missing.join(', ')}: ${consequence}.`;
}

/** Reading by HEAD tells nothing more than GET; what writing needs is told apart from what nothing needs. */
function excessOf(rights: KeyRights): readonly string[] {
  const read = new Set(
    [...OFFER_RIGHTS, ...SALE_RIGHTS, ...TEXT_RIGHTS, ...CATEGORY_RIGHTS].map(({ resource }) => resource),
  );
  const written = new Map(WRITING_RIGHTS.map(({ resource, methods }) => [resource, new Set<string>(methods)]));
  const writing: string[] = [];
  const excess: string[] = [];
  for (const [resource, methods] of rights) {
    const more = [...methods].filter((method) => method !== 'HEAD' && !(method === 'GET' && read.has(resource)));
    const forWriting = more.filter((method) => written.get(resource)?.has(method) === true);
    if (forWriting.length > 0) writing.push(`${forWriting.join(', ')} ${resource}`);
    const useless = more.filter((method) => !forWriting.includes(method));
    if (useless.length > 0) excess.push(`It may ${useless.join(', ')} ${resource}.`);
  }
  if (writing.length > 0)
    excess.push(`It may ${writing.join('; ')}, which only "shop import-references" and "shop set-stock" need.`);
  return excess;
}

function has(rights: KeyRights, { resource, methods }: NeededRight): boolean {
  return methods.every((method) => rights.get(resource)?.has(method) === true);
}
