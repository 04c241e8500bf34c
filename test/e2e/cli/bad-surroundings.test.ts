import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeServerDatabase } from '../../support/server-database.js';
import { Bridge } from './bridge.js';

let bridge: Bridge;
beforeAll(async () => {
  bridge = new Bridge();
  await bridge.run('setup');
});
afterAll(() => bridge.remove());

/** Commands that need the settings, the database or the shop for different things. */
const COMMANDS = [['queue', 'list'], ['export', '--all'], ['settings', 'list'], ['doctor']];

describe('Broken settings', () => {
  const environment = { PORT: 'many', FEEDBRIDGE_SHOP: 'nonsense', FEEDBRIDGE_DATABSE: 'sqlite:x', LOG_LEVEL: 'loud' };

  it.each(COMMANDS)('end "%s %s" with 2, and every fault is listed', async (...argv) => {
    const { code, out, err } = await bridge.runIn({ environment }, ...argv);
    expect(code).toBe(2);
    for (const fault of ['PORT', 'FEEDBRIDGE_SHOP', 'Did you mean FEEDBRIDGE_DATABASE?', 'LOG_LEVEL'])
      expect(out + err).toContain(fault);
  });

  it('are one error for programs', async () => {
    const { code, out } = await bridge.runIn({ environment }, 'run', 'list', '--json');
    expect({ code, answer: JSON.parse(out) }).toMatchObject({
      code: 2,
      answer: { error: { code: 'INVALID_CONFIGURATION' } },
    });
  });

  it('do not keep a document from being checked', async () => {
    const checked = await bridge.runIn({ environment, input: '<AmazonEnvelope/>' }, 'feed', 'check', '-');
    expect(checked).toMatchObject({ code: 1, out: expect.stringContaining('Amazon would refuse this document.') });
  });
});

describe('Surroundings that fail', () => {
  it.each([
    [
      'a database server that does not answer',
      { FEEDBRIDGE_DATABASE: 'mysql://u:pa55word@127.0.0.1:1/b' },
      'FEEDBRIDGE_DATABASE',
    ],
    ['a shop server that does not answer', { FEEDBRIDGE_SHOP: 'mysql://u:pa55word@127.0.0.1:1/s' }, 'FEEDBRIDGE_SHOP'],
  ])('end an export with 1 for %s, name it, and keep the password', async (_case, environment, hint) => {
    const { code, out, err } = await bridge.runIn({ environment }, 'export', '--all');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('127.0.0.1:1');
    expect(err).toContain(hint);
    expect(err).not.toContain('pa55word');
  });

  it('end everything with 1 when the data folder cannot be written, and name the folder', async () => {
    bridge.write('in-the-way', 'a file');
    const environment = { FEEDBRIDGE_DATA: join('in-the-way', 'data') };
    const ran = await bridge.runIn({ environment }, 'setup');
    expect({ code: ran.code, out: ran.out }).toEqual({ code: 1, out: '' });
    expect(ran.err).toContain(join(bridge.folder, 'in-the-way'));
    expect(ran.err).not.toMatch(/\bat .*\(.*:\d+:\d+\)/);
    expect((await bridge.runIn({ environment }, 'doctor')).out).toMatch(/^data folder +failed/m);
  });

  it('end an export with 1 when its documents cannot be written where they should go', async () => {
    const ran = await bridge.run('export', '--products', '1', '--display', '--out', join('in-the-way', 'docs'));
    expect(ran.code).toBe(1);
    expect(ran.err).toContain(join(bridge.folder, 'in-the-way', 'docs'));
  });

  it('send nothing when the documents cannot be written where they should go', async () => {
    const out = join('in-the-way', 'docs');
    const known = await bridge.json<unknown[]>('run', 'list');
    const ran = await bridge.run('export', '--products', '1', '--send', '--display', '--out', out);
    expect(ran.code).toBe(1);
    expect(await bridge.json('run', 'list')).toEqual(known);
  });

  it('end a command with 1 for a file that is not there or is a folder', async () => {
    mkdirSync(join(bridge.folder, 'a-folder'));
    expect(await bridge.run('feed', 'check', 'nowhere.xml')).toMatchObject({
      code: 1,
      err: expect.stringContaining('nowhere.xml'),
    });
    expect(await bridge.run('feed', 'check', 'a-folder')).toMatchObject({
      code: 1,
      err: expect.stringContaining('EISDIR'),
    });
    const options = '--name x --region EU --seller-id A --client-id c --marketplaces FR --secrets-file nowhere.secrets';
    const add = await bridge.run('account', 'add', ...options.split(' '));
    expect(add).toMatchObject({ code: 1, err: expect.stringContaining('nowhere.secrets') });
  });
});

const onMariaDb = process.env.TEST_MYSQL_URL ? describe : describe.skip;

onMariaDb('A shop database on a server (needs TEST_MYSQL_URL)', () => {
  it('of another prefix ends an export with 2, and the doctor names the shop', async () => {
    const { url, remove } = await makeServerDatabase();
    try {
      const environment = { FEEDBRIDGE_SHOP: `${url}?prefix=shop_` };
      const ran = await bridge.runIn({ environment }, 'export', '--all');
      expect(ran).toMatchObject({ code: 2, err: expect.stringContaining('"shop_"') });
      const doctor = await bridge.runIn({ environment }, 'doctor');
      expect(doctor).toMatchObject({ code: 1, out: expect.stringMatching(/^shop +failed +.*"shop_"/m) });
    } finally {
      await remove();
    }
  });
});
