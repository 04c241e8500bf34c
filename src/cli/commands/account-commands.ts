import type { Command } from 'commander';
import type { CommandHost } from '../add-command.js';
import { addAccountAddCommand } from './account-add-command.js';
import { addAccountListCommand } from './account-list-command.js';
import { addAccountMarketplaceCommand } from './account-marketplace-command.js';
import { addAccountTestCommand } from './account-test-command.js';

/** `account`: seller accounts at Amazon and their marketplaces. */
export function addAccountCommands(root: Command, host: CommandHost): void {
  const account = root.command('account').description('seller accounts at Amazon and their marketplaces');
  addAccountListCommand(account, host);
  addAccountAddCommand(account, host);
  addAccountTestCommand(account, host);
  addAccountMarketplaceCommand(account, host);
}
