import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OptionSubject } from '../../../../src/features/offers/product-option.js';
import { ProductOptionService } from '../../../../src/features/offers/product-option-service.js';
import { Audit } from '../../../../src/features/users/audit.js';
import { describeEachDatabase, type TestDatabase } from '../../../support/test-databases.js';

const subject = (productId: number, changes: Partial<OptionSubject> = {}): OptionSubject => ({
  shopId: 1,
  productId,
  combinationId: 0,
  marketplaceId: 0,
  ...changes,
});

describeEachDatabase('The product options service', (_name, open) => {
  let database: TestDatabase;
  let service: ProductOptionService;
  let marked: OptionSubject[] = [];
  let failing = false;
  beforeAll(async () => {
    database = await open();
    const onChange = (changed: OptionSubject) => {
      if (failing) return Promise.reject(new Error('the queue cannot be written'));
      marked.push(changed);
      return Promise.resolve();
    };
    const clock = { nowMs: () => 5_000 };
    service = new ProductOptionService({ db: database.db, clock, audit: new Audit(database.db, clock), onChange });
  });
  afterAll(() => database.drop());

  const textOf = async (of: OptionSubject, name: string) =>
    (await service.get(of)).find((entry) => entry.definition.name === name)?.text;

  it('says before and after of a change, and marks what it can change', async () => {
    marked = [];
    expect(await service.set(subject(1), { name: 'disabled', text: 'yes' }, 'anna')).toEqual({
      name: 'disabled',
      before: null,
      after: 'yes',
    });
    expect(await service.set(subject(1), { name: 'disabled', text: 'no' }, 'anna')).toMatchObject({
      before: 'yes',
      after: 'no',
    });
    expect(marked).toEqual([subject(1), subject(1)]);
    expect(await textOf(subject(1), 'disabled')).toBe('no');
  });

  it('changes and marks nothing where the value is there already', async () => {
    await service.set(subject(2), { name: 'price-override', text: '12.50' }, 'anna');
    marked = [];
    expect(await service.set(subject(2), { name: 'price-override', text: ' 12.50 ' }, 'anna')).toMatchObject({
      after: '12.50',
    });
    expect(await service.set(subject(2), { name: 'title', text: null }, 'anna')).toMatchObject({
      before: null,
      after: null,
    });
    expect(marked).toEqual([]);
  });

  it('takes back what it wrote when the marks cannot be written', async () => {
    failing = true;
    await expect(service.set(subject(3), { name: 'title', text: 'Mug' }, 'anna')).rejects.toThrow(
      'the queue cannot be written',
    );
    failing = false;
    expect(await textOf(subject(3), 'title')).toBeNull();
  });

  it('refuses an unknown option by naming those there are', async () => {
    await expect(service.set(subject(4), { name: 'colour', text: 'x' }, 'anna')).rejects.toMatchObject({
      code: 'UNKNOWN_PRODUCT_OPTION',
      message: expect.stringContaining('price-override'),
    });
  });

  it('refuses a value with what was expected and what came', async () => {
    await expect(service.set(subject(4), { name: 'handling-time', text: '31' }, 'anna')).rejects.toMatchObject({
      code: 'INVALID_PRODUCT_OPTION',
      message: 'Expected for handling-time whole days from 0 to 30, got "31".',
    });
  });

  it('refuses for one marketplace what Amazon keeps once per account', async () => {
    const here = subject(4, { marketplaceId: 2 });
    await expect(service.set(here, { name: 'handling-time', text: '3' }, 'anna')).rejects.toMatchObject({
      code: 'PRODUCT_OPTION_PER_ACCOUNT',
    });
    expect(await service.set(here, { name: 'title', text: 'Tasse' }, 'anna')).toMatchObject({ after: 'Tasse' });
  });

  it('resolves what holds for an item from all its rows', async () => {
    await service.set(subject(5), { name: 'title', text: 'all' }, 'anna');
    await service.set(subject(5), { name: 'bullet-1', text: 'one' }, 'anna');
    await service.set(subject(5, { combinationId: 8, marketplaceId: 2 }), { name: 'title', text: 'here' }, 'anna');
    expect(await service.resolve(subject(5, { combinationId: 8, marketplaceId: 2 }))).toMatchObject({
      title: 'here',
      bullets: ['one'],
    });
    expect((await service.ofProducts(1, [5])).get(5)).toHaveLength(2);
  });

  it('clears a subject as a whole and marks it once', async () => {
    await service.set(subject(6), { name: 'title', text: 'Mug' }, 'anna');
    marked = [];
    expect(await service.clear(subject(6), 'anna')).toBe(true);
    expect(await service.clear(subject(6), 'anna')).toBe(false);
    expect(marked).toEqual([subject(6)]);
  });
});
