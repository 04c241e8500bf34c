import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../../../src/core/project-root.js';
import { Bridge } from './bridge.js';

let bridge: Bridge;
beforeAll(async () => {
  bridge = new Bridge();
  await bridge.run('setup');
  for (const country of ['DE', 'ES', 'IT', 'UK']) await bridge.run('account', 'marketplace', country, 'off');
});
afterAll(() => bridge.remove());

interface Running {
  readonly process: ChildProcess;
  /** Resolves when standard output or standard error has shown a text that matches. */
  shows(pattern: RegExp): Promise<RegExpExecArray>;
  /** The end, with all that was printed. */
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; out: string; err: string }>;
}

/** Starts the command as a process of its own. */
function start(...argv: readonly string[]): Running {
  return startIn({}, ...argv);
}

/** Starts it in other surroundings; undefined takes a variable away. */
function startIn(surroundings: NodeJS.ProcessEnv, ...argv: readonly string[]): Running {
  const root = projectRoot();
  const args = [
    '--import',
    join(root, 'node_modules/tsx/dist/esm/index.mjs'),
    join(root, 'test/e2e/cli/feedbridge-process.ts'),
  ];
  const env = { PATH: process.env.PATH, HOME: bridge.folder, ...bridge.environment, ...surroundings };
  const child = spawn(process.execPath, [...args, ...argv], {
    cwd: bridge.folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  const watchers = new Set<() => void>();
  child.stdout.on('data', (chunk) => {
    out += String(chunk);
    for (const watch of watchers) watch();
  });
  child.stderr.on('data', (chunk) => {
    err += String(chunk);
    for (const watch of watchers) watch();
  });
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, out, err }));
  const shows = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const watch = () => {
        const match = pattern.exec(out + err);
        if (match) resolve(match);
      };
      watchers.add(watch);
      watch();
      void ended.then(() => reject(new Error(`Expected ${pattern}, the process ended with: ${out}${err}`)));
    });
  return { process: child, shows, ended };
}

describe('The command as a process', () => {
  it('ends when it cannot be put together, with nothing left open that keeps it alive', async () => {
    bridge.write('no-home', 'a file');
    const home = join(bridge.folder, 'no-home');
    const { code, err } = await startIn({ HOME: home, FEEDBRIDGE_KEY: undefined }, 'queue', 'list').ended;
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

  it('serves until Ctrl-C, and then ends with 0', async () => {
    const running = start('serve');
    const [, url = ''] = await running.shows(/Feedbridge runs at (http:\S+?)\/?\n/);
    expect((await fetch(`${url}/health`)).status).toBe(200);
    running.process.kill('SIGINT');
    expect(await running.ended).toMatchObject({ code: 0, signal: null });
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
