import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Bridge } from './bridge.js';

interface Check {
  readonly name: string;
  readonly status: string;
  readonly finding: string;
}

let bridge: Bridge;
beforeAll(() => {
  bridge = new Bridge();
});
afterAll(() => bridge.remove());

describe('From nothing to a working bridge', () => {
  it('the doctor makes nothing and says what to run', async () => {
    const { code, out } = await bridge.run('doctor', '--json');
    const { ok, checks } = JSON.parse(out) as { ok: boolean; checks: Check[] };
    expect({ code, ok }).toEqual({ code: 1, ok: false });
    const byName = new Map(checks.map((one) => [one.name, one]));
    expect(byName.get('settings')?.status).toBe('ok');
    expect(byName.get('database')).toMatchObject({ status: 'failed', finding: expect.stringContaining('setup') });
    expect(byName.get('shop')?.status).toBe('skipped');
    expect((await bridge.run('doctor')).out).toMatch(/^database +failed +The database/m);
  });

  it('migrate makes the tables, once', async () => {
    const { migrations } = await bridge.json<{ migrations: string[] }>('migrate');
    expect(migrations.length).toBeGreaterThan(20);
    expect(await bridge.json('migrate')).toEqual({ migrations: [] });
    expect((await bridge.run('migrate')).out).toBe('The tables are of this version already.\n');
  });

  it('setup asks nothing, makes the simulated account, and changes nothing the second time', async () => {
    const first = await bridge.json<{ created: boolean; listed: number; marketplaces: { country: string }[] }>('setup');
    expect(first).toMatchObject({ created: true, account: { name: 'simulator', simulator: true } });
    expect(first.marketplaces.map((one) => one.country).sort()).toEqual(['DE', 'ES', 'FR', 'IT', 'UK']);
    expect(first.listed).toBeGreaterThan(0);
    const accounts = await bridge.json('account', 'list');
    const second = await bridge.run('setup');
    expect(second).toMatchObject({ code: 0, out: expect.stringContaining('was there already') });
    expect(await bridge.json('account', 'list')).toEqual(accounts);
  });

  it('then the doctor is content, down to the authorization of the account', async () => {
    const { code, out } = await bridge.run('doctor', '--json');
    const { checks } = JSON.parse(out) as { checks: Check[] };
    expect({ code, bad: checks.filter((one) => one.status !== 'ok') }).toEqual({ code: 0, bad: [] });
    expect(checks.map((one) => one.name)).toEqual(
      expect.arrayContaining(['database', 'data folder', 'sealing key', 'shop', 'simulator', 'account simulator']),
    );
  });

  it('an account is added with its secrets from a file, and sending to it is off until it is switched on', async () => {
    bridge.write('acme.secrets', 'CLIENT_SECRET=hush-hush-1\nREFRESH_TOKEN="Atzr|hush-hush-2"\n');
    const options =
      '--name acme --region eu --seller-id A1 --base-url https://amazon.invalid --client-id c1 --marketplaces FR,DE';
    const add = ['account', 'add', ...options.split(' '), '--token-url', 'https://login.invalid/token'];
    expect(await bridge.run(...add)).toMatchObject({ code: 2, err: expect.stringContaining('--secrets-file') });
    const { code, out } = await bridge.run(...add, '--secrets-file', 'acme.secrets', '--json');
    expect({ code, data: JSON.parse(out) }).toMatchObject({
      code: 0,
      data: {
        account: { name: 'acme', region: 'EU', feedFormat: 'xml' },
        marketplaces: [{ country: 'DE' }, { country: 'FR' }],
      },
    });
    expect(out).not.toContain('hush-hush');
    const send = ['export', '--all', '--send', '--account', 'acme'];
    expect(await bridge.run(...send)).toMatchObject({
      code: 1,
      err: expect.stringContaining('feedbridge settings set sending on --account acme'),
    });
    expect((await bridge.run('settings', 'set', 'sending', 'on', '--account', 'acme')).code).toBe(0);
    expect((await bridge.run('settings', 'get', 'sending', '--account', 'acme')).out).toBe('on\n');
  });

  it('a country that two accounts have must be named with its account', async () => {
    const { code, err } = await bridge.run('export', '--marketplace', 'FR');
    expect(code).toBe(2);
    expect(err).toContain('acme/FR, simulator/FR');
    expect((await bridge.run('export', '--marketplace', 'simulator/FR')).code).toBe(0);
    expect((await bridge.run('export', '--marketplace', 'FR', '--account', 'simulator')).code).toBe(0);
  });

  it('secrets are asked for on a terminal and not shown', async () => {
    const options =
      '--name asked --region EU --seller-id A2 --base-url https://amazon.invalid --client-id c2 --marketplaces IT';
    const add = ['account', 'add', ...options.split(' '), '--token-url', 'https://login.invalid/token'];
    const { code, out, err } = await bridge.type(['hush-hush-3', 'hush-hush-4'], ...add);
    expect({ code, added: out.includes('The account asked was added') }).toEqual({ code: 0, added: true });
    expect(out + err).not.toContain('hush-hush');
  });

  it('the test of an account that does not answer fails and names the address', async () => {
    const ran = await bridge.run('account', 'test', 'acme', '--json');
    expect(ran.code).toBe(1);
    expect(JSON.parse(ran.out)).toEqual([
      { account: 'acme', accepted: false, finding: expect.stringContaining('login.invalid') },
    ]);
    expect(await bridge.run('account', 'test', 'simulator')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^simulator +ok/m),
    });
  });

  it('a marketplace is switched off and on', async () => {
    expect((await bridge.run('account', 'marketplace', 'simulator/UK', 'off')).code).toBe(0);
    expect(await bridge.run('export', '--marketplace', 'simulator/UK')).toMatchObject({
      code: 2,
      err: expect.stringContaining('Switched off by a person.'),
    });
    expect((await bridge.run('account', 'marketplace', 'simulator/UK', 'on')).code).toBe(0);
  });
});
