import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { makeServerDatabase } from '../support/server-database.js';
import { CrashRounds } from './crash-rounds.js';

// `npm run test:crash -- --rounds N [--database mysql://user:password@host/] [--seed TEXT]`: one JSON object on standard output, what
// happens on standard error. Exit code 1 on a loss, a double, or a round without a kill.
const USAGE = 'Usage: npm run test:crash -- --rounds N [--database mysql://user:password@host:port/] [--seed TEXT]';

const argumentsSchema = z.object({
  rounds: z.coerce.number().int().positive(),
  database: z.url({ protocol: /^mysql$/ }).optional(),
  seed: z.string().optional(),
});

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { rounds: { type: 'string' }, database: { type: 'string' }, seed: { type: 'string' } },
  });
  const asked = argumentsSchema.safeParse(values);
  if (!asked.success) {
    process.stderr.write(`${z.prettifyError(asked.error)}\n${USAGE}\n`);
    return 2;
  }
  const { rounds, database: server } = asked.data;
  const seed = asked.data.seed ?? randomBytes(4).toString('hex');
  const say = (line: string) => process.stderr.write(`${line}\n`);
  say(`Seed ${seed}`);
  const folder = mkdtempSync(join(tmpdir(), 'feedbridge-crash-'));
  const database = server === undefined ? null : await makeServerDatabase(server);
  const ground = {
    folder,
    databaseUrl: database?.url ?? `sqlite:${join(folder, 'feedbridge.sqlite')}`,
    sinceMs: Date.now(),
    sealingKey: randomBytes(32).toString('base64'),
  };
  try {
    const crashes = await CrashRounds.open(ground, seed);
    try {
      const { roundsWithoutKill, ...figures } = await crashes.run(rounds, say);
      if (roundsWithoutKill > 0) say(`${roundsWithoutKill} rounds without a kill prove nothing.`);
      process.stdout.write(`${JSON.stringify(figures)}\n`);
      return figures.lost + figures.doubled + roundsWithoutKill === 0 ? 0 : 1;
    } finally {
      await crashes.close();
    }
  } finally {
    await database?.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

process.exitCode = await main();
