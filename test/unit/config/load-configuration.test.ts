import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfiguration } from '../../../src/config/load-configuration.js';

const KEY = Buffer.alloc(32, 7);
let workingFolder: string;
beforeEach(() => {
  workingFolder = mkdtempSync(join(tmpdir(), 'feedbridge-test-'));
});
afterEach(() => rmSync(workingFolder, { recursive: true, force: true }));

const load = (environment: NodeJS.ProcessEnv = {}) => loadConfiguration({ environment, workingFolder });
const write = (name: string, text: string) => writeFileSync(join(workingFolder, name), text);

/** The lines of the refusal, without its heading. */
function faultsOf(environment: NodeJS.ProcessEnv): readonly string[] {
  try {
    load(environment);
  } catch (error) {
    expect(error).toMatchObject({ code: 'INVALID_CONFIGURATION' });
    return (error as Error).message.split('\n').slice(1);
  }
  throw new Error('expected the settings to be refused');
}

describe('The settings', () => {
  it('have a default for everything', () => {
    expect(load()).toEqual({
      databaseUrl: `sqlite:${workingFolder}/var/feedbridge.sqlite`,
      shop: { kind: 'demo' },
      dataFolder: join(workingFolder, 'var'),
      shopWebserviceUrl: null,
      sealingKeys: [],
      host: '127.0.0.1',
      port: 3000,
      logLevel: 'info',
    });
  });

  it('are read from the environment', () => {
    const configuration = load({
      FEEDBRIDGE_DATABASE: 'mysql://bridge:p%40ss@db:3307/feedbridge',
      FEEDBRIDGE_SHOP: 'mysql://reader:a%2Fb@127.0.0.1/shop?prefix=x_&shop=2,1',
      FEEDBRIDGE_DATA: '/srv/archive',
      FEEDBRIDGE_SHOP_WEBSERVICE: 'https://ABCDEFGHIJKLMNOPQRSTUVWXYZ012345@shop.example/api',
      FEEDBRIDGE_KEY: `${KEY.toString('hex')},${Buffer.alloc(32, 8).toString('base64')}`,
      HOST: '::1',
      PORT: '0',
      LOG_LEVEL: 'debug',
    });
    expect(configuration).toEqual({
      databaseUrl: 'mysql://bridge:p%40ss@db:3307/feedbridge',
      shop: { kind: 'prestashop', url: 'mysql://reader:a%2Fb@127.0.0.1/shop?prefix=x_&shop=2,1' },
      dataFolder: '/srv/archive',
      shopWebserviceUrl: 'https://ABCDEFGHIJKLMNOPQRSTUVWXYZ012345@shop.example/api',
      sealingKeys: [KEY, Buffer.alloc(32, 8)],
      host: '::1',
      port: 0,
      logLevel: 'debug',
    });
  });

  it('are completed from .env, and the environment comes first', () => {
    write('.env', 'PORT=4000\nLOG_LEVEL=warn\nFEEDBRIDGE_DATA=\n');
    expect(load({ PORT: '5000', LOG_LEVEL: '' })).toMatchObject({
      port: 5000,
      logLevel: 'warn',
      dataFolder: join(workingFolder, 'var'),
    });
  });

  it('come from the file FEEDBRIDGE_CONFIG instead of .env when it is named', () => {
    write('.env', 'PORT=4000\n');
    write('bridge.conf', 'LOG_LEVEL=error\n');
    expect(load({ FEEDBRIDGE_CONFIG: 'bridge.conf' })).toMatchObject({ port: 3000, logLevel: 'error' });
  });

  it('take a secret from the file that its _FILE name gives', () => {
    write('shop-url', 'mysql://u:p@h/d?prefix=&shop=3\n');
    const url = 'mysql://u:p@h/d?prefix=&shop=3';
    expect(load({ FEEDBRIDGE_SHOP_FILE: 'shop-url' }).shop).toEqual({ kind: 'prestashop', url });
  });

  it('name a shop by its Webservice', () => {
    const url = `https://${'K'.repeat(32)}@shop.example/fr/api?shop=1,2`;
    expect(load({ FEEDBRIDGE_SHOP: url }).shop).toEqual({ kind: 'webservice', url });
  });

  it('of the environment replace those of the file in either form', () => {
    write('.env', 'FEEDBRIDGE_DATABASE=mysql://file@h/d\n');
    write('secret', 'mysql://environment@h/d');
    expect(load({ FEEDBRIDGE_DATABASE_FILE: 'secret' }).databaseUrl).toBe('mysql://environment@h/d');
  });
});

