import { resolve } from 'node:path';
import { compose, type Feedbridge } from '../compose.js';
import type { Configuration } from '../config/configuration.js';
import { loadConfiguration } from '../config/load-configuration.js';
import { type LogLevel, openLogger } from '../core/logger.js';
import { printable } from './printable.js';
import { hasPerson, type Terminal } from './terminal.js';

/** Who the audit and the runs say it was. */
export const ACTOR = 'cli';

/** One call of a command: its surroundings, and the program behind it, which is put together when it is first needed. */
export class CommandLine {
  readonly terminal: Terminal;
  readonly json: boolean;
  #configuration: Configuration | null = null;
  #program: Promise<Feedbridge> | null = null;

  constructor(terminal: Terminal, options: { readonly json: boolean }) {
    this.terminal = terminal;
    this.json = options.json;
  }

  /** Whether questions may be asked: programs that read JSON are never asked. */
  get mayAsk(): boolean {
    return !this.json && hasPerson(this.terminal);
  }

  /** @throws InvalidConfiguration naming every fault at once */
  get configuration(): Configuration {
    const { environment, workingFolder } = this.terminal;
    this.#configuration ??= loadConfiguration({ environment, workingFolder });
    return this.#configuration;
  }

  /** @throws the errors of settings, database, shop and key that name what is wrong and how to mend it */
  program(): Promise<Feedbridge> {
    const { configuration } = this;
    this.#program ??= compose(configuration, { logger: openLogger(quieter(configuration.logLevel)) });
    return this.#program;
  }

  /** An absolute path of an argument. */
  path(argument: string): string {
    return resolve(this.terminal.workingFolder, argument);
  }

  /** Says something that is no result. */
  remark(sentence: string): void {
    this.terminal.errors.write(`${printable(sentence)}\n`);
  }

  /** Closes the program, also one that is just being put together. */
  async close(): Promise<void> {
    const opening = this.#program;
    this.#program = null;
    if (opening === null) return;
    const [opened] = await Promise.allSettled([opening]);
    // Whoever asked for a program that could not be opened has been told why.
    if (opened.status === 'fulfilled') await opened.value.close();
  }
}

/** A command says by itself what it does; the service's running commentary would only stand between. */
function quieter(level: LogLevel): LogLevel {
  return level === 'info' ? 'warn' : level;
}
