import type { LogLevel } from '../core/logger.js';
import type { ShopSetting } from './shop-setting.js';

/** What the process was told when it started. What a person may change while it runs lives in the database. */
export interface Configuration {
  /** `sqlite:/absolute/file` or `mysql://…`, as `openDatabase` takes it. Holds a password. */
  readonly databaseUrl: string;
  readonly shop: ShopSetting;
  /** Absolute folder of documents, answers and run logs. */
  readonly dataFolder: string;
  /** Base of the shop's Webservice with its key, or null: then nothing is ever written to the shop. */
  readonly shopWebserviceUrl: string | null;
  /** The keys of FEEDBRIDGE_KEY, newest first; empty = the key file is used. */
  readonly sealingKeys: readonly Buffer[];
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
  readonly logLevel: LogLevel;
}
