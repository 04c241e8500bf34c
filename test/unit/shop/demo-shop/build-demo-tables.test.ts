import { describe, expect, it } from 'vitest';
import { buildDemoTables } from '../../../../src/shop/demo-shop/build-demo-tables.js';
import { demoCatalogue } from '../../../../src/shop/demo-shop/demo-catalogue.js';
import { demoSales } from '../../../../src/shop/demo-shop/demo-sales.js';
import { placeCategories } from '../../../../src/shop/demo-shop/rows/category-rows.js';

const now = new Date('2026-11-21T15:00:00Z');
const tables = buildDemoTables(now);

function column(table: string, name: string): readonly unknown[] {
  return (tables[table] ?? []).map((row) => row[name]);
}

describe('the tables of the demo shop', () => {
  it('are the same for two instants of one day in the shop’s zone', () => {
    expect(buildDemoTables(new Date('2026-11-21T22:59:59Z'))).toEqual(tables);
    expect(buildDemoTables(new Date('2026-11-20T23:00:00Z'))).toEqual(tables);
  });

  it('move every date by whole days with the seeding day, and nothing else', () => {
    const later = buildDemoTables(new Date('2026-11-21T23:00:00Z'));
    const changed = new Set<string>();
    for (const [table, rows] of Object.entries(tables))
      for (const [at, row] of rows.entries())
        for (const [name, value] of Object.entries(row)) if (later[table]?.[at]?.[name] !== value) changed.add(name);
    expect([...changed].sort()).toEqual(['available_date', 'date_add', 'date_upd', 'from', 'to']);
  });

  it('keep the local time of a sale over the change to winter time', () => {
    const october = buildDemoTables(new Date('2026-10-24T10:00:00Z'));
    const midDay = october.specific_price?.[demoSales.findIndex((sale) => sale.shows === 'starts-and-ends-mid-day')];
    expect(midDay).toMatchObject({ from: '2026-10-22 12:00:00', to: '2026-10-30 18:00:00' });
  });

  it('have rows that all carry the same columns', () => {
    for (const [table, rows] of Object.entries(tables)) {
      const columns = new Set(rows.map((row) => Object.keys(row).join()));
      expect([table, columns.size]).toEqual([table, 1]);
    }
  });

  it('refer only to rows that exist', () => {
    const links: readonly (readonly [string, string, string])[] = [
      ['product_shop', 'id_product', 'product'],
      ['product_lang', 'id_product', 'product'],
      ['product_attribute', 'id_product', 'product'],
      ['stock_available', 'id_product', 'product'],
      ['specific_price', 'id_product', 'product'],
      ['category_product', 'id_product', 'product'],
      ['category_product', 'id_category', 'category'],
      ['product_shop', 'id_category_default', 'category'],
      ['product_shop', 'id_tax_rules_group', 'tax_rules_group'],
      ['tax_rule', 'id_tax', 'tax'],
      ['tax_rule', 'id_country', 'country'],
      ['product', 'id_supplier', 'supplier'],
      ['product_tag', 'id_tag', 'tag'],
      ['image_shop', 'id_image', 'image'],
      ['product_attribute_image', 'id_image', 'image'],
      ['product_attribute_image', 'id_product_attribute', 'product_attribute'],
      ['product_attribute_combination', 'id_attribute', 'attribute'],
      ['product_attribute_combination', 'id_product_attribute', 'product_attribute'],
      ['product_attribute_shop', 'id_product_attribute', 'product_attribute'],
      ['pack', 'id_product_item', 'product'],
      ['lang_shop', 'id_lang', 'lang'],
      ['currency_shop', 'id_currency', 'currency'],
    ];
    for (const [table, name, target] of links) {
      const known = new Set(column(target, name.replace('_default', '').replace('_item', '')));
      const lost = column(table, name).filter((id) => !known.has(id));
      expect([table, name, column(table, name).length > 0, lost]).toEqual([table, name, true, []]);
    }
  });

  it('give a product with combinations the sum of their stock, in each shop', () => {
    const withCombinations = new Set(column('product_attribute', 'id_product'));
    const rows = (tables.stock_available ?? []).filter((row) => withCombinations.has(row.id_product ?? 0));
    const sums = new Map<string, number>();
    for (const row of rows.filter((one) => one.id_product_attribute !== 0)) {
      const key = `${row.id_product}/${row.id_shop}`;
      sums.set(key, (sums.get(key) ?? 0) + Number(row.quantity));
    }
    const totals = rows.filter((row) => row.id_product_attribute === 0);
    expect(totals.length).toBeGreaterThan(80);
    for (const row of totals) expect(row.quantity).toBe(sums.get(`${row.id_product}/${row.id_shop}`));
  });

  it('have sales that ran, run and will run on the seeding day', () => {
    const today = '2026-11-21 15:00:00';
    const zero = '0000-00-00 00:00:00';
    const dated = (tables.specific_price ?? []).map((row) => [String(row.from), String(row.to)] as const);
    const count = (test: (from: string, to: string) => boolean) => dated.filter(([from, to]) => test(from, to)).length;
    expect(count((from, to) => from !== zero && from < today && to > today)).toBeGreaterThanOrEqual(15);
    expect(count((_, to) => to !== zero && to < today)).toBeGreaterThanOrEqual(1);
    expect(count((from) => from > today)).toBeGreaterThanOrEqual(5);
    expect(count((from, to) => (from === zero) !== (to === zero))).toBe(2);
  });

  it('number the categories as a nested set', () => {
    const categories = placeCategories();
    for (const one of categories) {
      const parent = categories.find((other) => other.id === one.parentId);
      if (one.id === 1) continue;
      expect(
        (parent?.left ?? 0) < one.left && one.right < (parent?.right ?? 0) && one.depth === (parent?.depth ?? 0) + 1,
      ).toBe(true);
    }
    const edges = categories.flatMap((one) => [one.left, one.right]).sort((a, b) => a - b);
    expect(edges).toEqual(edges.map((_, index) => index + 1));
    expect(Math.max(...categories.map((one) => one.depth))).toBe(4);
  });

  it('know euro and pound, have deleted złoty, and never heard of kronor', () => {
    const currencies = (tables.currency ?? []).map((row) => [row.iso_code, row.deleted]);
    expect(currencies).toEqual([
      ['EUR', 0],
      ['GBP', 0],
      ['PLN', 1],
    ]);
  });

  it('have one cover at most for each product, and pictures of each colour', () => {
    const covers = (tables.image ?? []).filter((row) => row.cover === 1).map((row) => row.id_product);
    expect(new Set(covers).size).toBe(covers.length);
    const coloured = demoCatalogue().flatMap((product) =>
      product.combinations.filter((one) => one.values.some((value) => value.group === 'colour')),
    );
    expect(column('product_attribute_image', 'id_image').length).toBe(coloured.length);
  });
});
