import { create } from 'xmlbuilder2';
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js';
import type { Association, Entry, FieldValue } from './entries.js';
import { Refused } from './list-query.js';

/** What of an entry is shown: "full", or fields with the fields of associations. */
export type Display = 'full' | ReadonlyMap<string, readonly string[]>;

/** Reads "[id,name,categories[id]]". */
export function readDisplay(text: string): Display {
  if (text === 'full') return 'full';
  const wanted = new Map<string, readonly string[]>();
  for (const [, name = '', inner] of text.slice(1, -1).matchAll(/(\w+)(?:\[([^\]]*)\])?/g))
    wanted.set(name, inner === undefined ? [] : inner.split(','));
  return wanted;
}

/** Adds one entry below its list. */
export function renderEntry(
  parent: XMLBuilder,
  entry: Entry,
  {
    element,
    display,
    languageId,
  }: { readonly element: string; readonly display: Display; readonly languageId: number | null },
): void {
  if (display !== 'full') demandFields(entry, display);
  const node = parent.ele(element);
  for (const [name, value] of entry.fields)
    if (display === 'full' || display.has(name)) renderField(node.ele(name), value, languageId);
  const shown = [...entry.associations].filter(([name]) => display === 'full' || display.has(name));
  if (shown.length === 0) return;
  const associations = node.ele('associations');
  for (const [name, association] of shown)
    renderAssociation(
      associations.ele(name, { nodeType: association.element }),
      association,
      display === 'full' ? null : (display.get(name) ?? null),
    );
}

function demandFields(entry: Entry, display: ReadonlyMap<string, unknown>): void {
  for (const name of display.keys())
    if (!entry.fields.has(name) && !entry.associations.has(name))
      throw new Refused(
        500,
        35,
        `Unable to display this field "${name}". However, these are available: ${[...entry.fields.keys()].join(', ')}`,
      );
}

function renderField(node: XMLBuilder, value: FieldValue, languageId: number | null): void {
  if (typeof value === 'string') node.dat(value);
  else
    for (const [id, text] of value)
      if (languageId === null || id === languageId) node.ele('language', { id: String(id) }).dat(text);
}

function renderAssociation(node: XMLBuilder, { element, rows }: Association, fields: readonly string[] | null): void {
  for (const row of rows) {
    const child = node.ele(element);
    for (const [name, value] of Object.entries(row))
      if (fields === null || fields.includes(name)) child.ele(name).dat(value);
  }
}

/** The document around everything. */
export function newDocument(): XMLBuilder {
  return create({ version: '1.0', encoding: 'UTF-8' }).ele('prestashop', {
    'xmlns:xlink': 'http://www.w3.org/1999/xlink',
  });
}

export function renderError({ code, message }: Refused): string {
  const error = newDocument().ele('errors').ele('error');
  error.ele('code').dat(String(code)).up().ele('message').dat(message);
  return error.doc().end();
}
