import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Bridge } from './bridge.js';
import { startCommand } from './start-command.js';

let bridge: Bridge;
beforeAll(async () => {
  bridge = new Bridge();
  await bridge.run('setup');
  for (const country of ['DE', 'ES', 'IT', 'UK']) await bridge.run('account', 'marketplace', country, 'off');
});
afterAll(() => bridge.remove());

const start = (...argv: readonly string[]) => startCommand(bridge, argv);

describe('The command as a process', () => {
  it('ends when it cannot be put together, with nothing left open that keeps it alive', async () => {
    bridge.write('no-home', 'a file');
    const home = join(bridge.folder, 'no-home');
    const { code, err } = await startCommand(bridge, ['queue', 'list'], { HOME: home, FEEDBRIDGE_KEY: undefined })
      .ended;
    expect(code).not.toBe(0);
    expect(err).toContain(home);
  });

  it('gives its result on standard output alone and its exit code to the shell', async () => {
    const { code, out, err } = await start('run', 'list', '--json').ended;
    expect({ code, runs: JSON.parse(out), err }).toEqual({ code: 0, runs: [], err: '' });
    expect(await start('run', 'show', '12').ended).toMatchObject({ code: 2, out: '' });
  });

  it('ends quietly when its reader goes before the end', async () => {
    const running = start('export', '--all', '--verify');
    const { stdout } = running.process;
    if (stdout === null) throw new Error('Expected a pipe, got none.');
    await once(stdout, 'data');
    stdout.destroy();
    const { code, err } = await running.ended;
    expect({ code, complaint: /EPIPE|Unexpected/.test(err) }).toEqual({ code: 0, complaint: false });
  });

  it('Ctrl-C ends a send that waits: with 1, nothing lost, and the next one goes on', async () => {
    const running = start('export', '--products', '1,2,3', '--send', '--wait', '--marketplace', 'FR');
    await running.shows(/Feeds that Amazon works on/);
    running.process.kill('SIGINT');
    expect(await running.ended).toMatchObject({ code: 1, signal: null, err: expect.stringContaining('Interrupted.') });
    expect(await bridge.json('run', 'list', '--limit', '1')).toMatchObject([{ mode: 'send', status: 'failed' }]);
    const marks = await bridge.json<{ productId: number }[]>('queue', 'list');
    expect(marks.map((mark) => mark.productId)).toEqual([1, 2, 3]);
    const next = await bridge.run('export', '--send', '--wait', '--marketplace', 'FR');
    expect([0, 3]).toContain(next.code);
    expect(await bridge.json('queue', 'list')).toEqual([]);
  });

  it('runs the simulated Amazon for others until Ctrl-C', async () => {
    const running = start('simulator', '--json');
    const [, url] = await running.shows(/"url":"([^"]+)","own":true/);
    expect(await bridge.json('simulator')).toEqual({ url, own: false });
    expect(await bridge.json('account', 'test')).toMatchObject([{ account: 'simulator', accepted: true }]);
    running.process.kill('SIGTERM');
    expect(await running.ended).toMatchObject({ code: 0, signal: null });
  });
});
