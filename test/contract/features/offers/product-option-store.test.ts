import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OptionField, OptionSubject, OptionValue } from '../../../../src/features/offers/product-option.js';
import { productOptionDefinitions } from '../../../../src/features/offers/product-option-definitions.js';
import { ProductOptionStore } from '../../../../src/features/offers/product-option-store.js';
import { describeEachDatabase, type TestDatabase } from '../../../support/test-databases.js';

const subject = (productId: number, changes: Partial<OptionSubject> = {}): OptionSubject => ({
  shopId: 1,
  productId,
  combinationId: 0,
  marketplaceId: 0,
  ...changes,
});

const samples: Readonly<Partial<Record<OptionField, OptionValue>>> = { handlingTimeDays: 3, shippingOverride: '' };

function sampleOf(field: OptionField, expected: string): OptionValue {
  return samples[field] ?? (expected === 'yes or no' ? false : `text of ${field}, ä 😀`);
}

describeEachDatabase('Product options', (_name, open) => {
  let database: TestDatabase;
  let store: ProductOptionStore;
  beforeAll(async () => {
    database = await open();
    store = new ProductOptionStore(database.db);
  });
  afterAll(() => database.drop());

  it('say nothing before anything was written', async () => {
    expect(await store.find(subject(1))).toBeNull();
    expect(await store.ofProducts(1, [1, 2])).toEqual(new Map());
    expect(await store.ofProducts(1, [])).toEqual(new Map());
  });

  describe.each(productOptionDefinitions)('the option $name', ({ field, expected }) => {
    it('comes back as it was written, and goes with its row when taken back', async () => {
      const value = sampleOf(field, expected);
      await store.write(subject(2), { field, value }, 1_000);
      const row = await store.find(subject(2));
      expect(row?.[field]).toBe(value);
      expect(row?.changedAtMs).toBe(1_000);
      await store.write(subject(2), { field, value: null }, 2_000);
      expect(await store.find(subject(2))).toBeNull();
    });
  });

  it('of one row are written one at a time and leave the others alone', async () => {
    await store.write(subject(3), { field: 'title', value: 'Mug' }, 1_000);
    await store.write(subject(3), { field: 'disabled', value: true }, 2_000);
    await store.write(subject(3), { field: 'title', value: 'Cup' }, 3_000);
    expect(await store.find(subject(3))).toMatchObject({
      title: 'Cup',
      disabled: true,
      asin: null,
      changedAtMs: 3_000,
    });
    await store.write(subject(3), { field: 'title', value: null }, 4_000);
    expect(await store.find(subject(3))).toMatchObject({ title: null, disabled: true });
  });

  it('written at the same time to one row are all kept', async () => {
    const fields = ['title', 'description', 'conditionNote', 'bullet1', 'bullet2'] as const;
    await Promise.all(fields.map((field) => store.write(subject(4), { field, value: field }, 1_000)));
    expect(await store.find(subject(4))).toMatchObject(Object.fromEntries(fields.map((field) => [field, field])));
  });

  it('of many products are read in one query, by product, of their shop only', async () => {
    await store.write(subject(10), { field: 'title', value: 'a' }, 1_000);
    await store.write(subject(10, { combinationId: 5, marketplaceId: 2 }), { field: 'title', value: 'b' }, 1_000);
    await store.write(subject(11), { field: 'title', value: 'c' }, 1_000);
    await store.write(subject(12), { field: 'title', value: 'd' }, 1_000);
    await store.write(subject(10, { shopId: 2 }), { field: 'title', value: 'e' }, 1_000);
    const statements: string[] = [];
    const listen = (query: { sql: string }) => statements.push(query.sql);
    database.db.on('query', listen);
    const rows = await store.ofProducts(1, [10, 11, 13, ...Array.from({ length: 5_000 }, (_, index) => 1_000 + index)]);
    database.db.off('query', listen);
    expect(statements).toHaveLength(1);
    expect([...rows.keys()]).toEqual([10, 11]);
    expect(
      rows.get(10)?.map(({ combinationId, marketplaceId, title }) => [combinationId, marketplaceId, title]),
    ).toEqual([
      [0, 0, 'a'],
      [5, 2, 'b'],
    ]);
  });

  it('of a row are all removed at once', async () => {
    await store.write(subject(20), { field: 'title', value: 'a' }, 1_000);
    expect(await store.remove(subject(20))).toBe(true);
    expect(await store.remove(subject(20))).toBe(false);
    expect(await store.find(subject(20))).toBeNull();
  });
});
