import type { Answer, ExitCode } from './answer.js';
import { CommandLine } from './command-line.js';
import { describeFailure } from './failure.js';
import { feedbridgeCommand } from './feedbridge-command.js';
import { jsonText } from './json-text.js';
import { ResultStream } from './result-stream.js';
import { refuseSecretArguments } from './secret-arguments.js';
import type { Terminal } from './terminal.js';

/**
 * Runs one command from its arguments to its exit code; nothing is thrown, and everything that it opened is closed.
 *
 * @param argv what stands after "feedbridge"
 */
export async function runCommand(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const cli = new CommandLine(terminal, { json: wantsJson(argv) });
  const results = new ResultStream(terminal.output);
  let exitCode: ExitCode = 0;
  try {
    await close(cli, async () => {
      refuseSecretArguments(argv);
      const answer = async (one: Answer) => {
        await print(one, cli.json, results);
        exitCode = one.exitCode ?? 0;
      };
      await feedbridgeCommand({ cli, answer }).parseAsync([...argv], { from: 'user' });
      results.assertWritten();
    });
    return exitCode;
  } catch (error) {
    return report(error, cli, results);
  }
}

/** Closes the program after the work, whether it succeeded or not; the first fault is the one that is told. */
async function close(cli: CommandLine, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    await cli.close().catch(() => cli.remark('Closing the program failed as well.'));
    throw error;
  }
  await cli.close();
}

function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return argv.slice(0, end < 0 ? argv.length : end).includes('--json');
}

async function print(answer: Answer, json: boolean, results: ResultStream): Promise<void> {
  for await (const piece of json ? jsonText(answer.data) : answer.text) {
    if (!results.isRead) return;
    await results.write(piece);
  }
  if (json) await results.write('\n');
}

async function report(thrown: unknown, cli: CommandLine, results: ResultStream): Promise<ExitCode> {
  const { exitCode, said, stack } = describeFailure(thrown, cli.terminal.signal);
  if (said === null) return exitCode;
  for (const line of said.message.split('\n')) cli.remark(line);
  if (cli.terminal.environment.LOG_LEVEL === 'debug' && stack !== '') cli.terminal.errors.write(`${stack}\n`);
  if (cli.json && !results.hasBegun) await results.write(`${JSON.stringify({ error: said })}\n`);
  return exitCode;
}