describe('A wrong start', () => {
  it('names every fault at once', () => {
    write('.env', 'LOG_LEVEL=loud\nthis is no setting\nFEEDBRIDGE_DATABSE=sqlite:x\n');
    const faults = faultsOf({
      PORT: '70000',
      FEEDBRIDGE_SHOP: 'mysql://u:p@h/d?shop=0',
      FEEDBRIDGE_KEY_FILE: 'missing',
      FEEDBRIDGE_NONSENSE_OF_ANOTHER_KIND: '1',
    });
    expect(faults).toEqual([
      `- ${workingFolder}/.env:2: expected NAME=VALUE or # comment, got another text. Correct the line.`,
      `- FEEDBRIDGE_KEY_FILE: expected a readable file, got: ENOENT: no such file or directory, open '${workingFolder}/missing'. Correct the path or its rights.`,
      '- FEEDBRIDGE_NONSENSE_OF_ANOTHER_KIND: expected the name of a setting, got an unknown one. .env.example lists them all.',
      `- FEEDBRIDGE_DATABSE (${workingFolder}/.env:3): expected the name of a setting, got an unknown one. Did you mean FEEDBRIDGE_DATABASE?`,
      '- FEEDBRIDGE_SHOP: expected ids of shop contexts (shop=1 or shop=1,2), got shop="0". Leave FEEDBRIDGE_SHOP out for the demo shop, or correct it.',
      '- PORT: expected a whole number from 0 to 65535, got "70000". Use 3000, or 0 for any free port.',
      `- LOG_LEVEL (${workingFolder}/.env:1): expected error, warn, info, debug, silent, got "loud". Use info.`,
    ]);
  });

  it.each([
    ['FEEDBRIDGE_DATABASE', 'postgres://hidden@h/d', 'got a text that begins with neither'],
    ['FEEDBRIDGE_DATABASE', 'sqlite:', 'got no file after "sqlite:"'],
    ['FEEDBRIDGE_DATABASE', 'mysql://u:hidden@h', 'got no database name after the host'],
    ['FEEDBRIDGE_DATABASE', 'mysql://u:hid%zzden@h/d', 'got a broken percent-encoding'],
    ['FEEDBRIDGE_DATABASE', 'mysql://u:hidden@h:port/d', 'got no valid URL'],
    ['FEEDBRIDGE_SHOP', 'demos', 'got a text that begins with neither'],
    ['FEEDBRIDGE_SHOP', 'mysql://u:hidden@h/d?prefix=a-b', 'got prefix="a-b"'],
    ['FEEDBRIDGE_SHOP', 'mysql://u:hidden@h/d?shops=1', 'got the option "shops"'],
    ['FEEDBRIDGE_SHOP', 'mysql://u/d?hid&den@h/d', 'got the option "hid"'],
    ['FEEDBRIDGE_SHOP', 'mysql://u:hidden@h/d?shop=1;2', 'got shop="1;2"'],
    ['FEEDBRIDGE_SHOP_WEBSERVICE', 'ftp://hidden@shop', 'got the protocol "ftp:"'],
    ['FEEDBRIDGE_SHOP_WEBSERVICE', 'https://shop.example/api', 'got no key before the host'],
    ['FEEDBRIDGE_SHOP_WEBSERVICE', 'https://hidden@shop.example/api', 'got another key or a password'],
    ['FEEDBRIDGE_SHOP', `https://hidden${'0'.repeat(26)}@shop.example/`, 'got an address that ends otherwise'],
    ['FEEDBRIDGE_SHOP', `https://hidden${'0'.repeat(26)}@shop.example/api?prefix=a`, 'got the option "prefix"'],
    ['FEEDBRIDGE_SHOP', `https://hidden${'0'.repeat(26)}@shop.example/api?shop=a`, 'got shop="a"'],
    ['FEEDBRIDGE_KEY', 'hidden', 'got 6 characters that are not'],
    ['PORT', '30OO', 'got "30OO"'],
    ['HOST', 'a b', 'got "a b"'],
  ])('with %s=%s says what came, and no secret', (name, text, received) => {
    const [fault, ...others] = faultsOf({ [name]: text });
    expect(fault).toContain(received);
    expect(fault).not.toContain('hidden');
    expect(others).toEqual([]);
  });

  it('with a secret given twice in one place names both forms', () => {
    write('key', KEY.toString('hex'));
    const faults = faultsOf({ FEEDBRIDGE_KEY: KEY.toString('hex'), FEEDBRIDGE_KEY_FILE: 'key' });
    expect(faults).toEqual([
      '- FEEDBRIDGE_KEY_FILE: expected either FEEDBRIDGE_KEY or FEEDBRIDGE_KEY_FILE, got both. Remove one of them.',
    ]);
  });

  it('with an empty secret file or a missing settings file says which', () => {
    write('key', '\n');
    const faults = faultsOf({ FEEDBRIDGE_KEY_FILE: 'key', FEEDBRIDGE_CONFIG: 'none.conf' });
    expect(faults).toHaveLength(2);
    expect(faults[0]).toContain('FEEDBRIDGE_CONFIG: expected a readable file');
    expect(faults[1]).toContain('FEEDBRIDGE_KEY_FILE: expected a file that holds the secret, got an empty one');
  });
});
