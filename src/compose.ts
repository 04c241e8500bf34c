import { join } from 'node:path';
import { assembleExport, type ExportParts } from './compose/assemble-export.js';
import { assembleGround, type Ground } from './compose/assemble-ground.js';
import type { Configuration } from './config/configuration.js';
import { type Clock, pause, systemClock } from './core/clock.js';
import { defineError, messageOf } from './core/errors.js';
import { processName } from './core/ids.js';
import { type Logger, openLogger } from './core/logger.js';
import { makeFolder } from './core/make-folder.js';
import { migrate } from './db/migrate.js';
import { openDatabase } from './db/open-database.js';
import { type DiskSpace, diskSpaceOf } from './features/reports/disk-watch.js';
import { SetupService } from './features/setup/setup-service.js';
import { type LockTimes, TASK_LOCK_TIMES } from './scheduler/keep-lock.js';
import type { Shop } from './shop/catalogue.js';
import { openDemoShop } from './shop/demo-shop/open-demo-shop.js';
import { openShop } from './shop/open-shop.js';
import { openShopOutbox } from './shop/open-shop-outbox.js';
import type { ShopOutbox } from './shop/shop-outbox.js';

export const DataFolderUnusable = defineError<{ folder: string; reason: string }>(
  'DATA_FOLDER_UNUSABLE',
  503,
  ({ folder, reason }) =>
    `Expected a data folder that can be made at ${folder}, got: ${reason}. Set FEEDBRIDGE_DATA to a folder that this user may write.`,
);

/** The whole program, put together: what commands, pages and tasks call. */
export interface Feedbridge extends Ground, ExportParts {
  readonly setup: SetupService;
  /** Ends what runs and closes every connection. */
  close(): Promise<void>;
}

export interface ComposeOptions {
  readonly clock?: Clock;
  readonly logger?: Logger;
  /** How time is waited for between two looks at Amazon; tests move their clock instead. */
  readonly pause?: typeof pause;
  /** Tells how full the disk of the data folder is; default: the system. */
  readonly diskSpace?: DiskSpace;
  /** How the lock of a send is kept; default 60 s, renewed every 15 s. */
  readonly lockTimes?: LockTimes;
}

/**
 * Opens database and shop and puts the program together; the only place that constructs things.
 *
 * @param configuration as `loadConfiguration` gives it
 * @returns everything migrated and ready; call `close` at the end
 * @throws the errors of database, shop and key that name what is wrong and how to mend it
 */
export async function compose(configuration: Configuration, options: ComposeOptions = {}): Promise<Feedbridge> {
  const clock = options.clock ?? systemClock;
  const logger = options.logger ?? openLogger(configuration.logLevel);
  prepareDataFolder(configuration.dataFolder);
  const db = await openDatabase(configuration.databaseUrl);
  let shop: Shop | null = null;
  try {
    await migrate(db);
    shop = await openConfiguredShop(configuration, { clock, logger });
    const { pause: wait = pause, lockTimes = TASK_LOCK_TIMES } = options;
    const { diskSpace = diskSpaceOf(configuration.dataFolder) } = options;
    const outbox = outboxOf(configuration);
    const opened = { configuration, clock, logger, pause: wait, lockTimes, diskSpace, db, shop, outbox };
    const ground = assembleGround({ ...opened, owner: processName() });
    const parts = assembleExport(ground);
    const { accounts, settings, simulator } = ground;
    const setup = new SetupService({ clock, shop, accounts, settings, seller: simulator });
    return { ...ground, ...parts, setup, close: () => close(ground) };
  } catch (error) {
    // What stays open would keep the process alive after its last word.
    await shop?.close();
    await db.destroy();
    throw error;
  }
}

/** Made at once, so that the first document finds its place and a wrong one is known before anything is computed. */
function prepareDataFolder(folder: string): void {
  try {
    makeFolder(folder);
  } catch (error) {
    throw new DataFolderUnusable({ folder, reason: messageOf(error) }, { cause: error });
  }
}

async function openConfiguredShop(
  { shop, dataFolder }: Configuration,
  { clock, logger }: { readonly clock: Clock; readonly logger: Logger },
): Promise<Shop> {
  if (shop.kind === 'demo')
    return openDemoShop({ file: join(dataFolder, 'demo-shop.sqlite'), now: new Date(clock.nowMs()) });
  return openShop(shop.url, { clock, logger });
}

/** Connects to nothing before it is asked for something. */
function outboxOf({ shop }: Configuration): ShopOutbox | null {
  return shop.kind === 'prestashop' ? openShopOutbox(shop.url) : null;
}

async function close({ amazon, simulator, outbox, shop, db }: Ground): Promise<void> {
  await amazon.close();
  await simulator.stop();
  await outbox?.close();
  await shop.close();
  await db.destroy();
}
