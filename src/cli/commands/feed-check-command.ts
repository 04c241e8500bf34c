import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Command } from 'commander';
import { z } from 'zod';
import { checkFeedDocument, type FeedDocumentCheck } from '../../features/reports/check-feed-document.js';
import { addCommand, type CommandHost } from '../add-command.js';
import { textLines } from '../answer.js';
import type { CommandLine } from '../command-line.js';
import { named } from '../input-kinds.js';
import { counted } from '../plain-words.js';

/** `feed check`: checks a document or a report against our schemas; it need not be ours. */
export function addFeedCheckCommand(feed: Command, host: CommandHost): void {
  addCommand(feed, host, {
    call: 'check <file>',
    summary: 'check a feed document or a processing report against the schemas; - reads standard input',
    input: z.object({ file: named('a file') }),
    run: async ({ file }, cli) => {
      const check = await checkFeedDocument(await readDocument(file, cli));
      return { data: check, text: textLines(describe(file, check)), exitCode: check.valid ? 0 : 1 };
    },
  });
}

/** Documents of the archive are compressed. */
async function readDocument(file: string, cli: CommandLine): Promise<Buffer> {
  const bytes = file === '-' ? await buffer(cli.terminal.input) : await readFile(cli.path(file));
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? promisify(gunzip)(bytes) : bytes;
}

function describe(file: string, { valid, messageType, faults }: FeedDocumentCheck): readonly string[] {
  if (valid) return [`${file} is a valid document of the type ${messageType}.`];
  return [
    ...faults.map(({ line, message }) => `${file}${line === null ? '' : `:${line}`}: ${message}`),
    `${counted(faults.length, 'fault')}: Amazon would refuse this document.`,
  ];
}
