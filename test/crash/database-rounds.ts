import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Db, openDatabase } from '../../src/db/open-database.js';
import { createDemoEdits, type DemoEdits } from '../../src/shop/demo-shop/demo-edits.js';
import { seededRandom } from '../../src/simulator/random-source.js';
import type { PrivateServer } from '../support/private-server.js';
import { CrashBridge, type CrashGround, startProcess } from './crash-bridge.js';
import type { CrashResult } from './crash-rounds.js';
import { fastClock } from './fast-clock.js';
import { judge } from './judge.js';
import { changeShop, type PlainItem, plainItems, wantedOffers } from './shop-changes.js';
import { setUp, TAX_PERCENT } from './watched-shop.js';

/** How often the same bridge may fail after its database is back until it must have come to its end. */
const MOST_TRIES = 20;
const TRY_EVERY_MS = 250;

/** Kills the server of the bridge's database somewhere in the bridge's work and starts it again; bridge, poller and Amazon live on. */
export class DatabaseRounds {
  readonly #server: PrivateServer;
  readonly #bridge: CrashBridge;
  readonly #companions: readonly ChildProcess[];
  readonly #db: Db;
  readonly #shop: Db;
  readonly #edits: DemoEdits;
  readonly #items: readonly PlainItem[];
  readonly #countries: ReadonlyMap<string, string>;
  readonly #random: (key: string) => number;
  #workMs = 0;

  private constructor(parts: DatabaseRoundsParts) {
    this.#server = parts.server;
    this.#bridge = parts.bridge;
    this.#companions = parts.companions;
    this.#db = parts.db;
    this.#shop = parts.shop;
    this.#edits = createDemoEdits({ db: parts.shop, clock: fastClock(parts.ground.sinceMs) });
    this.#items = parts.items;
    this.#countries = parts.countries;
    this.#random = seededRandom(parts.seed);
  }

  static async open(ground: CrashGround, server: PrivateServer, seed: string): Promise<DatabaseRounds> {
    const { countries, listedSkus } = await setUp(ground);
    const companions = ['./poller-process.ts', './simulator-process.ts'].map((file) => startProcess(file, ground));
    await Promise.all(companions.map((one) => once(one, 'message')));
    const db = await openDatabase(ground.databaseUrl);
    const shop = await openDatabase(`sqlite:${join(ground.folder, 'demo-shop.sqlite')}`);
    const items = await plainItems(shop, listedSkus);
    const bridge = await CrashBridge.start(ground);
    return new DatabaseRounds({ ground, server, bridge, companions, db, shop, items, countries, seed });
  }

  async run(rounds: number, told: (line: string) => void): Promise<CrashResult> {
    const totals = { rounds: 0, kills: 0, lost: 0, doubled: 0, roundsWithoutKill: 0 };
    await this.#bridge.work(null);
    await this.#change(0);
    const startedAtMs = performance.now();
    await this.#bridge.work(null);
    this.#workMs = performance.now() - startedAtMs;
    told(`${this.#items.length} items are watched; the work after a change takes ${Math.round(this.#workMs)} ms`);
    for (let round = 1; round <= rounds; round += 1) {
      await this.#change(round);
      const failure = await this.#killDuringWork(round);
      const isHit = failure !== null;
      told(`round ${round}: ${isHit ? `the bridge said ${failure.split('\n')[0]}` : 'the work had ended before'}`);
      await this.#untilCalm();
      const wanted = await wantedOffers(this.#items, TAX_PERCENT, this.#shop);
      const { lost, doubled } = await judge(this.#db, wanted, this.#countries);
      const running: number[] = await this.#db('run').where({ status: 'running' }).pluck('id');
      const faults = [...lost, ...doubled, ...running.map((id) => `Run ${id} is said to be running.`)];
      for (const fault of faults) told(`round ${round}: ${fault}`);
      totals.rounds += 1;
      totals.kills += isHit ? 1 : 0;
      totals.lost += lost.length + running.length;
      totals.doubled += doubled.length;
    }
    // Work may end before the moment that was drawn for the kill; only when that is so every time nothing was proven.
    return { ...totals, roundsWithoutKill: totals.kills === 0 ? rounds : 0 };
  }

  async close(): Promise<void> {
    await this.#bridge.end();
    for (const one of this.#companions) {
      one.disconnect();
      await once(one, 'exit');
    }
    await this.#shop.destroy();
    await this.#db.destroy();
  }

  #change(round: number): Promise<void> {
    let drawn = 0;
    return changeShop(this.#items, this.#edits, (limit) => {
      drawn += 1;
      return Math.floor(this.#random(`${round} ${drawn}`) * limit);
    });
  }

  /** @returns what the bridge said of it; null when its work had ended before */
  async #killDuringWork(round: number): Promise<string | null> {
    const working = this.#bridge.attempt();
    await sleep(this.#random(`moment ${round}`) * this.#workMs * 0.8);
    await this.#server.kill();
    const ending = await working;
    await this.#server.start();
    return ending.kind === 'failed' ? ending.reason : null;
  }

  async #untilCalm(): Promise<void> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      if ((await this.#bridge.attempt()).kind === 'calm') return;
      await sleep(TRY_EVERY_MS);
    }
    throw new Error(`Expected the bridge to find back to its work, it failed ${MOST_TRIES} times.`);
  }
}

interface DatabaseRoundsParts {
  readonly ground: CrashGround;
  readonly server: PrivateServer;
  readonly bridge: CrashBridge;
  readonly companions: readonly ChildProcess[];
  readonly db: Db;
  readonly shop: Db;
  readonly items: readonly PlainItem[];
  readonly countries: ReadonlyMap<string, string>;
  readonly seed: string;
}
