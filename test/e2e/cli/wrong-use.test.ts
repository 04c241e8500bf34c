import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Bridge } from './bridge.js';

let bridge: Bridge;
beforeAll(async () => {
  bridge = new Bridge();
  await bridge.run('setup');
});
afterAll(() => bridge.remove());

describe('The command line', () => {
  it('says what there is', async () => {
    const { code, out } = await bridge.run('--help');
    expect(code).toBe(0);
    for (const group of ['serve', 'setup', 'doctor', 'export', 'queue', 'listing', 'feed', 'task', 'simulator'])
      expect(out).toMatch(new RegExp(`^  ${group} `, 'm'));
    expect(await bridge.run('--version')).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });

  it.each([
    ['nothing at all', []],
    ['a group without its command', ['queue']],
    ['an unknown command', ['sell']],
    ['a mistyped command of a group', ['queue', 'lst']],
    ['an unknown option', ['queue', 'list', '--everything']],
    ['an argument too many', ['run', 'list', '5']],
    ['an argument too few', ['run', 'show']],
    ['an option without its value', ['queue', 'list', '--limit']],
  ])('ends with 2 for %s and prints no result', async (_case, argv) => {
    const { code, out, err } = await bridge.run(...argv);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).not.toMatch(/\bat .*\(.*:\d+:\d+\)/);
  });

  it('names every value that cannot be meant at once', async () => {
    const { code, err } = await bridge.run('export', '--since', 'yesterday', '--products', '1,x');
    expect(code).toBe(2);
    expect(err).toContain('Expected --since to be an instant such as 2026-11-21T14:00:00Z, got "yesterday".');
    expect(err).toContain(
      'Expected --products to be numbers of products separated by commas, such as 12,13, got "1,x".',
    );
  });

  it.each([
    ['a marketplace', ['export', '--marketplace', 'XX'], 'MARKETPLACE_UNKNOWN', 'simulator/FR'],
    ['an account', ['export', '--account', 'acme'], 'ACCOUNT_UNKNOWN', 'simulator'],
    ['a run', ['run', 'show', '7777'], 'RUN_UNKNOWN', 'feedbridge run list'],
    ['a feed', ['feed', 'report', '7777'], 'FEED_UNKNOWN', 'feedbridge feed list'],
    ['a SKU', ['listing', 'show', 'NO-SUCH'], 'LISTING_UNKNOWN', 'feedbridge listing list'],
    ['a setting', ['settings', 'get', 'sku-sorce'], 'SETTING_UNKNOWN', 'sku-source'],
    ['a product option', ['option', 'set', '1', 'colour', 'red'], 'UNKNOWN_PRODUCT_OPTION', 'title'],
    ['a product', ['option', 'get', '999999'], 'PRODUCTS_UNKNOWN', '999999'],
    ['a combination', ['option', 'set', '1', 'title', 'x', '--combination', '999999'], 'COMBINATION_UNKNOWN', '999999'],
    ['a mark', ['queue', 'remove', '999999'], 'WRONG_USE', '999999'],
    ['a task', ['task', 'run', 'tidy-up'], 'WRONG_USE', 'export-offers'],
    ['a token', ['token', 'revoke', 'erp'], 'TOKEN_UNKNOWN', 'erp'],
  ])('ends with 2 for %s that does not exist, says which and where to look', async (_case, argv, code, hint) => {
    const ran = await bridge.run(...argv, '--json');
    expect(ran.code).toBe(2);
    expect(JSON.parse(ran.out)).toEqual({ error: { code, message: ran.err.trimEnd() } });
    expect(ran.err).toContain(hint);
  });

  it('makes no run for an export that cannot be meant', async () => {
    const before = await bridge.json<unknown[]>('run', 'list');
    for (const argv of [['--marketplace', 'XX'], ['--account', 'acme'], ['--prices-only', '--stock-only'], ['--wait']])
      expect((await bridge.run('export', ...argv)).code).toBe(2);
    expect(await bridge.json('run', 'list')).toEqual(before);
  });
});

describe('Options that contradict each other end with 2 and a reason:', () => {
  it.each([
    ['--verify --send', 'either --verify or --send'],
    ['--verify --display', 'either --verify or --send'],
    ['--prices-only --stock-only', 'either prices only or stock only'],
    ['--prices-only --no-price', 'nothing would be sent'],
    ['--stock-only --create', 'Stock only sends quantities'],
    ['--all --products 1', 'one of --all, --since and --products'],
    ['--wait', '--send beside --wait'],
    ['--out docs', '--display beside --out'],
    ['--send --erase', '--yes beside --erase'],
    ['--account other --marketplace simulator/FR', 'other'],
  ])('export %s', async (options, reason) => {
    const { code, out, err } = await bridge.run('export', ...options.split(' '));
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(reason);
  });

  it('queue mark with and without SKUs', async () => {
    expect((await bridge.run('queue', 'mark')).code).toBe(2);
    expect((await bridge.run('queue', 'mark', '--products', '1', '--skus', 'A')).code).toBe(2);
    expect((await bridge.run('queue', 'mark', '--products', '1', '--action', 'delete')).code).toBe(2);
  });
});

describe('Secrets as arguments', () => {
  const SECRET = 'Atzr|the-secret-itself';

  it.each([
    ['--client-secret', SECRET],
    [`--client-secret=${SECRET}`],
    ['--refresh-token', SECRET],
    [`--refresh_token=${SECRET}`],
    ['--password', SECRET],
    [`--client-secrets=${SECRET}`],
  ])('are refused and not repeated: %s', async (...argv) => {
    const { code, out, err } = await bridge.run('account', 'add', '--name', 'acme', ...argv, '--json');
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ error: { code: 'SECRET_ARGUMENT' } });
    expect(out + err).not.toContain('the-secret-itself');
  });

  it('are not repeated under a mistyped name either', async () => {
    const { code, out, err } = await bridge.run('account', 'add', `--client-secert=${SECRET}`, '--json');
    expect(code).toBe(2);
    expect(out + err).not.toContain('the-secret-itself');
  });
});
