import type { Command } from 'commander';
import { z } from 'zod';
import type { SetupResult } from '../../features/setup/setup-service.js';
import { addCommand, type CommandHost } from '../add-command.js';
import { type Answer, textLines } from '../answer.js';
import { ACTOR } from '../command-line.js';
import { counted } from '../plain-words.js';

/** `setup`: prepares the embedded default, without questions. */
export function addSetupCommand(root: Command, host: CommandHost): void {
  addCommand(root, host, {
    call: 'setup',
    summary: 'make the tables and an account at the simulated Amazon; a second time it changes nothing',
    input: z.object({}),
    run: async (_input, cli) => toAnswer(await (await cli.program()).setup.setUp(ACTOR)),
  });
}

function toAnswer({ account, marketplaces, created, listed }: SetupResult): Answer {
  const done = created ? 'was made' : 'was there already';
  const lines = [
    `The account ${account.name} at the simulated Amazon ${done}; ${counted(listed, 'SKU is', 'SKUs are')} listed there from the start.`,
    ...marketplaces.map(({ country, active, inactiveReason }) =>
      active ? `  ${country}  active` : `  ${country}  inactive: ${inactiveReason}`,
    ),
    'See what would be sent:  feedbridge export --all --create',
    'Send it:                 feedbridge export --all --create --send --wait',
  ];
  return { data: { account, marketplaces, created, listed }, text: textLines(lines) };
}
