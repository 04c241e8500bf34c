import type { Clock } from '../../core/clock.js';
import type { Catalogue, Shop } from '../../shop/catalogue.js';
import type { AccountService } from '../accounts/account-service.js';
import { parseExportOptions } from '../export/export-options.js';
import { accountFrame, type ShopFrame, shopFrame } from '../export/plan/account-frame.js';
import type { SettingSource } from '../settings/loaded-settings.js';
import type { SweptShop } from './last-seen-store.js';

/** One shop as an account sells it. */
export interface SweptFrame extends SweptShop {
  readonly catalogue: Catalogue;
  /** Every active marketplace, with the parts of its settings. */
  readonly frame: ShopFrame;
}

export interface SweptShopsParts {
  readonly clock: Clock;
  readonly shop: Shop;
  readonly accounts: AccountService;
  readonly settings: SettingSource;
}

/** Every shop of every account with an active marketplace there, with the settings of that moment. */
export async function* sweptShops({ clock, shop, accounts, settings }: SweptShopsParts): AsyncGenerator<SweptFrame> {
  for (const account of await accounts.list()) {
    const active = (await accounts.marketplaces(account.id)).filter((one) => one.active);
    const frame = await accountFrame(account, new Set(active.map((one) => one.id)), { accounts, settings });
    if (frame === null) continue;
    for (const shopId of new Set(active.map((one) => one.shopId))) {
      const catalogue = shop.catalogue(shopId);
      const context = await catalogue.context();
      const whole = shopFrame(frame, context, parseExportOptions({}), clock);
      yield { accountId: account.id, shopId, catalogue, frame: whole };
    }
  }
}
