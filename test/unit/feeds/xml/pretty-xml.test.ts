import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { prettyXml, XmlNotPrintable } from '../../../../feeds/xml/pretty-xml.js';
import { writeXml } from '../../../../feeds/xml/write-xml.js';
import { XmlReader } from '../../../../feeds/xml/xml-reader.js';
import { hostileText } from './hostile-text.js';

const golden = (name: string) => readFileSync(new URL(`../../../fixtures/feeds/${name}`, import.meta.url), 'utf8');

function textsOf(xml: string): string[] {
  const texts: string[] = [];
  const reader = new XmlReader({ onClose: (path, text) => texts.push(`${path} ${text.trim()}`) });
  reader.write(xml);
  expect(reader.end()).toBeNull();
  return texts;
}

test('a document is indented two spaces a level', () => {
  expect(prettyXml(golden('Inventory.xml'))).toBe(golden('Inventory.pretty.xml'));
});

test('whatever a text holds, the indented view holds the same', () => {
  const visible = hostileText.filter((text) => /[!-~]/.test(text));
  fc.assert(
    fc.property(fc.array(visible, { minLength: 1, maxLength: 3 }), (texts) => {
      const xml = writeXml({ name: 'Product', content: texts.map((content) => ({ name: 'Title', content })) });
      expect(textsOf(prettyXml(xml))).toEqual(textsOf(xml));
    }),
  );
});

test('references and sections mean the same in the indented view', () => {
  const xml = '<a b="&#x22;&#38;lt;"><c>caf&amp;eacute; &amp;#65; &#60;&#x42;</c><d><![CDATA[x & y]]></d></a>';
  const view = '<a b="&quot;&amp;lt;">\n  <c>caf&amp;eacute; &amp;#65; &lt;B</c>\n  <d><![CDATA[x & y]]></d>\n</a>';
  expect(prettyXml(xml)).toContain(view);
});

test('what is no XML, and what declares entities, is refused', () => {
  expect(() => prettyXml('<a><b></a>')).toThrow(XmlNotPrintable);
  expect(() => prettyXml('')).toThrow(/no text at all/);
  expect(() => prettyXml('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>')).toThrow(
    /document type \(a\)/,
  );
});
