import { join } from 'node:path';
import { vi } from 'vitest';
import { systemClock } from '../../../src/core/clock.js';
import { type Db, openDatabase } from '../../../src/db/open-database.js';
import { createDemoEdits, type DemoEdits } from '../../../src/shop/demo-shop/demo-edits.js';
import { ensureSimulator, type SimulatorHost } from '../../../src/simulator/simulator-host.js';
import type { ListingView } from '../../../src/simulator/state/listing-view.js';
import type { LogEntry } from '../../../src/simulator/state/log-entry.js';
import { SimulatorClient } from '../../contract/simulator/simulator-client.js';
import { Bridge, type Ran } from '../cli/bridge.js';

/** Amazon's own ids of the two marketplaces that stay switched on. */
export const AMAZON_ID = { FR: 'A13V1IB3VIYZZH', DE: 'A1PA6795UKMFR9' } as const;

/** The seller that `setup` makes for the demo shop. */
const SELLER_ID = 'SIMULATED1';
/** The simulated Amazon answers as fast as it can; its own pace is a matter of its own tests. */
const DELAYS = { queueMs: 10, processMs: 10, effectiveMs: 10 };

interface Preview {
  readonly lines: readonly { readonly verdicts: readonly { readonly sentence: string }[] }[];
}

/**
 * A bridge that sells the demo shop in France and Germany, worked by its commands; what came of it is asked of the simulated Amazon.
 */
export class SellingBridge {
  readonly bridge: Bridge;
  readonly office: DemoEdits;
  /** The demo shop's tables, for edits that have no name. */
  readonly shop: Db;
  readonly amazon: SimulatorClient;
  readonly #db: Db;
  readonly #simulator: SimulatorHost;
  #aheadMs = 0;

  private constructor(parts: { bridge: Bridge; db: Db; shop: Db; simulator: SimulatorHost }) {
    this.bridge = parts.bridge;
    this.shop = parts.shop;
    this.office = createDemoEdits({ db: parts.shop, clock: systemClock });
    this.amazon = new SimulatorClient(parts.simulator.url, SELLER_ID);
    this.#db = parts.db;
    this.#simulator = parts.simulator;
  }

  /**
   * Sets one up and sends these products, so that Amazon has their offers and nothing waits.
   *
   * @param productIds created in both marketplaces where Amazon has not listed them yet
   */
  static async open(productIds: readonly number[]): Promise<SellingBridge> {
    const bridge = new Bridge();
    await bridge.run('setup');
    for (const country of ['ES', 'IT', 'UK']) await bridge.run('account', 'marketplace', country, 'off');
    const db = await openDatabase(`sqlite:${join(bridge.folder, 'var', 'feedbridge.sqlite')}`);
    const shop = await openDatabase(`sqlite:${join(bridge.folder, 'var', 'demo-shop.sqlite')}`);
    const simulator = await ensureSimulator({ db, clock: systemClock, delays: DELAYS });
    const selling = new SellingBridge({ bridge, db, shop, simulator });
    // What the first sweep marks is the whole shop; the scenarios are about what changes afterwards.
    await bridge.run('task', 'run', 'sweep-catalogue');
    await bridge.run('queue', 'remove', '--all');
    await bridge.run('export', '--products', productIds.join(','), '--create', '--send', '--wait');
    return selling;
  }

  async close(): Promise<void> {
    vi.restoreAllMocks();
    await this.#simulator.stop();
    await this.shop.destroy();
    await this.#db.destroy();
    this.bridge.remove();
  }

  /** Lets the bridge notice what changed in the shop, and send it until Amazon has answered. */
  async sendChanges(): Promise<Ran> {
    await this.notice();
    return this.bridge.run('export', '--send', '--wait');
  }

  /** Lets go what the last run held: so many changes at once need a person's word. */
  async releaseHeld(): Promise<void> {
    const [run] = await this.bridge.json<{ id: number; totals: { held: number } }[]>('run', 'list', '--limit', '1');
    if (run && run.totals.held > 0) await this.bridge.run('run', 'release', String(run.id), '--wait');
  }

  /** What the service does every 15 minutes. */
  async notice(): Promise<void> {
    await this.bridge.run('task', 'run', 'sweep-catalogue');
  }

  /** Moves the time on for the bridge and its Amazon, so that nobody need wait. */
  later(minutes: number): void {
    const now = Date.now.bind(Date);
    if (this.#aheadMs === 0) vi.spyOn(Date, 'now').mockImplementation(() => now() + this.#aheadMs);
    this.#aheadMs += minutes * 60_000;
  }

  /** The newest entry of Amazon's log; give it to `since` for what came afterwards. */
  async logEnd(): Promise<number> {
    const row = await this.#db('sim_log').max({ id: 'id' }).first();
    return Number(row?.id ?? 0);
  }

  /** What happened at Amazon to a SKU. */
  since(afterId: number, sku: string): Promise<readonly LogEntry[]> {
    return this.amazon.log(`?after=${afterId}&sku=${encodeURIComponent(sku)}`);
  }

  /** The quantities that Amazon was given for a SKU, one after the other. */
  async quantitiesSince(afterId: number, sku: string): Promise<readonly unknown[]> {
    return (await this.since(afterId, sku)).filter(({ kind }) => kind === 'quantity').map(({ what }) => what.quantity);
  }

  /** At what a buyer could buy a SKU in one country, change by change: prices, or null where nobody could. */
  async buyableSince(afterId: number, sku: string, country: keyof typeof AMAZON_ID): Promise<readonly unknown[]> {
    return (await this.since(afterId, sku))
      .filter(({ kind, marketplaceId }) => /^(not-)?buyable$/.test(kind) && marketplaceId === AMAZON_ID[country])
      .map(({ what }) => what.price ?? null);
  }

  /** What a preview says against a product. */
  async verdictsOf(productId: number): Promise<readonly string[]> {
    const preview = await this.bridge.json<Preview>('export', '--products', String(productId));
    return preview.lines.flatMap(({ verdicts }) => verdicts.map(({ sentence }) => sentence));
  }

  listing(sku: string): Promise<ListingView | undefined> {
    return this.amazon.listing(sku);
  }

  /** The stock at Amazon; undefined = it does not know the SKU. */
  async stock(sku: string): Promise<number | null | undefined> {
    return (await this.listing(sku))?.quantity;
  }
}
