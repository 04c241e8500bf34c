import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type Db, openDatabase } from '../../src/db/open-database.js';
import { createDemoEdits, type DemoEdits } from '../../src/shop/demo-shop/demo-edits.js';
import { seededRandom } from '../../src/simulator/random-source.js';
import { CrashBridge, type CrashGround, startProcess } from './crash-bridge.js';
import { fastClock } from './fast-clock.js';
import { type Judgement, judge } from './judge.js';
import { changeShop, type PlainItem, plainItems, wantedOffers } from './shop-changes.js';
import { setUp, TAX_PERCENT } from './watched-shop.js';

/** What came of the rounds. */
export interface CrashResult {
  readonly rounds: number;
  readonly kills: number;
  readonly lost: number;
  readonly doubled: number;
  /** Rounds whose bridge came to its end alive: they prove nothing. */
  readonly roundsWithoutKill: number;
}

/** How often a round may be tried until its bridge dies. */
const MOST_TRIES = 5;

/**
 * Changes the shop, kills the bridge somewhere in its work, lets another one bring it to its end, and judges; round after round.
 *
 * @param seed the same seed draws the same changes and the same steps; what lies at a step may still differ
 */
export class CrashRounds {
  readonly #ground: CrashGround;
  /** One that settles feeds beside the bridge, and the simulated Amazon. */
  readonly #companions: readonly ChildProcess[];
  readonly #db: Db;
  readonly #shop: Db;
  readonly #edits: DemoEdits;
  readonly #items: readonly PlainItem[];
  readonly #countries: ReadonlyMap<string, string>;
  readonly #below: (limit: number) => number;
  #stepsOfWork = 0;
  /** A feed that nobody owns stays so: it is told once. */
  readonly #doubled = new Set<string>();

  private constructor(parts: Parts) {
    this.#ground = parts.ground;
    this.#companions = parts.companions;
    this.#db = parts.db;
    this.#shop = parts.shop;
    this.#edits = createDemoEdits({ db: parts.shop, clock: fastClock(parts.ground.sinceMs) });
    this.#items = parts.items;
    this.#countries = parts.countries;
    const random = seededRandom(parts.seed);
    let drawn = 0;
    this.#below = (limit) => {
      drawn += 1;
      return Math.floor(random(String(drawn)) * limit);
    };
  }

  static async open(ground: CrashGround, seed: string): Promise<CrashRounds> {
    const { countries, listedSkus } = await setUp(ground);
    const companions = ['./poller-process.ts', './simulator-process.ts'].map((file) => startProcess(file, ground));
    await Promise.all(companions.map((one) => once(one, 'message')));
    const db = await openDatabase(ground.databaseUrl);
    const shop = await openDatabase(`sqlite:${join(ground.folder, 'demo-shop.sqlite')}`);
    const items = await plainItems(shop, listedSkus);
    return new CrashRounds({ ground, companions, db, shop, items, countries, seed });
  }

  async run(rounds: number, told: (line: string) => void): Promise<CrashResult> {
    const totals = { rounds: 0, kills: 0, lost: 0, doubled: 0, roundsWithoutKill: 0 };
    await this.#firstWork(told);
    for (let round = 1; round <= rounds; round += 1) {
      const kills = await this.#round();
      const { lost, doubled: all } = await this.#judge();
      const doubled = all.filter((fault) => !this.#doubled.has(fault));
      for (const fault of doubled) this.#doubled.add(fault);
      for (const fault of [...lost, ...doubled]) told(`round ${round}: ${fault}`);
      totals.rounds += 1;
      totals.kills += kills;
      totals.lost += lost.length;
      totals.doubled += doubled.length;
      if (kills === 0) totals.roundsWithoutKill += 1;
      if (round % 10 === 0)
        told(`${round} rounds, ${totals.kills} kills, ${totals.lost} lost, ${totals.doubled} doubled`);
    }
    const [held] = await this.#db('hold').count({ times: '*' });
    told(`The guard held something ${held?.times} times`);
    return totals;
  }

  async close(): Promise<void> {
    for (const one of this.#companions) {
      one.disconnect();
      await once(one, 'exit');
    }
    await this.#shop.destroy();
    await this.#db.destroy();
  }

  /** Everything once without a kill: shows that judge and bridge agree, and how many steps the work after a change takes. */
  async #firstWork(told: (line: string) => void): Promise<void> {
    const bridge = await CrashBridge.start(this.#ground);
    await bridge.work(null);
    await changeShop(this.#items, this.#edits, this.#below);
    const ending = await bridge.work(null);
    await bridge.end();
    if (ending.kind === 'killed')
      throw new Error('Expected the first work to come to its end, its process was killed.');
    this.#stepsOfWork = ending.steps;
    const { lost, doubled } = await this.#judge();
    if (lost.length + doubled.length > 0)
      throw new Error(`Expected nothing to be wrong before the first kill:\n${[...lost, ...doubled].join('\n')}`);
    told(`${this.#items.length} items are watched; the work after a change takes ${ending.steps} steps`);
  }

  /** @returns how many bridges died */
  async #round(): Promise<number> {
    let kills = 0;
    for (let tries = 0; kills === 0 && tries < MOST_TRIES; tries += 1) {
      const bridge = await CrashBridge.start(this.#ground);
      await changeShop(this.#items, this.#edits, this.#below);
      const ending = await bridge.work(1 + this.#below(this.#stepsOfWork));
      if (ending.kind === 'killed') kills += 1;
      else await bridge.end();
    }
    // Now and then the one that mends dies too.
    while (kills > 0 && this.#below(4) === 0) {
      const bridge = await CrashBridge.start(this.#ground);
      const ending = await bridge.work(1 + this.#below(this.#stepsOfWork));
      if (ending.kind === 'calm') {
        await bridge.end();
        return kills;
      }
      kills += 1;
    }
    const bridge = await CrashBridge.start(this.#ground);
    await bridge.work(null);
    await bridge.end();
    return kills;
  }

  async #judge(): Promise<Judgement> {
    return judge(this.#db, await wantedOffers(this.#items, TAX_PERCENT, this.#shop), this.#countries);
  }
}

interface Parts {
  readonly ground: CrashGround;
  readonly companions: readonly ChildProcess[];
  readonly db: Db;
  readonly shop: Db;
  readonly items: readonly PlainItem[];
  readonly countries: ReadonlyMap<string, string>;
  readonly seed: string;
}
