import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { BenchArguments } from './bench-arguments.js';
import { type BenchGround, onBenchGround, type Say } from './bench-ground.js';
import type { BenchDatabases } from './bench-server.js';
import { measureFloor } from './measure-reading.js';
import { nodeOptions, runMeasurement } from './run-measurement.js';

const sweepMeasurement = z.object({
  ms: z.number(),
  cpuMs: z.number(),
  products: z.number(),
  marked: z.number(),
  gone: z.number(),
  peakRssMiB: z.number(),
});
type SweepMeasurement = z.infer<typeof sweepMeasurement>;

/** Of the products: whose stock changes between two stock sweeps. */
const CHANGED_SHARE = 100;

/** What sweeps of a catalogue take; `ratio` is over the floor: the shop's tables read bare in the same run. */
export interface SweepFigures {
  readonly items: number;
  readonly floorMs: number;
  /** The whole sweep that sees everything for the first time, and one that finds nothing changed. */
  readonly first: SweepMeasurement & { readonly ratio: number };
  readonly whole: SweepMeasurement & { readonly ratio: number };
  /** The stock sweep that finds nothing changed, and one that finds one product in a hundred changed. */
  readonly stock: SweepMeasurement & { readonly ratio: number };
  readonly stockChanged: SweepMeasurement & { readonly ratio: number };
  readonly phases: Readonly<Record<string, number>>;
}

/**
 * Measures whole and stock sweeps.
 *
 * @throws Error when a sweep marked more or less than has changed
 */
export function benchSweep(wanted: BenchArguments, say: Say): Promise<SweepFigures> {
  const { items } = wanted;
  return onBenchGround(wanted, { state: 'vanished', say }, async (ground) => {
    const { databases, phase, phases } = ground;
    const { ms: floorMs } = await phase('floor', () => measureFloor(databases));
    const over = (one: SweepMeasurement) => ({ ...one, ratio: Math.round((one.ms / floorMs) * 100) / 100 });
    const measure = async (name: string, kind: 'whole' | 'stock', marked: number) =>
      over(expectMarked(await phase(name, () => measureSweep(ground, kind)), marked));
    const products = items / 5;
    const first = await measure('first', 'whole', products);
    const whole = await measure('whole', 'whole', 0);
    // The first stock sweep looks at every price that the clock has changed since ever.
    await measure('firstStock', 'stock', 0);
    const stock = await measure('stock', 'stock', 0);
    const changed = await phase('changes', () => changeStock(databases));
    const stockChanged = await measure('stockChanged', 'stock', changed);
    return { items, floorMs, first, whole, stock, stockChanged, phases };
  });
}

async function measureSweep({ environment, folder }: BenchGround, kind: 'whole' | 'stock'): Promise<SweepMeasurement> {
  const script = fileURLToPath(new URL('measure-sweep.mjs', import.meta.url));
  const output = await runMeasurement({
    command: process.execPath,
    args: [...nodeOptions(), script],
    environment: { ...environment, BENCH_SWEEP: kind },
    folder,
    output: 'read',
  });
  return sweepMeasurement.parse(JSON.parse(output ?? ''));
}

function expectMarked(found: SweepMeasurement, marked: number): SweepMeasurement {
  if (found.marked === marked) return found;
  throw new Error(`Expected ${marked} products to be marked, got ${JSON.stringify(found)}`);
}

/** @returns how many products have other stock now, spread over the whole catalogue */
async function changeStock(databases: BenchDatabases): Promise<number> {
  const connection = await databases.connect();
  try {
    await connection.changeUser({ database: databases.shop });
    await connection.query(
      `UPDATE ps_stock_available SET quantity = quantity + 1 WHERE id_product % ${CHANGED_SHARE} = 0`,
    );
    const [rows] = await connection.query(
      `SELECT COUNT(*) AS products FROM ps_product WHERE id_product % ${CHANGED_SHARE} = 0`,
    );
    return Number((rows as { products: number }[])[0]?.products);
  } finally {
    await connection.end();
  }
}
