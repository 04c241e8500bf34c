import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { CommandLine } from './command-line.js';
import type { Terminal } from './terminal.js';
import { Interrupted } from './wrong-use.js';

/**
 * Asks before something is done. Where nobody can be asked the question is only said and the answer is yes: what must not go on
 * without a word of consent asks for `--yes` itself.
 *
 * @param what a sentence that says how many are touched: "3 listings are taken off Amazon."
 */
export async function agrees(what: string, cli: CommandLine): Promise<boolean> {
  if (!cli.mayAsk) {
    cli.remark(what);
    return true;
  }
  const answer = await askLine(`${what} Go on? [y/N] `, cli.terminal, { echo: true });
  return /^y(es)?$/i.test(answer.trim());
}

/** Asks for a text that is not shown while it is typed. */
export async function askHidden(question: string, terminal: Terminal): Promise<string> {
  const answer = await askLine(question, terminal, { echo: false });
  terminal.errors.write('\n');
  return answer;
}

async function askLine(question: string, terminal: Terminal, { echo }: { echo: boolean }): Promise<string> {
  const { input, errors, signal } = terminal;
  const dark = new Writable({ write: (_chunk, _encoding, done) => done() });
  // readline writes what is typed to its output: the dark one swallows it, so the question is written beside it.
  if (!echo) errors.write(question);
  const lines = createInterface({ input, output: echo ? errors : dark, terminal: true });
  // In raw mode Ctrl-C is a key and no signal.
  const key = new AbortController();
  lines.once('SIGINT', () => key.abort());
  try {
    return await lines.question(echo ? question : '', { signal: AbortSignal.any([signal, key.signal]) });
  } catch (error) {
    throw key.signal.aborted ? new Interrupted({}, { cause: error }) : error;
  } finally {
    lines.close();
  }
}
