import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Bridge } from './bridge.js';

interface Changed {
  readonly text: string;
  readonly marked: { readonly products: number; readonly marks: number };
  readonly preview: Readonly<Record<'products' | 'computedProducts' | 'offers' | 'changedOffers', number>> | null;
}

const PRODUCTS = 200;
const MARKETPLACES = 5;

let bridge: Bridge;
beforeAll(async () => {
  bridge = new Bridge();
  await bridge.run('setup');
});
afterAll(() => bridge.remove());

const set = (...argv: readonly string[]) => bridge.json<Changed>('settings', 'set', ...argv);
const get = async (name: string) => (await bridge.run('settings', 'get', name)).out.trim();

it('A setting changed before the first sweep marks nothing, and says so', async () => {
  const changed = await bridge.run('settings', 'set', 'reserve', '1');
  expect(changed).toMatchObject({ code: 0, err: 'No product is known there yet, so no offer would change.\n' });
  expect(changed.out).toContain('Marked 0 products (0 marks).');
  await bridge.run('settings', 'unset', 'reserve');
});

describe('A setting changed on the command line', () => {
  beforeAll(async () => {
    await bridge.run('task', 'run', 'sweep-catalogue');
  });
  beforeEach(async () => {
    await bridge.run('queue', 'remove', '--all');
  });
  afterAll(async () => {
    for (const name of ['reserve', 'rounding', 'cap']) await bridge.run('settings', 'unset', name);
  });

  it('counts the offers that would change, and what was marked, in JSON too', async () => {
    const { marked, preview } = await set('reserve', '2');
    expect(marked).toEqual({ products: PRODUCTS, marks: PRODUCTS * MARKETPLACES });
    expect(preview).toMatchObject({ products: PRODUCTS, computedProducts: PRODUCTS });
    expect(preview?.changedOffers).toBeGreaterThan(500);
    expect(preview?.changedOffers).toBeLessThan(preview?.offers ?? 0);
    expect(await bridge.json<unknown[]>('queue', 'list')).toHaveLength(PRODUCTS * MARKETPLACES);
    expect((await bridge.json<{ reason: string }[]>('queue', 'list'))[0]?.reason).toBe('setting reserve');
  });

  it('says both where nobody can be asked, and goes on', async () => {
    const { code, out, err } = await bridge.run('settings', 'set', 'rounding', 'attractive', '--marketplace', 'DE');
    expect(code).toBe(0);
    expect(err).toMatch(/^[\d,]+ of [\d,]+ offers would change \(all 200 products computed\)\.\n$/);
    expect(out).toBe(`rounding is "attractive" for DE (set for this marketplace).\nMarked 200 products (200 marks).\n`);
    await bridge.run('settings', 'unset', 'rounding', '--marketplace', 'DE');
  });

  it('is asked about once on a terminal, and stays as it is when a person says no', async () => {
    const refused = await bridge.type(['n'], 'settings', 'set', 'cap', '3');
    expect(refused).toMatchObject({ code: 0, out: 'Nothing was changed.\n' });
    expect(refused.err).toMatch(/offers would change \(all 200 products computed\)\. Go on\? \[y\/N\]/);
    expect(await get('cap')).toBe('none');
    expect(await bridge.json('queue', 'list')).toEqual([]);
    const agreed = await bridge.type(['y'], 'settings', 'set', 'cap', '3');
    expect(agreed.err.match(/Go on\?/g)).toHaveLength(1);
    expect(await get('cap')).toBe('3');
  });

  it('is not asked about with --yes, when it enters no offer, or when no offer would change', async () => {
    const asked = async (...argv: readonly string[]) =>
      (await bridge.type([], 'settings', 'set', ...argv)).err.includes('Go on?');
    expect(await asked('cap', '4', '--yes')).toBe(false);
    expect(await asked('products-per-claim', '3000')).toBe(false);
    expect(await asked('attractive-ending', '95')).toBe(false);
    await bridge.run('settings', 'unset', 'attractive-ending');
    await bridge.run('settings', 'unset', 'products-per-claim');
  });

  it('to the value it has already marks nothing', async () => {
    await set('cap', '5');
    expect((await set('cap', '05')).marked).toEqual({ products: 0, marks: 0 });
  });
});

describe('A marketplace on the command line', () => {
  it('switched off or on marks the products of the account on those that are on', async () => {
    const turn = (to: string) => bridge.json<Changed>('account', 'marketplace', 'UK', to);
    expect((await turn('off')).marked).toEqual({ products: PRODUCTS, marks: PRODUCTS * (MARKETPLACES - 1) });
    expect((await turn('off')).marked).toEqual({ products: 0, marks: 0 });
    expect((await turn('on')).marked).toEqual({ products: PRODUCTS, marks: PRODUCTS * MARKETPLACES });
    expect((await bridge.run('account', 'marketplace', 'UK', 'off')).out).toBe(
      'simulator/UK is inactive. Marked 200 products (800 marks).\n',
    );
  });
});
