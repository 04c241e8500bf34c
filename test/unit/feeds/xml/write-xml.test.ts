import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fragment } from 'xmlbuilder2';
import { writeXml } from '../../../../feeds/xml/write-xml.js';
import type { XmlElement } from '../../../../feeds/xml/xml-element.js';
import { XmlReader } from '../../../../feeds/xml/xml-reader.js';
import { hostileText } from './hostile-text.js';

const elementName = fc.constantFrom('SKU', 'Price', 'StandardPrice', 'Sale', 'BulletPoint', 'a', '_x-1');

const element: fc.Arbitrary<XmlElement> = fc.letrec<{ tree: XmlElement }>((tie) => ({
  tree: fc.record(
    {
      name: elementName,
      attributes: fc.dictionary(fc.constantFrom('currency', 'zero', 'unitOfMeasure'), hostileText, {
        noNullPrototype: true,
      }),
      content: fc.oneof({ depthSize: 'small' }, hostileText, fc.array(tie('tree'), { maxLength: 4 })),
    },
    { requiredKeys: ['name', 'content'] },
  ),
})).tree;

/** xmlbuilder2 takes `&eacute;` for an entity and leaves it alone; given as `&amp;eacute;` it writes what we mean. */
function byXmlbuilder2(tree: XmlElement): string {
  const literal = (text: string) => text.replaceAll('&', '&amp;');
  const add = (parent: ReturnType<typeof fragment>, { name, attributes, content }: XmlElement): void => {
    const node = parent.ele(name);
    for (const [key, value] of Object.entries(attributes ?? {})) node.att(key, literal(value));
    if (typeof content === 'string') node.txt(literal(content));
    else for (const child of content) add(node, child);
  };
  const root = fragment({ invalidCharReplacement: '' });
  add(root, tree);
  return root.toString();
}

function textOfRoot(xml: string): string | null {
  let text: string | null = null;
  const reader = new XmlReader({
    onClose: (_path, content) => {
      text = content;
    },
  });
  reader.write(xml);
  return reader.end() === null ? text : null;
}

describe('writeXml', () => {
  test('writes the same bytes as xmlbuilder2 for any tree', () => {
    fc.assert(
      fc.property(element, (tree) => {
        expect(Buffer.from(writeXml(tree))).toEqual(Buffer.from(byXmlbuilder2(tree)));
      }),
      { numRuns: 500 },
    );
  });

  test('writes what a parser reads back, less the characters that XML forbids', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const kept = [...text].filter((character) =>
          /[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u.test(character),
        );
        expect(textOfRoot(writeXml({ name: 'Title', content: text }))).toBe(kept.join('').replace(/\r\n?/g, '\n'));
      }),
      { numRuns: 500 },
    );
  });

  test('escapes an ampersand that looks like an entity, because no parser knows that entity', () => {
    expect(writeXml({ name: 'Title', content: 'caf&eacute; & &#0;' })).toBe(
      '<Title>caf&amp;eacute; &amp; &amp;#0;</Title>',
    );
  });

  test('removes NUL, half an emoji and U+FFFE, and keeps the whole emoji', () => {
    expect(writeXml({ name: 'Title', content: 'a\u0000b\ud83dc\ufffed😀' })).toBe('<Title>abcd😀</Title>');
  });

  test('keeps quotes as they are in a text and escapes them in an attribute', () => {
    const tree = { name: 'Size', attributes: { unit: '2" <x>' }, content: '2"' };
    expect(writeXml(tree)).toBe('<Size unit="2&quot; &lt;x&gt;">2"</Size>');
  });
});
