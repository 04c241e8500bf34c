import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchArguments } from './bench-arguments.js';
import { benchEnvironment, setUpProgram } from './bench-program.js';
import { type BenchDatabases, makeBenchDatabases } from './bench-server.js';
import { fillCatalogue } from './fill-catalogue.js';
import { fillListings, type ListingScope } from './fill-listings.js';
import { fillShopGround } from './fill-shop-ground.js';

/** Gets one line as each phase begins. */
export type Say = (line: string) => void;

/** Does a phase of a measurement and notes how long it took. */
export type Phase = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** A shop and a bridge that are filled, for one measurement. */
export interface BenchGround {
  readonly databases: BenchDatabases;
  /** Of the program that is measured. */
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly phase: Phase;
  /** Milliseconds by phase; grows with each one. */
  readonly phases: Readonly<Record<string, number>>;
}

/**
 * Fills a shop and a bridge's databases on the server, measures on them, and drops them.
 *
 * @param state of the listings at Amazon
 */
export async function onBenchGround<T>(
  { items, keep }: Pick<BenchArguments, 'items' | 'keep'>,
  { state, say }: { readonly state: ListingScope['state']; readonly say: Say },
  measure: (ground: BenchGround) => Promise<T>,
): Promise<T> {
  const databases = await makeBenchDatabases(process.env);
  const folder = await mkdtemp(join(tmpdir(), 'feedbridge-bench-'));
  const environment = benchEnvironment(databases, folder);
  const { phase, phases } = phaseClock(say);
  try {
    await phase('shop', () => onShop(databases, fillShopGround));
    const ids = await phase('setup', () => setUpProgram(environment));
    await phase('catalogue', () => onShop(databases, (connection) => fillCatalogue(connection, items)));
    const { shop, bridge } = databases;
    const scope = { shop, bridge, ...ids, state };
    await phase('listings', () => onShop(databases, (connection) => fillListings(connection, scope)));
    return await measure({ databases, environment, folder, phase, phases });
  } finally {
    if (keep) say(`Kept: ${databases.shop}, ${databases.bridge}, ${folder}`);
    else await Promise.all([databases.drop(), rm(folder, { recursive: true, force: true })]);
  }
}

function phaseClock(say: Say): Pick<BenchGround, 'phase' | 'phases'> {
  const phases: Record<string, number> = {};
  const phase: Phase = async (name, work) => {
    say(`${name} …`);
    const startedAtMs = performance.now();
    const result = await work();
    phases[`${name}Ms`] = Math.round(performance.now() - startedAtMs);
    return result;
  };
  return { phase, phases };
}

async function onShop(
  databases: BenchDatabases,
  work: (connection: Awaited<ReturnType<BenchDatabases['connect']>>) => Promise<void>,
): Promise<void> {
  const connection = await databases.connect();
  try {
    // Rows are made as PrestaShop makes them: zero dates mean "no end".
    await connection.changeUser({ database: databases.shop });
    await connection.query("SET SESSION sql_mode = ''");
    await work(connection);
  } finally {
    await connection.end();
  }
}
