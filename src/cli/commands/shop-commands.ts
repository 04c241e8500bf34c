import type { Command } from 'commander';
import type { CommandHost } from '../add-command.js';
import { addShopCheckCommand } from './shop-check-command.js';

/** `shop`: the PrestaShop that offers come from. */
export function addShopCommands(root: Command, host: CommandHost): void {
  const shop = root.command('shop').description('the PrestaShop that offers come from');
  addShopCheckCommand(shop, host);
}
