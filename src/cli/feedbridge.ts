import type { ExitCode } from './answer.js';
import { runCommand } from './run-command.js';
import { Interrupted } from './wrong-use.js';

/**
 * The `feedbridge` command. Ctrl-C ends it at the next safe place; a second one at once.
 *
 * @param argv what stands after "feedbridge"
 * @returns the exit code
 */
export async function main(argv: readonly string[]): Promise<ExitCode> {
  const interrupted = new AbortController();
  const stop = () => interrupted.abort(new Interrupted({}));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    return await runCommand(argv, {
      environment: process.env,
      workingFolder: process.cwd(),
      input: process.stdin,
      output: process.stdout,
      errors: process.stderr,
      signal: interrupted.signal,
    });
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}
