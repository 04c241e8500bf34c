import type { Association, Entry, FieldValue } from './entries.js';
import { Refused } from './list-query.js';

/** What of an entry is shown: "full", or fields with the fields of associations. */
export type Display = 'full' | ReadonlyMap<string, readonly string[]>;

/** How entries of one answer are shown. */
export interface Rendering {
  readonly element: string;
  readonly display: Display;
  /** Null: every language. */
  readonly languageId: number | null;
}

/** Reads "[id,name,categories[id]]". */
export function readDisplay(text: string): Display {
  if (text === 'full') return 'full';
  const wanted = new Map<string, readonly string[]>();
  for (const [, name = '', inner] of text.slice(1, -1).matchAll(/(\w+)(?:\[([^\]]*)\])?/g))
    wanted.set(name, inner === undefined ? [] : inner.split(','));
  return wanted;
}

/** The document around everything. */
export function documentOf(content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<prestashop xmlns:xlink="http://www.w3.org/1999/xlink">\n${content}\n</prestashop>\n`;
}

/** One element with its content, which is XML already. */
export function element(name: string, content: string, attributes: Readonly<Record<string, string>> = {}): string {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${value}"`);
  return `<${name}${given.join('')}>${content}</${name}>`;
}

function cdata(text: string): string {
  return `<![CDATA[${text}]]>`;
}

/** One entry as an element. */
export function renderEntry(entry: Entry, rendering: Rendering): string {
  const { display } = rendering;
  if (display !== 'full') demandFields(entry, display);
  const isShown = (name: string) => display === 'full' || display.has(name);
  const fields = [...entry.fields].filter(([name]) => isShown(name));
  const plain = fields.map(([name, value]) => element(name, fieldContent(value, rendering.languageId)));
  const linked = [...entry.associations].filter(([name]) => isShown(name));
  const inner = linked.map(([name, association]) => {
    const wanted = display === 'full' ? null : (display.get(name) ?? null);
    return element(name, associationContent(association, wanted), { nodeType: association.element });
  });
  const associations = inner.length === 0 ? '' : element('associations', inner.join('\n'));
  return element(rendering.element, [...plain, associations].join('\n'));
}

function demandFields(entry: Entry, display: ReadonlyMap<string, unknown>): void {
  const available = [...entry.fields.keys()].join(', ');
  for (const name of display.keys())
    if (!entry.fields.has(name) && !entry.associations.has(name))
      throw new Refused(500, 35, `Unable to display this field "${name}". However, these are available: ${available}`);
}

function fieldContent(value: FieldValue, languageId: number | null): string {
  if (typeof value === 'string') return cdata(value);
  const shown = [...value].filter(([id]) => languageId === null || id === languageId);
  return shown.map(([id, text]) => element('language', cdata(text), { id: String(id) })).join('');
}

function associationContent({ element: name, rows }: Association, wanted: readonly string[] | null): string {
  const fieldsOf = (row: (typeof rows)[number]) =>
    Object.entries(row).filter(([field]) => wanted === null || wanted.includes(field));
  return rows
    .map((row) =>
      element(
        name,
        fieldsOf(row)
          .map(([field, value]) => element(field, cdata(value)))
          .join(''),
      ),
    )
    .join('\n');
}

export function renderError({ code, message }: Refused): string {
  const error = element('error', element('code', cdata(String(code))) + element('message', cdata(message)));
  return documentOf(element('errors', error));
}
