import type { AmazonAccount } from '../../amazon/amazon-account.js';
import { openAmazonAccount } from '../../amazon/open-amazon-account.js';
import type { Clock, pause } from '../../core/clock.js';
import type { Logger } from '../../core/logger.js';
import type { Account } from './account.js';
import type { AccountService } from './account-service.js';

export interface AmazonAccessOptions {
  readonly accounts: Pick<AccountService, 'credentials'>;
  /** The address at which our own local Amazon answers now, for example "http://127.0.0.1:4010". */
  readonly resolveSimulator: () => Promise<string>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How time is waited for; default: really. */
  readonly pause?: typeof pause;
  /** What Amazon's logs call us: "Feedbridge/0.1 (Language=JavaScript; Platform=Node)". */
  readonly userAgent: string;
}

interface Addresses {
  readonly baseUrl: string;
  readonly tokenUrl: string;
}

interface OpenAccount extends Addresses {
  readonly amazon: Promise<AmazonAccount>;
}

/** Amazon's own path of its token endpoint; the simulator answers there too, on its one address. */
const TOKEN_PATH = '/auth/o2/token';

/** Opens accounts at Amazon, one client for each, so that all callers share its access token and its quotas. */
export class AmazonAccess {
  readonly #options: AmazonAccessOptions;
  readonly #opened = new Map<number, OpenAccount>();

  constructor(options: AmazonAccessOptions) {
    this.#options = options;
  }

  /**
   * The client of an account; a simulator that moved to another address gets a new one.
   *
   * @throws AccountUnknown, AddressInvalid, SealingKeyUnknown; what `resolveSimulator` throws when none runs
   */
  async open(account: Account): Promise<AmazonAccount> {
    const addresses = await this.#addressesOf(account);
    const known = this.#opened.get(account.id);
    if (known?.baseUrl === addresses.baseUrl && known.tokenUrl === addresses.tokenUrl) return known.amazon;
    const entry = { ...addresses, amazon: this.#connect(account.id, addresses) };
    this.#opened.set(account.id, entry);
    try {
      if (known) await closeOpened([known]);
      return await entry.amazon;
    } catch (error) {
      if (this.#opened.get(account.id) === entry) this.#opened.delete(account.id);
      throw error;
    }
  }

  /** Ends every client: running calls fail, and all have ended when it resolves. */
  async close(): Promise<void> {
    const all = [...this.#opened.values()];
    this.#opened.clear();
    await closeOpened(all);
  }

  async #addressesOf(account: Account): Promise<Addresses> {
    if (!account.simulator) return { baseUrl: account.baseUrl, tokenUrl: account.tokenUrl };
    const baseUrl = (await this.#options.resolveSimulator()).replace(/\/+$/, '');
    return { baseUrl, tokenUrl: baseUrl + TOKEN_PATH };
  }

  async #connect(accountId: number, addresses: Addresses): Promise<AmazonAccount> {
    const { accounts, clock, logger, pause, userAgent } = this.#options;
    const credentials = await accounts.credentials(accountId);
    return openAmazonAccount({
      ...addresses,
      ...credentials,
      clock,
      logger: logger.child({ accountId }),
      userAgent,
      ...(pause ? { pause } : {}),
    });
  }
}

/** One that failed to open has told its own caller why, and has nothing to close. */
async function closeOpened(all: readonly OpenAccount[]): Promise<void> {
  const results = await Promise.allSettled(all.map((one) => one.amazon));
  await Promise.all(results.map((result) => (result.status === 'fulfilled' ? result.value.close() : undefined)));
}
