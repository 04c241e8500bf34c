import { CommanderError } from 'commander';
import { FeedbridgeError, messageOf } from '../core/errors.js';
import type { ExitCode } from './answer.js';
import { exitCodeOf } from './exit-code.js';
import { translateFileError } from './file-errors.js';

/** How a command that did not come to its end says so. */
export interface Failure {
  readonly exitCode: ExitCode;
  /** Null where everything has been said already, as after `--help`. */
  readonly said: { readonly code: string; readonly message: string } | null;
  /** Where it came from; only for LOG_LEVEL=debug. */
  readonly stack: string;
}

/**
 * Describes what ended a command.
 *
 * @param signal aborted = whatever was thrown, a person wanted the end
 */
export function describeFailure(thrown: unknown, signal: AbortSignal): Failure {
  if (thrown instanceof CommanderError) return describeCommander(thrown);
  const error = translateFileError(signal.aborted ? signal.reason : thrown);
  const stack = thrown instanceof Error ? withCauses(thrown) : String(thrown);
  if (error instanceof FeedbridgeError)
    return { exitCode: exitCodeOf(error), said: { code: error.code, message: error.message }, stack };
  const message = `Unexpected: ${messageOf(error)}. For details repeat it with LOG_LEVEL=debug.`;
  return { exitCode: 1, said: { code: 'UNEXPECTED', message }, stack };
}

function describeCommander(error: CommanderError): Failure {
  const { code, message, exitCode } = error;
  if (exitCode === 0) return { exitCode: 0, said: null, stack: '' };
  if (code === 'commander.help') return { exitCode: 2, said: null, stack: '' };
  // What stands after = could be a secret under a mistyped name.
  const sentence = message
    .replace(/^error: /, '')
    .replace(/(--[\w-]+)=[^']*/, '$1')
    .replaceAll(/\s*\n\s*/g, ' ');
  const text = `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}. Add --help to see what there is.`;
  return { exitCode: 2, said: { code: 'WRONG_USE', message: text }, stack: '' };
}

function withCauses(error: Error): string {
  const own = error.stack ?? error.message;
  return error.cause instanceof Error ? `${own}\nbecause of ${withCauses(error.cause)}` : own;
}
