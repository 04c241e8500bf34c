import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { BenchDatabases } from './bench-server.js';
import { floorStatements } from './floor-tables.js';
import { runMeasurement } from './run-measurement.js';

const floorAnswer = z.object({ ms: z.number(), rows: z.number(), peakRssMiB: z.number() });

/** Reads the shop's tables over one mysql2 connection: `ms` is the floor that the build is held against. */
export async function measureFloor(databases: BenchDatabases): Promise<z.infer<typeof floorAnswer>> {
  const script = fileURLToPath(new URL('measure-floor.mjs', import.meta.url));
  const args = [script, databases.urlOf(databases.shop), JSON.stringify(floorStatements)];
  const output = await runMeasurement({ command: process.execPath, args, output: 'read' });
  return floorAnswer.parse(JSON.parse(output ?? ''));
}

/**
 * Reads the same tables with the server's own client.
 *
 * @returns milliseconds, null where the client is not installed
 */
export async function measureClient({ server, shop }: BenchDatabases): Promise<number | null> {
  const args = [
    ...['--quick', '--batch', '--skip-column-names', '--protocol=TCP', `--host=${server.hostname}`],
    ...[`--port=${server.port || '3306'}`, `--user=${decodeURIComponent(server.username)}`],
    ...[`--execute=${floorStatements.join(';')}`, shop],
  ];
  const environment = { MYSQL_PWD: decodeURIComponent(server.password) };
  const startedAtMs = performance.now();
  const output = await runMeasurement({ command: 'mariadb', args, environment, output: 'drop' });
  return output === null ? null : Math.round(performance.now() - startedAtMs);
}
