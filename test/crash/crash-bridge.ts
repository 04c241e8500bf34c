import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Order, Word } from './process-words.js';

/** Where all processes of a crash test live: one data folder, one database, one clock. */
export interface CrashGround {
  readonly folder: string;
  readonly databaseUrl: string;
  readonly sinceMs: number;
  /** As FEEDBRIDGE_KEY takes it. */
  readonly sealingKey: string;
  /** Whether the server of the database is killed, and not the bridge. */
  readonly databaseDies?: boolean;
}

/** How an order ended. */
export type Ending = { readonly kind: 'killed' } | Extract<Word, { kind: 'calm' }>;

/** Starts a program of this folder as a process of its own, which can be talked to. */
export function startProcess(file: string, ground: CrashGround): ChildProcess {
  const path = fileURLToPath(new URL(file, import.meta.url));
  return spawn(process.execPath, ['--import', 'tsx', path], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: {
      PATH: process.env.PATH,
      ...environmentOf(ground),
      CRASH_CLOCK_SINCE_MS: String(ground.sinceMs),
      ...(ground.databaseDies ? { CRASH_DATABASE_DIES: '1' } : {}),
    },
  });
}

/** The settings of every program on this ground. */
export function environmentOf({ folder, databaseUrl, sealingKey }: CrashGround): Readonly<Record<string, string>> {
  return {
    HOME: folder,
    FEEDBRIDGE_DATABASE: databaseUrl,
    FEEDBRIDGE_DATA: folder,
    FEEDBRIDGE_SHOP: 'demo',
    FEEDBRIDGE_KEY: sealingKey,
    LOG_LEVEL: 'silent',
  };
}

/** A bridge in a process that may die at any moment. */
export class CrashBridge {
  readonly #process: ChildProcess;
  readonly #ended: Promise<unknown[]>;

  private constructor(child: ChildProcess) {
    this.#process = child;
    this.#ended = once(child, 'exit');
  }

  static async start(ground: CrashGround): Promise<CrashBridge> {
    const bridge = new CrashBridge(startProcess('./bridge-process.ts', ground));
    await bridge.#nextWord();
    return bridge;
  }

  /**
   * Lets it work until nothing waits and nothing is on its way.
   *
   * @param killAt the write or call at which it dies, counted from here; null = it lives
   * @throws when it fails, or dies otherwise
   */
  async work(killAt: number | null): Promise<Ending> {
    this.#say({ kind: 'work', killAt });
    const word = await this.#nextWord();
    if (word.kind === 'failed') throw new Error(`The bridge failed: ${word.reason}`);
    if (word.kind === 'ready') throw new Error('Expected the end of the work, got the start of a process.');
    return word;
  }

  /** The same without being killed; a failure is an ending like any other here. */
  async attempt(): Promise<Ending | Extract<Word, { kind: 'failed' }>> {
    this.#say({ kind: 'work', killAt: null });
    const word = await this.#nextWord();
    if (word.kind === 'ready') throw new Error('Expected the end of the work, got the start of a process.');
    return word;
  }

  async end(): Promise<void> {
    this.#say({ kind: 'end' });
    await this.#ended;
  }

  #say(order: Order): void {
    this.#process.send(order);
  }

  async #nextWord(): Promise<Word | Ending> {
    const [first] = await Promise.race([once(this.#process, 'message'), this.#ended.then((end) => [{ end }])]);
    if (!('end' in first)) return first as Word;
    const [code, signal] = first.end as [number | null, NodeJS.Signals | null];
    if (signal === 'SIGKILL') return { kind: 'killed' };
    throw new Error(`Expected the bridge to work or to be killed, it ended with ${code ?? signal}.`);
  }
}
