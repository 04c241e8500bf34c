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

/** An entry as the shop has it right now, ready to be written. */
export interface OpenedEntry {
  readonly record: WebserviceRecord;
  write(changes: FieldChanges): Promise<void>;
}

/**
 * Opens one entry for writing: by PATCH where the shop offers it (8.0), else by PUT, which empties what it is not given and so
 * carries every field as it was just read. The entry is read last, so that nothing but the write itself follows.
 *
 * @throws WebserviceRightMissing when the key may do neither
 */
export async function openEntry(client: WebserviceClient, entry: WrittenEntry): Promise<OpenedEntry> {
  const { shopId, resource, id } = entry;
  const rights = (await readKeyRights(client, shopId)).get(resource);
  const method = (['PATCH', 'PUT'] as const).find((one) => rights?.has(one) === true);
  if (method === undefined)
    throw new WebserviceRightMissing({ where: client.address.where, method: 'PATCH', resource });
  const writable = method === 'PUT' ? await writableFields(client, entry) : new Set<string>();
  const whole = await readEntry(client, entry);
  return {
    record: new WebserviceRecord(whole),
    write: async (changes) => {
      const xml = method === 'PATCH' ? partialXml(entry, changes) : wholeXml(whole, writable, changes);
      await client.write({ shopId, method, path: `${resource}/${id}`, xml });
    },
  };
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
