import { create } from 'xmlbuilder2';
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js';
import { readKeyRights } from './key-rights.js';
import type { WebserviceClient } from './webservice-client.js';
import { WebserviceFieldMissing, WebserviceRightMissing } from './webservice-errors.js';
import { WebserviceRecord, type XmlElement } from './webservice-record.js';

/** One entry that is written to. */
export interface WrittenEntry {
  readonly shopId: number;
  readonly resource: string;
  /** The element of one entry: "product". */
  readonly element: string;
  readonly id: number;
}

export type FieldChanges = Readonly<Record<string, string>>;

/**
 * Writes some fields of one entry: by PATCH where the shop offers it (8.0), else by PUT, which empties what it is not given and
 * so carries every field as it was just read.
 *
 * @throws WebserviceRightMissing when the key may do neither
 */
export async function writeFields(client: WebserviceClient, entry: WrittenEntry, changes: FieldChanges): Promise<void> {
  const { shopId, resource, element, id } = entry;
  const rights = (await readKeyRights(client, shopId)).get(resource);
  const path = `${resource}/${id}`;
  if (rights?.has('PATCH') === true) {
    await client.write({ shopId, method: 'PATCH', path, xml: partialXml({ element, id }, changes) });
    return;
  }
  if (rights?.has('PUT') !== true)
    throw new WebserviceRightMissing({ where: client.address.where, method: 'PATCH', resource });
  const whole = await readEntry(client, entry);
  const writable = await writableFields(client, entry);
  await client.write({ shopId, method: 'PUT', path, xml: wholeXml(whole, writable, changes) });
}

/** Reads one entry with all of its fields. */
export async function readEntry(
  client: WebserviceClient,
  { shopId, resource, element, id }: WrittenEntry,
): Promise<XmlElement> {
  const { root } = await client.get(`${resource}/${id}`, { shopId });
  return childOf(root, element);
}

/** The fields that the shop takes: what its blank entry has. Fields that are only shown, as manufacturer_name, make PUT fail. */
async function writableFields(
  client: WebserviceClient,
  { shopId, resource, element }: WrittenEntry,
): Promise<ReadonlySet<string>> {
  const { root } = await client.get(resource, { shopId, parameters: { schema: 'blank' } });
  return new Set(
    new WebserviceRecord(childOf(root, element)).fieldNames.filter(
      (name) => name !== 'quantity' || resource === 'stock_availables',
    ),
  );
}

function childOf(root: XmlElement, element: string): XmlElement {
  const child = root.children.find(({ name }) => name === element);
  if (child === undefined) throw new WebserviceFieldMissing({ field: element, received: 'none' });
  return child;
}

function partialXml({ element, id }: Pick<WrittenEntry, 'element' | 'id'>, changes: FieldChanges): string {
  const node = create().ele('prestashop').ele(element);
  node.ele('id').txt(String(id));
  for (const [name, value] of Object.entries(changes)) node.ele(name).txt(value);
  return node.doc().end();
}

function wholeXml(whole: XmlElement, writable: ReadonlySet<string>, changes: FieldChanges): string {
  const node = create().ele('prestashop').ele(whole.name);
  for (const field of whole.children) {
    const changed = changes[field.name];
    if (changed !== undefined) node.ele(field.name).txt(changed);
    else if (field.name === 'id' || writable.has(field.name)) copyInto(node, field);
  }
  return node.doc().end();
}

function copyInto(parent: XMLBuilder, { name, attributes, text, children }: XmlElement): void {
  const id = name === 'language' ? attributes.id : undefined;
  const node = id === undefined ? parent.ele(name) : parent.ele(name, { id });
  if (children.length === 0) node.txt(text);
  for (const child of children) copyInto(node, child);
}
