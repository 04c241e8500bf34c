import type { Command } from 'commander';
import { z } from 'zod';
import type { Feedbridge } from '../../compose.js';
import type { Account } from '../../features/accounts/account.js';
import { testAuthorization } from '../../features/accounts/authorization-test.js';
import { addCommand, type CommandHost } from '../add-command.js';
import { textLines } from '../answer.js';
import { ACTOR } from '../command-line.js';
import { named } from '../input-kinds.js';
import { chosenAccounts } from '../marketplace-choice.js';
import { tableLines } from '../table.js';

/** `account test`: asks Amazon whether it lets us in, and notes the answer in the account's state. */
export function addAccountTestCommand(account: Command, host: CommandHost): void {
  addCommand(account, host, {
    call: 'test [name]',
    summary: 'ask Amazon whether it accepts the authorization of one account or of all',
    input: z.object({ name: named('the name of an account').optional() }),
    run: async ({ name }, cli) => {
      const program = await cli.program();
      const results = [];
      for (const one of await chosenAccounts(name, program)) results.push(await test(one, program));
      const table = tableLines(results, [
        { heading: 'Account', text: (row) => row.account },
        { heading: 'Result', text: (row) => (row.accepted ? 'ok' : 'failed') },
        { heading: 'Finding', text: (row) => row.finding },
      ]);
      return {
        data: results,
        text: textLines(results.length === 0 ? ['There is no account yet.'] : table),
        exitCode: results.every((one) => one.accepted) ? 0 : 1,
      };
    },
  });
}

async function test(account: Account, program: Feedbridge) {
  const { accounts, amazon, clock } = program;
  const open = amazon.open.bind(amazon);
  const { accepted, finding, state } = await testAuthorization(account, await accounts.marketplaces(account.id), {
    open,
    clock,
  });
  if (state !== null && state !== account.state) await accounts.setState(account.id, state, ACTOR);
  return { account: account.name, accepted, finding };
}
