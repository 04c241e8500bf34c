import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { compose } from '../../src/compose.js';
import { loadConfiguration } from '../../src/config/load-configuration.js';
import { projectRoot } from '../../src/core/project-root.js';
import { AnsweringAmazon } from './answering-amazon.js';
import type { BenchArguments } from './bench-arguments.js';
import { type BenchGround, onBenchGround, type Say } from './bench-ground.js';
import { answerAsSimulator } from './bench-send.js';
import { runMeasurement } from './run-measurement.js';

/** How long answers to `/health` took while a run of everything went on in the service. */
export interface HealthFigures {
  readonly items: number;
  readonly verify: HealthMeasurement;
  readonly send: HealthMeasurement;
  readonly phases: Readonly<Record<string, number>>;
}

const healthMeasurement = z.object({
  mode: z.enum(['verify', 'send']),
  status: z.literal('done'),
  items: z.number(),
  /** By a verify: what would be. A run that found nothing to do measures nothing. */
  sent: z.number().positive(),
  runMs: z.number(),
  answers: z.number(),
  p50Ms: z.number(),
  p95Ms: z.number(),
  maxMs: z.number(),
});
type HealthMeasurement = z.infer<typeof healthMeasurement>;

/** A cadence that never comes while the bench runs: a scheduled send would take the place of the one that is measured. */
const ONCE_A_YEAR = '0 0 1 1 *';

/**
 * Measures how quickly the real service answers while it verifies a whole catalogue, and while it sends it to an Amazon that answers
 * at once. Its first sweep runs meanwhile, as after every start.
 */
export function benchHealth(wanted: BenchArguments, say: Say): Promise<HealthFigures> {
  return onBenchGround(wanted, { state: 'listed', say }, async (ground) => {
    const { databases, environment, phase, phases } = ground;
    const token = await phase('token', () => prepare(environment));
    const amazon = await AnsweringAmazon.start();
    const release = await answerAsSimulator(databases.urlOf(databases.bridge), amazon.url);
    try {
      const service = await phase('service', () => startService(ground));
      const measure = (mode: string) => phase(mode, () => measureHealth(service.url, { token, mode }));
      try {
        return { items: wanted.items, verify: await measure('verify'), send: await measure('send'), phases };
      } finally {
        await service.stop();
      }
    } finally {
      await release();
      await amazon.stop();
    }
  });
}

async function prepare(environment: NodeJS.ProcessEnv): Promise<string> {
  const program = await compose(loadConfiguration({ environment }));
  try {
    await program.settings.set('export-cadence', ONCE_A_YEAR, { kind: 'global' }, { actor: 'bench' });
    return await program.apiTokens.add('bench', 'bench');
  } finally {
    await program.close();
  }
}

/** The built service as `npx feedbridge serve` starts it. */
async function startService({ environment, folder }: BenchGround): Promise<{ url: string; stop(): Promise<void> }> {
  const args = [join(projectRoot(), 'src', 'launch', 'feedbridge.mjs'), 'serve'];
  const env = { ...process.env, ...environment, PORT: '0' };
  const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /Feedbridge runs at (\S+?)\/$/.exec(line)?.[1];
    if (url === undefined) continue;
    const stop = async () => {
      child.kill('SIGTERM');
      await ended;
    };
    return { url, stop };
  }
  throw new Error('Expected the service to say where it runs, it ended instead.');
}

async function measureHealth(
  url: string,
  { token, mode }: { token: string; mode: string },
): Promise<HealthMeasurement> {
  const script = fileURLToPath(new URL('measure-health.mjs', import.meta.url));
  const environment = { BENCH_SERVICE: url, BENCH_TOKEN: token, BENCH_MODE: mode };
  const output = await runMeasurement({ command: process.execPath, args: [script], environment, output: 'read' });
  return healthMeasurement.parse(JSON.parse(output ?? ''));
}
