import { describe, expect, it } from 'vitest';
import {
  productOptionByName,
  productOptionDefinitions,
} from '../../../../src/features/offers/product-option-definitions.js';

const read = (name: string, text: string) => {
  const parsed = productOptionByName(name)?.schema.safeParse(text);
  return parsed?.success ? parsed.data : 'refused';
};

describe('A product option', () => {
  it('has one name and one field of its own', () => {
    const names = new Set(productOptionDefinitions.map((one) => one.name));
    const fields = new Set(productOptionDefinitions.map((one) => one.field));
    expect([names.size, fields.size]).toEqual([productOptionDefinitions.length, productOptionDefinitions.length]);
    expect(productOptionByName('bullets')).toBeNull();
  });

  it.each([
    ['disabled', 'yes', true],
    ['disabled', 'FALSE', false],
    ['disabled', '1', true],
    ['disabled', 'maybe', 'refused'],
    ['disabled', '', 'refused'],
    ['asin', ' b000test01 ', 'B000TEST01'],
    ['asin', '080442957X', '080442957X'],
    ['asin', 'B000TEST0', 'refused'],
    ['asin', '4006381333931', 'refused'],
    ['price-override', '29.90', '29.90'],
    ['price-override', '0', 'refused'],
    ['price-override', '0.00', 'refused'],
    ['price-override', '-1', 'refused'],
    ['price-override', '29,90', 'refused'],
    ['price-override', '1e3', 'refused'],
    ['bullet-1', 'x'.repeat(500), 'x'.repeat(500)],
    ['bullet-1', 'x'.repeat(501), 'refused'],
    ['bullet-1', '😀'.repeat(500), '😀'.repeat(500)],
    ['bullet-1', '   ', 'refused'],
    ['description', 'Two\nlines', 'Two\nlines'],
    ['description', 'a\u0000b', 'refused'],
    ['description', 'a\ud800b', 'refused'],
    ['title', 'x'.repeat(501), 'refused'],
    ['browse-node', '192407031', '192407031'],
    ['browse-node', 'x1', 'refused'],
    ['handling-time', '0', 0],
    ['handling-time', '30', 30],
    ['handling-time', '31', 'refused'],
    ['handling-time', '1.5', 'refused'],
    ['handling-time', '-1', 'refused'],
    ['shipping-override', '', ''],
    ['shipping-override', '0', '0'],
    ['shipping-override', '-1', 'refused'],
    ['amazon-fulfilled-supplement', '0', '0'],
    ['amazon-fulfilled-supplement', '1.20', '1.20'],
    ['shipping-template', 'x'.repeat(192), 'refused'],
  ])('%s takes %j as %j', (name, text, value) => {
    expect(read(name, text)).toBe(value);
  });

  it('that Amazon keeps once per account is marked so', () => {
    const perAccount = productOptionDefinitions.filter((one) => one.scope === 'account').map((one) => one.name);
    expect(perAccount).toEqual(['force-in-stock', 'no-quantity', 'handling-time', 'amazon-fulfilled']);
  });
});
