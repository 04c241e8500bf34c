import { describe, expect, it } from 'vitest';
import { demoCatalogue, demoOddities } from '../../../../src/shop/demo-shop/demo-catalogue.js';
import { demoSales } from '../../../../src/shop/demo-shop/demo-sales.js';
import { steadyNumber } from '../../../../src/shop/demo-shop/steady-number.js';
import { attributeGroups } from '../../../../src/shop/demo-shop/words/attribute-groups.js';
import { demoCategories } from '../../../../src/shop/demo-shop/words/categories.js';

const products = demoCatalogue();
const odd = new Set(demoOddities.map((one) => one.name));
const ordinary = products.filter((product) => !odd.has(product.key));

describe('the demo catalogue', () => {
  it('holds at least 120 ordinary products and 400 items, with and without combinations', () => {
    const items = ordinary.reduce((sum, product) => sum + Math.max(product.combinations.length, 1), 0);
    expect(ordinary.length).toBeGreaterThanOrEqual(120);
    expect(items).toBeGreaterThanOrEqual(400);
    expect(ordinary.filter((product) => product.combinations.length === 0).length).toBeGreaterThanOrEqual(40);
    expect(Math.max(...ordinary.map((product) => product.combinations.length))).toBeGreaterThanOrEqual(12);
  });

  it('names every ordinary product in all five languages, each differently from most others', () => {
    for (const product of ordinary) {
      for (const text of [...product.name, ...product.description, ...product.shortDescription, ...product.tags])
        expect(text, product.key).not.toBe('');
      expect(product.name.every((name) => name.length <= 128)).toBe(true);
    }
    expect(new Set(ordinary.map((product) => product.name[1])).size).toBe(ordinary.length);
    expect(ordinary.filter((product) => product.name[0] === product.name[1]).length).toBeLessThan(ordinary.length / 20);
  });

  it('gives every ordinary item a reference of its own that can be a SKU', () => {
    const references = ordinary.flatMap((product) =>
      product.combinations.length > 0 ? product.combinations.map((one) => one.reference) : [product.reference],
    );
    expect(new Set(references).size).toBe(references.length);
    expect(references.filter((reference) => !/^[A-Z0-9-]{1,40}$/.test(reference))).toEqual([]);
  });

  it('sells every ordinary product above its cost, and has some of them sold out', () => {
    for (const product of ordinary) expect(Number(product.price)).toBeGreaterThan(Number(product.cost));
    const stocks = ordinary.flatMap((product) =>
      product.combinations.length > 0 ? product.combinations.map((one) => one.stock) : [product.stock],
    );
    expect(stocks.filter((stock) => stock === 0).length).toBeGreaterThanOrEqual(5);
    expect(stocks.filter((stock) => stock === null || stock < 0)).toEqual([]);
  });

  it('shows each oddity once, under its own name', () => {
    expect(odd.size).toBe(demoOddities.length);
    expect(products.length).toBe(ordinary.length + odd.size);
    expect(new Set(products.map((product) => product.key)).size).toBe(products.length);
    for (const kind of ['stop', 'create-fault', 'price-fault', 'sku-fault', 'stock', 'text'])
      expect(demoOddities.filter((one) => one.kind === kind).length, kind).toBeGreaterThanOrEqual(5);
  });

  it('has a category tree of at least four levels below the start, without repeated keys', () => {
    const depth = (list: typeof demoCategories): number => 1 + Math.max(-1, ...list.map((one) => depth(one.children)));
    const keys = (list: typeof demoCategories): string[] => list.flatMap((one) => [one.key, ...keys(one.children)]);
    expect(depth(demoCategories)).toBeGreaterThanOrEqual(3);
    expect(new Set(keys(demoCategories)).size).toBe(keys(demoCategories).length);
  });

  it('lists the options of a product in the order of the attribute groups', () => {
    const place = new Map(attributeGroups.map((group, at) => [group.key, at]));
    for (const product of products)
      for (const one of product.combinations) {
        const places = one.values.map((value) => place.get(value.group) ?? -1);
        expect(places, one.reference).toEqual([...places].sort((a, b) => a - b));
      }
  });

  it('has sales only for ordinary products, and for combinations that exist', () => {
    for (const sale of demoSales) {
      const product = ordinary.find((one) => one.key === sale.product);
      expect(product, `${sale.shows} ${sale.product}`).toBeDefined();
      if (sale.combination !== undefined) expect(product?.combinations[sale.combination]).toBeDefined();
    }
  });

  it('is the same each time it is made', () => {
    expect(demoCatalogue()).toEqual(products);
    // The stock figures of a version that is out: a change here would move the stock of every demo shop.
    expect(steadyNumber('KNIFE-01-L16', 180)).toBe(4);
  });
});
