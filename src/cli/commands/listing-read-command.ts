import type { Command } from 'commander';
import { z } from 'zod';
import { addCommand, type CommandHost } from '../add-command.js';
import { textLines } from '../answer.js';
import { ACTOR } from '../command-line.js';
import { narrowing } from '../input-kinds.js';
import { chosenAccounts } from '../marketplace-choice.js';
import { counted } from '../plain-words.js';
import { ProgressDisplay } from '../progress-display.js';

/** `listing read`: reads all listings of an account, whole, and remembers them as *effective*. */
export function addListingReadCommand(listing: Command, host: CommandHost): void {
  addCommand(listing, host, {
    call: 'read',
    summary: "read Amazon's report of all listings, of one account or of all",
    options: [['--account <name>', 'only this account']],
    input: z.object({ account: narrowing.account }),
    run: async ({ account: wanted }, cli) => {
      const program = await cli.program();
      const results: { account: string; listings: number }[] = [];
      for (const account of await chosenAccounts(wanted, program)) {
        const display = new ProgressDisplay(cli.terminal);
        const onProgress = ({ marketplace, listings }: { marketplace: string; listings: number }) =>
          display.show({ label: `Listings of ${account.name}/${marketplace}`, done: listings, total: null });
        display.show({ label: `Ordering the reports of ${account.name}`, done: null, total: null });
        // First: a reading is written in many transactions, and the earliest must not stand there without its author.
        const subject = `account ${account.name}`;
        await program.audit.record({ actor: ACTOR, action: 'listing-read', subject, details: {} });
        try {
          const listings = await program.reader.read(account, { signal: cli.terminal.signal, onProgress });
          results.push({ account: account.name, listings });
        } finally {
          display.end();
        }
      }
      const lines = results.map(({ account, listings }) => `${account}: ${counted(listings, 'listing')} read.`);
      return { data: results, text: textLines(lines.length === 0 ? ['There is no account yet.'] : lines) };
    },
  });
}
