import type { Command } from 'commander';
import { z } from 'zod';
import type { Feedbridge } from '../../compose.js';
import { defineError } from '../../core/errors.js';
import type { Account } from '../../features/accounts/account.js';
import { listingPast } from '../../features/listings/listing-past.js';
import { addCommand, type CommandHost } from '../add-command.js';
import { textLines } from '../answer.js';
import { limit, named, narrowing } from '../input-kinds.js';
import { chosenAccounts } from '../marketplace-choice.js';
import { MarketplaceNames } from '../marketplace-names.js';
import { type ShownListing, shownListingData, shownListingLines } from '../shown-listing.js';

const ListingUnknown = defineError<{ sku: string; accounts: readonly string[] }>(
  'LISTING_UNKNOWN',
  404,
  ({ sku, accounts }) =>
    `Expected a SKU that ${accounts.join(', ') || 'an account'} remembers, got ${JSON.stringify(sku)}. Compare it with "feedbridge listing list", letter by letter.`,
);

const USUAL_EVENTS = 50;

/** `listing show`: what was sent for a SKU, when and by which feed, what Amazon said, and how each part stands. */
export function addListingShowCommand(listing: Command, host: CommandHost): void {
  addCommand(listing, host, {
    call: 'show <sku>',
    summary: 'show what was sent for a SKU, when, in which feed, and what Amazon said',
    options: [
      ['--account <name>', 'only this account'],
      ['--limit <events>', `at most so many of its past (${USUAL_EVENTS})`],
    ],
    input: z.object({ sku: named('a SKU'), account: narrowing.account, limit }),
    run: async ({ sku, account, limit: most = USUAL_EVENTS }, cli) => {
      const program = await cli.program();
      const names = await MarketplaceNames.of(program);
      const shown = await findListings(sku, await chosenAccounts(account, program), { program, limit: most });
      return {
        data: shown.map((one) => shownListingData(one, names)),
        text: textLines(shown.flatMap((one) => shownListingLines(one, names))),
      };
    },
  });
}

/** One for each account that remembers the SKU. */
async function findListings(
  sku: string,
  accounts: readonly Account[],
  { program, limit: most }: { readonly program: Feedbridge; readonly limit: number },
): Promise<readonly ShownListing[]> {
  const found: ShownListing[] = [];
  for (const account of accounts)
    for (const memory of await program.listings.ofSkus(account.id, [sku])) {
      const past = await listingPast({ accountId: account.id, sku, limit: most }, program);
      const held = await program.holdViews.ofSku(account.id, sku);
      found.push({ account: account.name, memory, past, held });
    }
  if (found.length === 0) throw new ListingUnknown({ sku, accounts: accounts.map((one) => one.name) });
  return found;
}
