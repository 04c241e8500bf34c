import {
  type PriceVerification,
  type VerifyPricesOptions,
  verifyPrices,
} from '../features/price-verification/verify-prices.js';
import { AskedPrices } from '../shop/asked-prices/asked-prices.js';
import { openDatabaseShop } from '../shop/prestashop-database/open-database-shop.js';

/**
 * Verifies a table of prices against the shop in a PrestaShop database; nothing else of the program is opened.
 *
 * @param url as `openDatabaseShop` takes it
 * @param options see `verifyPrices`; atMs is the instant for which prices are computed, epoch milliseconds
 */
export async function verifyPricesOf(
  url: string,
  { atMs, ...options }: Omit<VerifyPricesOptions, 'shopIds'> & { readonly atMs: number },
): Promise<PriceVerification> {
  const shop = openDatabaseShop(url);
  try {
    const { shopIds } = shop;
    return await verifyPrices(new AskedPrices(shop.read, { shopIds, atMs }), { ...options, shopIds });
  } finally {
    await shop.close();
  }
}
