import { create } from 'xmlbuilder2';
import type { ErrorTraits } from '../../src/core/errors.js';
import { describeXmlFault, XmlReader } from './xml-reader.js';

/** A text that cannot be shown as an indented document. */
export class XmlNotPrintable extends Error implements ErrorTraits {
  readonly code = 'XML_NOT_PRINTABLE';
  readonly status = 422;
  readonly retryable = false;
}

/**
 * Indents an XML document for people, two spaces a level.
 *
 * For a small document or one page of a large one: the tree is held in memory, about 9 kB per message. The texts are those of
 * the document; only white space between elements changes.
 *
 * @throws XmlNotPrintable when the text is no well-formed XML, or declares a document type
 */
export function prettyXml(xml: string): string {
  const reader = new XmlReader({ onClose: () => undefined });
  reader.write(xml);
  const fault = reader.end();
  if (fault !== null) throw new XmlNotPrintable(`Expected a well-formed XML document. ${describeXmlFault(fault)}`);
  return `${create(keepReferences(xml)).end({ prettyPrint: true })}\n`;
}

const MARKUP: ReadonlyMap<number, string> = new Map([
  [0x26, '&amp;amp;'],
  [0x3c, '&amp;lt;'],
  [0x3e, '&amp;gt;'],
  [0x22, '&amp;quot;'],
]);

/**
 * Makes xmlbuilder2 4.0 print what the document holds. It reads `&amp;eacute;` as `&eacute;` and prints just that, because it
 * never escapes an ampersand that looks like an entity; and it decodes `&amp;#65;` twice. One more level of escaping heals both.
 * To be removed when xmlbuilder2 escapes every ampersand.
 */
function keepReferences(xml: string): string {
  return xml.replace(
    /<!\[CDATA\[[\s\S]*?\]\]>|&(?:#(?:x([0-9a-fA-F]+)|(\d+));)?/g,
    (found, hex?: string, decimal?: string) => {
      if (found === '&') return '&amp;';
      if (hex !== undefined) return MARKUP.get(Number.parseInt(hex, 16)) ?? found;
      return decimal === undefined ? found : (MARKUP.get(Number(decimal)) ?? found);
    },
  );
}
