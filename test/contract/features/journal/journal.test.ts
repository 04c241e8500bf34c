import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { Journal, type JournalEntry } from '../../../../src/features/journal/journal.js';
import { describeEachDatabase, type TestDatabase } from '../../../support/test-databases.js';

const entry = (message: string, more: Partial<JournalEntry> = {}): JournalEntry => ({
  level: 'info',
  code: 'run-finished',
  message,
  ...more,
});

describeEachDatabase('The journal', (_name, open) => {
  let database: TestDatabase;
  let journal: Journal;
  let nowMs = 1_000;
  beforeAll(async () => {
    database = await open();
    journal = new Journal(database.db, { nowMs: () => nowMs });
  });
  beforeEach(() => database.db('journal').delete());
  afterAll(() => database.drop());

  const messages = async (filter: Omit<Parameters<Journal['list']>[0], 'limit'> = {}) =>
    (await journal.list({ ...filter, limit: 100 })).map((row) => row.message);

  it('keeps every field of an entry, and null for what it does not say', async () => {
    nowMs = 1_795_000_000_123;
    await journal.write(
      entry('Größe "M" 😀 gesendet.', { runId: 1, accountId: 2, marketplaceId: 3, sku: 'ä-1', productId: 4 }),
    );
    await journal.write(entry('Plain.', { level: 'error', code: 'report-missing' }));
    const [plain, full] = await journal.list({ limit: 10 });
    expect(full).toMatchObject({
      atMs: 1_795_000_000_123,
      level: 'info',
      code: 'run-finished',
      message: 'Größe "M" 😀 gesendet.',
      runId: 1,
      accountId: 2,
      marketplaceId: 3,
      sku: 'ä-1',
      productId: 4,
    });
    expect(plain).toMatchObject({ level: 'error', runId: null, accountId: null, sku: null, productId: null });
  });

  it('takes thousands of entries at once and none at all', async () => {
    await journal.write(Array.from({ length: 2_345 }, (_, index) => entry(`Line ${index}.`)));
    await journal.write([]);
    const [row] = await database.db('journal').count({ count: '*' });
    expect(Number(row?.count)).toBe(2_345);
    expect((await journal.list({ limit: 2 })).map((one) => one.message)).toEqual(['Line 2344.', 'Line 2343.']);
  });

  it('goes on from the last row of the page before', async () => {
    await journal.write(['a', 'b', 'c'].map((text) => entry(text)));
    const [newest] = await journal.list({ limit: 1 });
    expect(await messages({ beforeId: newest?.id ?? 0 })).toEqual(['b', 'a']);
  });

  it('is narrowed by level, run, SKU and code, all byte for byte', async () => {
    await journal.write([
      entry('one', { level: 'warning', runId: 1, sku: 'abc', code: 'sku-duplicate' }),
      entry('two', { level: 'info', runId: 2, sku: 'ABC' }),
    ]);
    expect(await messages({ level: 'warning' })).toEqual(['one']);
    expect(await messages({ runId: 2 })).toEqual(['two']);
    expect(await messages({ sku: 'ABC' })).toEqual(['two']);
    expect(await messages({ code: 'sku-duplicate' })).toEqual(['one']);
    expect(await messages({ level: 'warning', runId: 2 })).toEqual([]);
  });

  it('is searched for a text in any letter case, without wildcards', async () => {
    await journal.write([entry('Sent 100 % of it.'), entry('Sent 100 of them.')]);
    expect(await messages({ text: 'SENT 100 %' })).toEqual(['Sent 100 % of it.']);
    expect(await messages({ text: '_' })).toEqual([]);
  });

  it('takes an entry about a SKU of any length', async () => {
    const sku = 'x'.repeat(400);
    await journal.write(entry('The SKU is too long.', { sku }));
    expect(await messages({ sku })).toEqual(['The SKU is too long.']);
  });

  it('forgets what a transaction wrote that did not commit', async () => {
    const failing = database.db.transaction(async (transaction) => {
      await journal.write(entry('Never.'), transaction);
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    expect(await messages()).toEqual([]);
  });
});
