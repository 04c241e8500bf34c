import type { Command } from 'commander';
import { z } from 'zod';
import { confirmMove } from '../../features/listings/confirm-move.js';
import { addCommand, type CommandHost } from '../add-command.js';
import { textLines } from '../answer.js';
import { ACTOR } from '../command-line.js';
import { named, narrowing } from '../input-kinds.js';
import { chosenAccounts } from '../marketplace-choice.js';
import { WrongUse } from '../wrong-use.js';

/** `listing confirm`: says that a SKU which another product carries now is held no longer. */
export function addListingConfirmCommand(listing: Command, host: CommandHost): void {
  addCommand(listing, host, {
    call: 'confirm <sku>',
    summary: 'confirm that a SKU at Amazon is now the product that carries it in the shop',
    options: [['--account <name>', 'the account, where there are several']],
    input: z.object({ sku: named('a SKU'), account: narrowing.account }),
    run: async ({ sku, account: wanted }, cli) => {
      const program = await cli.program();
      const [account, ...others] = await chosenAccounts(wanted, program);
      if (account === undefined) throw new WrongUse({ reason: 'Expected an account, there is none yet. Run setup.' });
      if (others.length > 0) throw new WrongUse({ reason: 'Expected --account: there are several accounts.' });
      const move = await confirmMove({ account, sku, actor: ACTOR }, program);
      return {
        data: { account: account.name, ...move },
        text: textLines([`${sku} is ${move.present} from now on, no longer ${move.former}. Both are looked at again.`]),
      };
    },
  });
}
