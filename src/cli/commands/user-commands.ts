import type { Command } from 'commander';
import { z } from 'zod';
import { addCommand, type CommandHost } from '../add-command.js';
import { textLines } from '../answer.js';
import { askHidden } from '../ask-person.js';
import { ACTOR, type CommandLine } from '../command-line.js';
import { named } from '../input-kinds.js';
import { timeText } from '../plain-words.js';
import { readArgumentFile } from '../read-argument-file.js';
import { tableLines } from '../table.js';
import { hasPerson } from '../terminal.js';
import { WrongUse } from '../wrong-use.js';

/** `user`: the people who may log in. */
export function addUserCommands(root: Command, host: CommandHost): void {
  const user = root.command('user').description('the people who may log in');
  addCommand(user, host, {
    call: 'list',
    summary: 'show who may log in',
    input: z.object({}),
    run: async (_input, cli) => {
      const users = await (await cli.program()).users.list();
      const table = tableLines(users, [
        { heading: 'Name', text: (row) => row.name },
        { heading: 'Role', text: (row) => row.role },
        { heading: 'Since', text: (row) => timeText(row.createdAtMs) },
      ]);
      return { data: users, text: textLines(users.length === 0 ? ['There is no user yet.'] : table) };
    },
  });
  addCommand(user, host, {
    call: 'add <name>',
    summary: 'let someone log in; the password is asked for, or read from a file or standard input',
    options: [['--password-file <file>', 'its first line is the password; - reads standard input']],
    input: z.object({ name: named('a name'), passwordFile: named('a file').optional() }),
    run: async ({ name, passwordFile }, cli) => {
      const program = await cli.program();
      const user = await program.users.add({ name, password: await readPassword(passwordFile, cli) }, ACTOR);
      return { data: user, text: textLines([`${user.name} may log in now.`]) };
    },
  });
}

async function readPassword(file: string | undefined, cli: CommandLine): Promise<string> {
  if (file !== undefined || !hasPerson(cli.terminal)) {
    const [line = ''] = (await readArgumentFile(file ?? '-', cli)).split(/\r?\n/, 1);
    return line;
  }
  const password = await askHidden('Password (not shown): ', cli.terminal);
  const again = await askHidden('The same again: ', cli.terminal);
  if (password === again) return password;
  throw new WrongUse({ reason: 'Expected the same password twice, got two different ones. Start again.' });
}
