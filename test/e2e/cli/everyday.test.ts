import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Bridge } from './bridge.js';

interface Mark {
  readonly id: number;
  readonly marketplace: string;
  readonly productId: number;
  readonly action: string;
  readonly sku: string | null;
  readonly state: string;
  readonly reason: string;
}

let bridge: Bridge;
beforeAll(async () => {
  bridge = new Bridge();
  await bridge.run('setup');
});
afterAll(() => bridge.remove());

const marks = () => bridge.json<Mark[]>('queue', 'list');

describe('The queue on the command line', () => {
  beforeEach(async () => {
    await bridge.run('queue', 'remove', '--all');
  });

  it('is an empty array, and a sentence, while nothing waits', async () => {
    expect(await marks()).toEqual([]);
    expect((await bridge.run('queue', 'list')).out).toBe('Nothing waits.\n');
  });

  it('takes marks by product on one marketplace or on all', async () => {
    expect(await bridge.json('queue', 'mark', '--products', '3,4', '--marketplace', 'FR')).toMatchObject({ marks: 2 });
    expect(await bridge.json('queue', 'mark', '--products', '3', '--action', 'create')).toMatchObject({ marks: 5 });
    const found = await marks();
    expect(found).toHaveLength(7);
    expect(found[0]).toMatchObject({
      marketplace: 'simulator/FR',
      productId: 3,
      action: 'update',
      state: 'waiting',
      reason: 'cli',
    });
    expect((await bridge.run('queue', 'list', '--limit', '2')).out).toContain('7 marks, of which 0 in flight.');
  });

  it('takes marks by SKU, and a deletion names its SKU', async () => {
    const [line] = (await bridge.json<{ lines: { sku: string; productId: number }[] }>('export', '--products', '1'))
      .lines;
    if (line === undefined) throw new Error('Expected product 1 to have items.');
    await bridge.run('queue', 'mark', '--skus', line.sku, '--action', 'delete', '--marketplace', 'FR');
    expect(await marks()).toMatchObject([{ productId: line.productId, action: 'delete', sku: line.sku }]);
  });

  it('marks the SKUs that are known and says with 2 which are not', async () => {
    const ran = await bridge.run('queue', 'mark', '--skus', 'NO-SUCH-SKU', '--json');
    expect(ran.code).toBe(2);
    expect(ran.out).toContain('SKU');
    expect(await marks()).toEqual([]);
  });

  it('loses what is removed by number, product or action, and nothing else', async () => {
    await bridge.run('queue', 'mark', '--products', '3,4,5', '--marketplace', 'FR');
    const [first] = await marks();
    expect(await bridge.json('queue', 'remove', String(first?.id))).toEqual({ removed: 1, inFlight: 0 });
    expect(await bridge.json('queue', 'remove', '--products', '5')).toEqual({ removed: 1, inFlight: 0 });
    expect((await marks()).map((one) => one.productId)).toEqual([4]);
    expect(await bridge.json('queue', 'remove', '--action', 'create')).toEqual({ removed: 0, inFlight: 0 });
  });

  it('keeps everything when a person on a terminal says no', async () => {
    await bridge.run('queue', 'mark', '--products', '3', '--marketplace', 'FR');
    const refused = await bridge.type(['n'], 'queue', 'remove', '--all');
    expect(refused).toMatchObject({ code: 0, out: 'Nothing was removed.\n' });
    expect(refused.err).toContain('1 mark will be removed. Go on? [y/N]');
    expect(await marks()).toHaveLength(1);
    expect((await bridge.type(['y'], 'queue', 'remove', '--all')).out).toBe('1 mark removed.\n');
  });
});

describe('Settings on the command line', () => {
  it('are listed, read, set and taken back, wider values holding again', async () => {
    const names = (await bridge.json<{ name: string; origin: string }[]>('settings', 'list')).map((one) => one.name);
    expect(names).toEqual(expect.arrayContaining(['sku-source', 'sending', 'price-rules', 'parts']));
    await bridge.run('settings', 'set', 'rounding', 'one-digit');
    await bridge.run('settings', 'set', 'rounding', 'attractive', '--marketplace', 'FR');
    const get = async (...scope: string[]) => (await bridge.run('settings', 'get', 'rounding', ...scope)).out;
    expect([await get(), await get('--marketplace', 'DE'), await get('--marketplace', 'FR')]).toEqual([
      'one-digit\n',
      'one-digit\n',
      'attractive\n',
    ]);
    await bridge.run('settings', 'unset', 'rounding', '--marketplace', 'FR');
    expect(await bridge.json('settings', 'get', 'rounding', '--marketplace', 'FR')).toMatchObject({
      text: 'one-digit',
      origin: 'global',
    });
    await bridge.run('settings', 'unset', 'rounding');
  });

  it('refuse with 2 what does not fit and what is given in the wrong place', async () => {
    expect(await bridge.run('settings', 'set', 'reserve', 'many')).toMatchObject({
      code: 2,
      err: expect.stringContaining('whole number'),
    });
    expect(await bridge.run('settings', 'set', 'sending', 'on')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--account'),
    });
  });

  it('change the SKU source freely while there is no listing', async () => {
    expect((await bridge.run('settings', 'set', 'sku-source', 'ids')).code).toBe(0);
    expect((await bridge.run('settings', 'unset', 'sku-source')).code).toBe(0);
  });
});

