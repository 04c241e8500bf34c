import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable, Writable } from 'node:stream';
import { runCommand } from '../../../src/cli/run-command.js';
import type { Terminal } from '../../../src/cli/terminal.js';

/** What a command left behind. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A bridge of its own in an empty folder: demo shop, SQLite, simulated Amazon. */
export class Bridge {
  readonly folder = mkdtempSync(join(tmpdir(), 'feedbridge-test-'));
  readonly environment: NodeJS.ProcessEnv = {
    FEEDBRIDGE_KEY: Buffer.alloc(32, 7).toString('base64'),
    LOG_LEVEL: 'silent',
    PORT: '0',
  };

  /** Runs one command without anybody to ask. */
  run(...argv: readonly string[]): Promise<Ran> {
    return this.runIn({}, ...argv);
  }

  /** Runs one command in other surroundings. */
  async runIn(
    surroundings: Partial<Pick<Terminal, 'signal' | 'output'>> & {
      readonly environment?: NodeJS.ProcessEnv;
      readonly input?: string;
    },
    ...argv: readonly string[]
  ): Promise<Ran> {
    const out = collector();
    const err = collector();
    const code = await runCommand(argv, {
      environment: { ...this.environment, ...surroundings.environment },
      workingFolder: this.folder,
      input: Readable.from([surroundings.input ?? '']),
      output: surroundings.output ?? out.stream,
      errors: err.stream,
      signal: surroundings.signal ?? new AbortController().signal,
    });
    return { code, out: out.text(), err: err.text() };
  }

  /** Runs one command on a terminal where someone types the given lines. */
  async type(lines: readonly string[], ...argv: readonly string[]): Promise<Ran> {
    const keys = Object.assign(new PassThrough(), { isTTY: true as const });
    const left = [...lines];
    const out = collector();
    const err = collector((shown) => {
      // The next line is typed when a question has been asked.
      if (/(\[y\/N\]|:) $/.test(shown) && left.length > 0) keys.write(`${left.shift()}\n`);
    });
    const code = await runCommand(argv, {
      environment: this.environment,
      workingFolder: this.folder,
      input: keys,
      output: out.stream,
      errors: Object.assign(err.stream, { isTTY: true as const }),
      signal: new AbortController().signal,
    });
    return { code, out: out.text(), err: err.text() };
  }

  /** Runs one command with --json and reads what it printed. */
  async json<T>(...argv: readonly string[]): Promise<T> {
    const { out, err } = await this.run(...argv, '--json');
    if (out === '') throw new Error(`Expected JSON of ${argv.join(' ')}, got nothing: ${err}`);
    return JSON.parse(out) as T;
  }

  /** Puts a file into the folder. */
  write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function collector(watch: (shown: string) => void = () => undefined): { stream: Writable; text(): string } {
  let text = '';
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      text += String(chunk);
      done();
      watch(text);
    },
  });
  return { stream, text: () => text };
}
