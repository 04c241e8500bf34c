import type { Command } from 'commander';
import { z } from 'zod';
import { addCommand, type CommandHost } from '../add-command.js';
import { textLines } from '../answer.js';
import { ACTOR } from '../command-line.js';
import { named } from '../input-kinds.js';
import { timeText } from '../plain-words.js';
import { factLines, tableLines } from '../table.js';

const name = named('a name for the key');

/** `shop hook-key`: what the shop signs its notices of changes with. */
export function addShopHookKeyCommands(shop: Command, host: CommandHost): void {
  const hookKey = shop.command('hook-key').description('keys that the shop signs its notices of changes with');
  addCommand(hookKey, host, {
    call: 'list',
    summary: 'show the keys by name; their secrets cannot be shown again',
    input: z.object({}),
    run: async (_input, cli) => {
      const keys = await (await cli.program()).hookKeys.list();
      const table = tableLines(keys, [
        { heading: 'Name', text: (row) => row.name },
        { heading: 'Key id', text: (row) => row.keyId },
        { heading: 'Made', text: (row) => timeText(row.createdAtMs) },
        { heading: 'Last used', text: (row) => timeText(row.lastUsedAtMs) },
      ]);
      return { data: keys, text: textLines(keys.length === 0 ? ['There is no hook key yet.'] : table) };
    },
  });
  addCommand(hookKey, host, {
    call: 'create <name>',
    summary: 'make a key; its secret is printed once and never again',
    input: z.object({ name }),
    run: async (input, cli) => {
      const made = await (await cli.program()).hookKeys.create(input.name, ACTOR);
      cli.remark(
        'Keep the secret now: it cannot be shown again. docs/shop/notices.md says how the shop signs with it.',
      );
      const lines = factLines([
        ['Key id', made.keyId],
        ['Secret', made.secret],
      ]);
      return { data: { name: input.name, ...made }, text: textLines(lines) };
    },
  });
  addCommand(hookKey, host, {
    call: 'remove <name>',
    summary: 'refuse what is signed with a key from now on',
    input: z.object({ name }),
    run: async (input, cli) => {
      await (await cli.program()).hookKeys.remove(input.name, ACTOR);
      return { data: { removed: input.name }, text: textLines([`What is signed with ${input.name} is refused now.`]) };
    },
  });
}