describe('Product options on the command line', () => {
  it('are described, said, shown and taken back, and a change marks the product', async () => {
    await bridge.run('queue', 'remove', '--all');
    expect(await bridge.json<{ name: string }[]>('option', 'list')).toContainEqual(
      expect.objectContaining({ name: 'price-override' }),
    );
    const set = ['option', 'set', '1', 'price-override', '12.50', '--marketplace', 'FR'];
    expect(await bridge.json(...set)).toEqual({ name: 'price-override', before: null, after: '12.50' });
    expect(await bridge.json('option', 'get', '1')).toEqual([
      { name: 'price-override', value: '12.50', combinationId: 0, marketplace: 'simulator/FR' },
    ]);
    expect(await marks()).toMatchObject([{ productId: 1, reason: 'option', marketplace: 'simulator/FR' }]);
    expect((await bridge.run('option', 'set', '1', 'asin', 'nonsense')).code).toBe(2);
    await bridge.run('option', 'clear', '1', 'price-override', '--marketplace', 'FR');
    expect(await bridge.json('option', 'get', '1')).toEqual([]);
    await bridge.run('option', 'set', '1', 'disabled', 'yes');
    expect(await bridge.json('option', 'clear', '1')).toEqual({ cleared: true });
  });
});

describe('People and programs on the command line', () => {
  it('a user gets a password from standard input, from a file, or typed twice; never as an argument', async () => {
    const piped = { input: 'correct horse battery\n' };
    expect((await bridge.runIn(piped, 'user', 'add', 'anna')).out).toBe('anna may log in now.\n');
    bridge.write('password', 'another good sentence\n');
    expect((await bridge.run('user', 'add', 'bert', '--password-file', 'password')).code).toBe(0);
    const typed = await bridge.type(['typed with care 123', 'typed with care 123'], 'user', 'add', 'carl');
    expect({ code: typed.code, shown: typed.err.includes('typed with care') }).toEqual({ code: 0, shown: false });
    expect((await bridge.type(['typed with care 123', 'something else'], 'user', 'add', 'dora')).code).toBe(2);
    expect(await bridge.run('user', 'add', 'emil', 'a password 12345')).toMatchObject({ code: 2, out: '' });
    expect(await bridge.runIn({ input: 'short\n' }, 'user', 'add', 'emil')).toMatchObject({ code: 2 });
    // Ctrl-C at the question.
    expect((await bridge.type(['\u0003'], 'user', 'add', 'emil')).code).toBe(1);
    const users = await bridge.json<{ name: string }[]>('user', 'list');
    expect(users.map((one) => one.name)).toEqual(['anna', 'bert', 'carl']);
  });

  it('a token is printed once and can be taken back', async () => {
    const { code, out, err } = await bridge.run('token', 'add', 'erp');
    expect({ code, token: /^fb_[\w-]{43}\n$/.test(out) }).toEqual({ code: 0, token: true });
    expect(err).toContain('cannot be shown again');
    const listed = await bridge.run('token', 'list', '--json');
    expect(JSON.parse(listed.out)).toMatchObject([{ name: 'erp', lastUsedAt: null }]);
    expect(listed.out).not.toContain(out.trim());
    expect((await bridge.run('token', 'revoke', 'erp')).code).toBe(0);
    expect(await bridge.json('token', 'list')).toEqual([]);
  });
});

describe('Tasks on the command line', () => {
  it('are listed with their last run, and run now', async () => {
    await bridge.run('queue', 'remove', '--all');
    const ran = await bridge.json('task', 'run', 'sweep-catalogue');
    expect(ran).toMatchObject({ task: 'sweep-catalogue', status: 'done' });
    expect((await marks()).every((one) => one.reason === 'sweep')).toBe(true);
    const tasks = await bridge.json<{ id: string; lastRun: { status: string } | null }[]>('task', 'list');
    expect(tasks.find((one) => one.id === 'sweep-catalogue')?.lastRun?.status).toBe('done');
    expect(tasks.map((one) => one.id)).toEqual(expect.arrayContaining(['export-offers', 'fetch-reports']));
  });
});
