import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { compose } from '../../src/compose.js';
import { loadConfiguration } from '../../src/config/load-configuration.js';
import type { BenchDatabases } from './bench-server.js';
import { nodeOptions, runMeasurement } from './run-measurement.js';

/** The settings of the program that is measured: both databases, its archive in a folder of its own. */
export function benchEnvironment(databases: BenchDatabases, folder: string): Readonly<Record<string, string>> {
  return {
    FEEDBRIDGE_DATABASE: databases.urlOf(databases.bridge),
    FEEDBRIDGE_SHOP: databases.urlOf(databases.shop),
    FEEDBRIDGE_DATA: folder,
    FEEDBRIDGE_KEY: randomBytes(32).toString('base64'),
    LOG_LEVEL: 'warn',
  };
}

/**
 * Prepares the embedded default: the account "simulator" with its marketplaces. Call it before the shop has products, so that
 * the simulator is not filled with them.
 *
 * @returns the ids of the account and of its French marketplace
 */
export async function setUpProgram(
  environment: Readonly<Record<string, string>>,
): Promise<{ accountId: number; marketplaceId: number }> {
  const program = await compose(loadConfiguration({ environment }));
  try {
    const { account, marketplaces } = await program.setup.setUp('bench');
    const marketplace = marketplaces.find((one) => one.country === 'FR');
    if (!marketplace) throw new Error('Expected a French marketplace after setup, found none.');
    return { accountId: account.id, marketplaceId: marketplace.id };
  } finally {
    await program.close();
  }
}

const buildAnswer = z.object({
  ms: z.number(),
  startMs: z.number(),
  cpuMs: z.number(),
  items: z.number(),
  sent: z.number(),
  messages: z.record(z.string(), z.number()),
  documents: z.number(),
  documentBytes: z.number(),
  peakRssMiB: z.number(),
});

/** Runs the export's own preview of everything by the compiled program, in a process of its own. */
export async function measureBuild(
  environment: Readonly<Record<string, string>>,
  folder: string,
): Promise<z.infer<typeof buildAnswer>> {
  const script = fileURLToPath(new URL('measure-build.mjs', import.meta.url));
  const args = [...nodeOptions(), script];
  const output = await runMeasurement({ command: process.execPath, args, environment, folder, output: 'read' });
  return buildAnswer.parse(JSON.parse(output ?? ''));
}
