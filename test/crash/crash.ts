import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { PrivateServer, whyNoPrivateServer } from '../support/private-server.js';
import { makeServerDatabase } from '../support/server-database.js';
import { CrashRounds } from './crash-rounds.js';
import { DatabaseRounds } from './database-rounds.js';

// `npm run test:crash -- --rounds N [--database mysql://user:password@host/ | --kill-database] [--seed TEXT]`: one JSON object on standard
// output, what happens on standard error. With --kill-database a MariaDB of its own is killed instead of the bridge. Exit code 1 on a loss, a
// double, or when nothing was killed.
const USAGE =
  'Usage: npm run test:crash -- --rounds N [--database mysql://user:password@host:port/ | --kill-database] [--seed TEXT]';

const argumentsSchema = z.object({
  rounds: z.coerce.number().int().positive(),
  database: z.url({ protocol: /^mysql$/ }).optional(),
  'kill-database': z.boolean().default(false),
  seed: z.string().optional(),
});

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string' },
      database: { type: 'string' },
      'kill-database': { type: 'boolean' },
      seed: { type: 'string' },
    },
  });
  const asked = argumentsSchema.safeParse(values);
  if (!asked.success) {
    process.stderr.write(`${z.prettifyError(asked.error)}\n${USAGE}\n`);
    return 2;
  }
  const { rounds, database: server } = asked.data;
  const missing = asked.data['kill-database'] ? whyNoPrivateServer() : null;
  if (missing !== null) {
    process.stderr.write(`A database of its own ${missing}.\n`);
    return 2;
  }
  const seed = asked.data.seed ?? randomBytes(4).toString('hex');
  const say = (line: string) => process.stderr.write(`${line}\n`);
  say(`Seed ${seed}`);
  const folder = mkdtempSync(join(tmpdir(), 'feedbridge-crash-'));
  const own = asked.data['kill-database'] ? await PrivateServer.make() : null;
  const on = own?.url ?? server;
  const database = on === undefined ? null : await makeServerDatabase(on);
  const ground = {
    folder,
    databaseUrl: database?.url ?? `sqlite:${join(folder, 'feedbridge.sqlite')}`,
    sinceMs: Date.now(),
    sealingKey: randomBytes(32).toString('base64'),
    databaseDies: own !== null,
  };
  try {
    const crashes = own === null ? await CrashRounds.open(ground, seed) : await DatabaseRounds.open(ground, own, seed);
    try {
      const { roundsWithoutKill, ...figures } = await crashes.run(rounds, say);
      if (roundsWithoutKill > 0) say(`${roundsWithoutKill} rounds without a kill prove nothing.`);
      process.stdout.write(`${JSON.stringify(figures)}\n`);
      return figures.lost + figures.doubled + roundsWithoutKill === 0 ? 0 : 1;
    } finally {
      await crashes.close();
    }
  } finally {
    if (own === null) await database?.remove();
    await own?.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

process.exitCode = await main();
