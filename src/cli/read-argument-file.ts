import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { CommandLine } from './command-line.js';

/**
 * Reads the text file that an argument names; "-" is standard input.
 *
 * @throws the system's error when it cannot be read
 */
export function readArgumentFile(argument: string, cli: CommandLine): Promise<string> {
  return argument === '-' ? text(cli.terminal.input) : readFile(cli.path(argument), 'utf8');
}
