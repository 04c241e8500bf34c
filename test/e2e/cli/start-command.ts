import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { projectRoot } from '../../../src/core/project-root.js';
import type { Bridge } from './bridge.js';

/** A command that runs as a process of its own. */
export interface RunningCommand {
  readonly process: ChildProcess;
  /** Resolves when standard output or standard error has shown a text that matches. */
  shows(pattern: RegExp): Promise<RegExpExecArray>;
  /** The end, with all that was printed. */
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; out: string; err: string }>;
}

/**
 * Starts a command in the bridge's folder.
 *
 * @param surroundings other variables of its environment; undefined takes one away
 */
export function startCommand(
  bridge: Bridge,
  argv: readonly string[],
  surroundings: NodeJS.ProcessEnv = {},
): RunningCommand {
  const root = projectRoot();
  const args = [
    '--import',
    join(root, 'node_modules/tsx/dist/esm/index.mjs'),
    join(root, 'test/e2e/cli/feedbridge-process.ts'),
  ];
  const child = spawn(process.execPath, [...args, ...argv], {
    cwd: bridge.folder,
    env: { PATH: process.env.PATH, HOME: bridge.folder, ...bridge.environment, ...surroundings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  const watchers = new Set<() => void>();
  const collect = (stream: 'out' | 'err') => (chunk: Buffer) => {
    said[stream] += String(chunk);
    for (const watch of watchers) watch();
  };
  child.stdout.on('data', collect('out'));
  child.stderr.on('data', collect('err'));
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, ...said }));
  const shows = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const watch = () => {
        const match = pattern.exec(said.out + said.err);
        if (match) resolve(match);
      };
      watchers.add(watch);
      watch();
      void ended.then(() => reject(new Error(`Expected ${pattern}, the process ended with: ${said.out}${said.err}`)));
    });
  return { process: child, shows, ended };
}
