import type { Command } from 'commander';
import type { CommandHost } from '../add-command.js';
import { addShopCheckCommand } from './shop-check-command.js';
import { addShopHookKeyCommands } from './shop-hook-key-commands.js';
import { addShopImportReferencesCommand } from './shop-import-references-command.js';
import { addShopSetStockCommand } from './shop-set-stock-command.js';
import { addShopTriggerCommands } from './shop-trigger-commands.js';
import { addShopVerifyPricesCommand } from './shop-verify-prices-command.js';

/** `shop`: the PrestaShop that offers come from. */
export function addShopCommands(root: Command, host: CommandHost): void {
  const shop = root.command('shop').description('the PrestaShop that offers come from');
  addShopCheckCommand(shop, host);
  addShopHookKeyCommands(shop, host);
  addShopTriggerCommands(shop, host);
  addShopVerifyPricesCommand(shop, host);
  addShopImportReferencesCommand(shop, host);
  addShopSetStockCommand(shop, host);
}
