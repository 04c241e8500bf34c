import type { Command } from 'commander';
import { z } from 'zod';
import { migrateDatabase } from '../../compose/migrate-database.js';
import { addCommand, type CommandHost } from '../add-command.js';
import { textLines } from '../answer.js';
import { counted } from '../plain-words.js';

/** `migrate`: brings our tables to this version. */
export function addMigrateCommand(root: Command, host: CommandHost): void {
  addCommand(root, host, {
    call: 'migrate',
    summary: 'bring our own tables to this version; every other command does it too',
    input: z.object({}),
    run: async (_input, cli) => {
      const migrations = await migrateDatabase(cli.configuration.databaseUrl);
      const said =
        migrations.length === 0
          ? 'The tables are of this version already.'
          : `${counted(migrations.length, 'change')} made, up to ${migrations.at(-1)}.`;
      return { data: { migrations }, text: textLines([said]) };
    },
  });
}
