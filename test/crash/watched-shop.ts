import { compose } from '../../src/compose.js';
import { loadConfiguration } from '../../src/config/load-configuration.js';
import { type CrashGround, environmentOf } from './crash-bridge.js';
import { fastClock } from './fast-clock.js';

/** The marketplaces that stay switched on, with the tax of the demo shop there in whole percent. */
export const TAX_PERCENT = { FR: 20n, DE: 19n } as const;

/** Makes the demo shop and the simulated account, selling in France and Germany. */
export async function setUp(
  ground: CrashGround,
): Promise<{ countries: ReadonlyMap<string, string>; listedSkus: ReadonlySet<string> }> {
  const configuration = loadConfiguration({ environment: { ...environmentOf(ground) }, workingFolder: ground.folder });
  const program = await compose(configuration, { clock: fastClock(ground.sinceMs) });
  const { marketplaces } = await program.setup.setUp('crash test');
  for (const one of marketplaces)
    if (!(one.country in TAX_PERCENT))
      await program.accounts.setActive(one.id, { active: false, reason: 'not watched' }, 'crash test');
  const watched = marketplaces.filter((one) => one.country in TAX_PERCENT).map((one) => one.amazonId);
  const skus: string[] = await program
    .db('sim_offer')
    .join('sim_listing', 'sim_listing.sku', 'sim_offer.sku')
    .where({ channel: 'DEFAULT' })
    .whereIn('marketplace_id', watched)
    .groupBy('sim_offer.sku')
    .having(program.db.raw('count(*)'), '=', watched.length)
    .pluck('sim_offer.sku');
  await program.close();
  return {
    countries: new Map(marketplaces.map((one) => [one.amazonId, one.country])),
    listedSkus: new Set(skus),
  };
}
