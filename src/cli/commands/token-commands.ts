import type { Command } from 'commander';
import { z } from 'zod';
import { addCommand, type CommandHost } from '../add-command.js';
import { textLines } from '../answer.js';
import { ACTOR } from '../command-line.js';
import { named } from '../input-kinds.js';
import { timeText } from '../plain-words.js';
import { tableLines } from '../table.js';

const name = named('a name for the token');

/** `token`: programs that may use the API. */
export function addTokenCommands(root: Command, host: CommandHost): void {
  const token = root.command('token').description('programs that may use the API');
  addCommand(token, host, {
    call: 'list',
    summary: 'show the tokens by name; they themselves cannot be shown again',
    input: z.object({}),
    run: async (_input, cli) => {
      const tokens = await (await cli.program()).apiTokens.list();
      const table = tableLines(tokens, [
        { heading: 'Name', text: (row) => row.name },
        { heading: 'Made', text: (row) => timeText(row.createdAtMs) },
        { heading: 'Last used', text: (row) => timeText(row.lastUsedAtMs) },
      ]);
      return { data: tokens, text: textLines(tokens.length === 0 ? ['There is no token yet.'] : table) };
    },
  });
  addCommand(token, host, {
    call: 'add <name>',
    summary: 'make a token; it is printed once and never again',
    input: z.object({ name }),
    run: async (input, cli) => {
      const made = await (await cli.program()).apiTokens.add(input.name, ACTOR);
      cli.remark('Keep it now: it cannot be shown again. Programs send it as "Authorization: Bearer TOKEN".');
      return { data: { name: input.name, token: made }, text: textLines([made]) };
    },
  });
  addCommand(token, host, {
    call: 'revoke <name>',
    summary: 'take a token back at once',
    input: z.object({ name }),
    run: async (input, cli) => {
      await (await cli.program()).apiTokens.revoke(input.name, ACTOR);
      return { data: { revoked: input.name }, text: textLines([`The token ${input.name} is worth nothing any more.`]) };
    },
  });
}
