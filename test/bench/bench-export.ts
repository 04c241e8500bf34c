import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchArguments } from './bench-arguments.js';
import { benchEnvironment, measureBuild, setUpProgram } from './bench-program.js';
import { type BenchDatabases, makeBenchDatabases } from './bench-server.js';
import { fillCatalogue } from './fill-catalogue.js';
import { fillListings } from './fill-listings.js';
import { fillShopGround } from './fill-shop-ground.js';
import { measureClient, measureFloor } from './measure-reading.js';

/** Times in milliseconds of one run; `ratio` is build over floor. */
export interface ExportFigures {
  readonly items: number;
  readonly floorMs: number;
  readonly clientMs: number | null;
  readonly buildMs: number;
  readonly ratio: number;
  readonly peakRssMiB: number;
  readonly offersPerSecond: number;
  readonly phases: Readonly<Record<string, number>>;
  readonly floor: Readonly<Record<string, number>>;
  readonly build: Readonly<Record<string, number | Readonly<Record<string, number>>>>;
}

/**
 * Measures the export of a whole catalogue: fills both databases, reads the shop's tables bare, then lets the program read,
 * compute, compare and render them, each in a process of its own.
 *
 * @param say gets one line as each phase begins
 */
export async function benchExport(
  { items, keep }: BenchArguments,
  say: (line: string) => void,
): Promise<ExportFigures> {
  const databases = await makeBenchDatabases(process.env);
  const folder = await mkdtemp(join(tmpdir(), 'feedbridge-bench-'));
  try {
    return await measureExport({ items, databases, folder }, say);
  } finally {
    if (keep) say(`Kept: ${databases.shop}, ${databases.bridge}, ${folder}`);
    else await Promise.all([databases.drop(), rm(folder, { recursive: true, force: true })]);
  }
}

interface BenchPlace {
  readonly items: number;
  readonly databases: BenchDatabases;
  readonly folder: string;
}

async function measureExport(
  { items, databases, folder }: BenchPlace,
  say: (line: string) => void,
): Promise<ExportFigures> {
  const phases: Record<string, number> = {};
  const phase = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    say(`${name} …`);
    const startedAtMs = performance.now();
    const result = await work();
    phases[`${name}Ms`] = Math.round(performance.now() - startedAtMs);
    return result;
  };
  const environment = benchEnvironment(databases, folder);
  await phase('shop', () => onShop(databases, fillShopGround));
  const ids = await phase('setup', () => setUpProgram(environment));
  await phase('catalogue', () => onShop(databases, (connection) => fillCatalogue(connection, items)));
  const { shop, bridge } = databases;
  await phase('listings', () => onShop(databases, (connection) => fillListings(connection, { shop, bridge, ...ids })));
  const { ms: floorMs, ...floor } = await phase('floor', () => measureFloor(databases));
  const clientMs = await phase('client', () => measureClient(databases));
  const { ms: buildMs, peakRssMiB, ...build } = await phase('build', () => measureBuild(environment, folder));
  const ratio = Math.round((buildMs / floorMs) * 100) / 100;
  const offersPerSecond = Math.round((items / buildMs) * 1_000);
  return { items, floorMs, clientMs, buildMs, ratio, peakRssMiB, offersPerSecond, phases, floor, build };
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
