import { SaxesParser } from 'saxes';
import type { XmlElement } from './webservice-record.js';

/** The element `prestashop` of an answer, or why there is none. */
export type DocumentReading =
  | { readonly root: XmlElement; readonly strayText: string }
  | { readonly root: null; readonly reason: string };

/** Characters that XML 1.0 forbids, which shops have in texts pasted from elsewhere: one would make a whole page unreadable. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out.
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

const END = '</prestashop>';

/**
 * Reads an answer of a Webservice; what a module or PHP printed before or after the document is left aside.
 *
 * Without entities and document types, as all XML from outside.
 */
export function readDocument(body: string): DocumentReading {
  const start = body.search(/<\?xml\s|<prestashop[\s>/]/);
  if (start < 0) return { root: null, reason: body.trim() === '' ? 'an empty answer' : 'a text that is not XML' };
  const end = body.lastIndexOf(END);
  if (end < start) return { root: null, reason: 'XML that breaks off' };
  const document = body.slice(start, end + END.length).replace(FORBIDDEN, '');
  const stray = (body.slice(0, start) + body.slice(end + END.length)).replace(/^\ufeff/, '').trim();
  return parse(document, stray);
}

interface OpenElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
  readonly children: XmlElement[];
}

function parse(document: string, strayText: string): DocumentReading {
  const parser = new SaxesParser();
  const top: OpenElement = { name: '', attributes: {}, text: '', children: [] };
  const open: OpenElement[] = [top];
  let fault: string | null = null;
  parser.on('error', (error) => {
    fault ??= `XML with a fault (${error.message.slice(0, 120)})`;
  });
  parser.on('doctype', () => {
    fault ??= 'XML with a document type, which is never read from outside';
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes, text: '', children: [] };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  const addText = (text: string) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.write(document).close();
  const root = top.children.find(({ name }) => name === 'prestashop');
  if (fault !== null) return { root: null, reason: fault };
  return root === undefined ? { root: null, reason: 'XML of something else' } : { root, strayText };
}
