import type { Command } from 'commander';
import type { CommandHost } from '../add-command.js';
import { addListingConfirmCommand } from './listing-confirm-command.js';
import { addListingListCommand } from './listing-list-command.js';
import { addListingReadCommand } from './listing-read-command.js';
import { addListingShowCommand } from './listing-show-command.js';

/** `listing`: what we remember of SKUs at Amazon. */
export function addListingCommands(root: Command, host: CommandHost): void {
  const listing = root.command('listing').description('what we remember of SKUs at Amazon');
  addListingReadCommand(listing, host);
  addListingListCommand(listing, host);
  addListingShowCommand(listing, host);
  addListingConfirmCommand(listing, host);
}
