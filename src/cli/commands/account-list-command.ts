import type { Command } from 'commander';
import { z } from 'zod';
import type { Feedbridge } from '../../compose.js';
import type { Account, Marketplace } from '../../features/accounts/account.js';
import { addCommand, type CommandHost } from '../add-command.js';
import { textLines } from '../answer.js';
import { timeText } from '../plain-words.js';
import { tableLines } from '../table.js';

interface ListedAccount extends Account {
  readonly sending: boolean;
  readonly marketplaces: readonly Marketplace[];
}

/** `account list`: every account with its marketplaces; never a secret. */
export function addAccountListCommand(account: Command, host: CommandHost): void {
  addCommand(account, host, {
    call: 'list',
    summary: 'show the accounts and their marketplaces',
    input: z.object({}),
    run: async (_input, cli) => {
      const accounts = await listAccounts(await cli.program());
      return { data: accounts, text: textLines(describe(accounts)) };
    },
  });
}

async function listAccounts(program: Feedbridge): Promise<readonly ListedAccount[]> {
  const settings = await program.settings.load();
  const listed: ListedAccount[] = [];
  for (const account of await program.accounts.list()) {
    const sending = settings.get('sending', { kind: 'account', accountId: account.id });
    listed.push({ ...account, sending, marketplaces: await program.accounts.marketplaces(account.id) });
  }
  return listed;
}

function describe(accounts: readonly ListedAccount[]): readonly string[] {
  if (accounts.length === 0)
    return [
      'There is no account yet. "feedbridge setup" makes one at the simulated Amazon, "feedbridge account add" a real one.',
    ];
  const inactive = accounts.flatMap((account) => account.marketplaces.filter((one) => !one.active));
  return [
    ...tableLines(accounts, [
      { heading: 'Name', text: (row) => row.name },
      { heading: 'Region', text: (row) => row.region },
      { heading: 'Shop', text: (row) => String(row.shopId), right: true },
      { heading: 'Seller', text: (row) => row.sellerId },
      { heading: 'Address', text: (row) => row.baseUrl },
      { heading: 'Feeds', text: (row) => row.feedFormat },
      { heading: 'Sending', text: (row) => (row.sending ? 'on' : 'off') },
      { heading: 'State', text: (row) => row.state },
      { heading: 'Listings read', text: (row) => timeText(row.listingsReadAtMs) },
      { heading: 'Marketplaces', text: activeCountries },
    ]),
    ...inactive.map((one) => `${one.accountName}/${one.country} is inactive: ${one.inactiveReason || 'switched off.'}`),
  ];
}

function activeCountries({ marketplaces }: ListedAccount): string {
  return marketplaces
    .filter((one) => one.active)
    .map((one) => one.country)
    .join(' ');
}
