import type { Clock } from '../core/clock.js';
import type { Logger } from '../core/logger.js';
import type { Db } from '../db/open-database.js';
import type { AccountCredentials, Marketplace } from '../features/accounts/account.js';
import type { SetupItem, SimulatedSeller } from '../features/setup/setup-service.js';
import { simulatorCredentials } from '../simulator/credentials.js';
import { seedSimulator } from '../simulator/seed-simulator.js';
import { ensureSimulator, type SimulatorHost } from '../simulator/simulator-host.js';

/** Connects the program with the simulated Amazon, which is started here only when something needs it and no other process runs it. */
export class SimulatorLink implements SimulatedSeller {
  readonly #on: { readonly db: Db; readonly clock: Clock; readonly logger: Logger };
  #host: Promise<SimulatorHost> | null = null;

  constructor(on: { readonly db: Db; readonly clock: Clock; readonly logger: Logger }) {
    this.#on = on;
  }

  /** The base URL of the simulator that serves this database. */
  async url(): Promise<string> {
    return (await this.start()).url;
  }

  /** Makes sure that a simulator answers, in this process or in another. */
  start(): Promise<SimulatorHost> {
    const before = this.#host;
    const host = this.#present(before);
    this.#host = host;
    // One that could not be made is tried anew by whoever asks next.
    host.catch(() => {
      if (this.#host === host) this.#host = null;
    });
    return host;
  }

  async #present(before: Promise<SimulatorHost> | null): Promise<SimulatorHost> {
    const known = await before;
    return known !== null && (await known.isThere()) ? known : ensureSimulator(this.#on);
  }

  async stop(): Promise<void> {
    const host = this.#host;
    this.#host = null;
    if (host !== null) await (await host).stop();
  }

  secrets(sellerId: string): AccountCredentials {
    return simulatorCredentials(sellerId);
  }

  seed(seed: {
    sellerId: string;
    marketplaces: readonly Marketplace[];
    items: readonly SetupItem[];
    nowMs: number;
  }): Promise<number> {
    const { sellerId, items, nowMs } = seed;
    const marketplaces = seed.marketplaces.map(({ amazonId, country, currency }) => ({
      id: amazonId,
      country,
      currency,
    }));
    return seedSimulator(this.#on.db, { sellerId, marketplaces, skus: items, nowMs });
  }
}
