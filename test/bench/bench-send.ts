import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { LockStore } from '../../src/db/lock-store.js';
import { openDatabase } from '../../src/db/open-database.js';
import { AnsweringAmazon } from './answering-amazon.js';
import type { BenchArguments } from './bench-arguments.js';
import { type BenchGround, onBenchGround, type Say } from './bench-ground.js';
import { measureFloor } from './measure-reading.js';
import { nodeOptions, runMeasurement } from './run-measurement.js';

/** What a send of everything took, and the same again when nothing differs; `ratio` is over the floor. */
export interface SendFigures {
  readonly items: number;
  readonly floorMs: number;
  readonly send: SendMeasurement & { readonly ratio: number };
  readonly unchanged: SendMeasurement & { readonly ratio: number };
  readonly received: { readonly feeds: number; readonly messages: number };
  readonly phases: Readonly<Record<string, number>>;
}

const sendMeasurement = z.object({
  ms: z.number(),
  cpuMs: z.number(),
  markMs: z.number(),
  items: z.number(),
  sent: z.number(),
  accepted: z.number(),
  equal: z.number(),
  feeds: z.number(),
  queued: z.number(),
  peakRssMiB: z.number(),
});
type SendMeasurement = z.infer<typeof sendMeasurement>;

/**
 * Measures a send of a whole catalogue to an Amazon that answers at once: from the queue through build, handover and settlement to the
 * empty queue; then the same run again, which finds everything equal.
 *
 * Every item is listed, its price has never been sent and its stock differs: a price and a quantity each go.
 *
 * @throws Error when not everything was sent and accepted, or when the second run sent anything
 */
export function benchSend(wanted: BenchArguments, say: Say): Promise<SendFigures> {
  const { items } = wanted;
  return onBenchGround(wanted, { state: 'listed', say }, async (ground) => {
    const { databases, phase, phases } = ground;
    const { ms: floorMs } = await phase('floor', () => measureFloor(databases));
    const amazon = await AnsweringAmazon.start();
    const release = await answerAsSimulator(databases.urlOf(databases.bridge), amazon.url);
    try {
      const send = await phase('send', () => measureSend(ground));
      expectSent(send, { sent: 2 * items, accepted: 2 * items, equal: 0, queued: 0 });
      const unchanged = await phase('unchanged', () => measureSend(ground));
      expectSent(unchanged, { sent: 0, accepted: 0, equal: 2 * items, queued: 0 });
      const over = (one: SendMeasurement) => ({ ...one, ratio: Math.round((one.ms / floorMs) * 100) / 100 });
      return { items, floorMs, send: over(send), unchanged: over(unchanged), received: amazon.received, phases };
    } finally {
      await release();
      await amazon.stop();
    }
  });
}

async function measureSend({ environment, folder }: BenchGround): Promise<SendMeasurement> {
  const script = fileURLToPath(new URL('measure-send.mjs', import.meta.url));
  const args = [...nodeOptions(), script];
  const output = await runMeasurement({ command: process.execPath, args, environment, folder, output: 'read' });
  return sendMeasurement.parse(JSON.parse(output ?? ''));
}

function expectSent(found: SendMeasurement, expected: Partial<SendMeasurement>): void {
  for (const [name, figure] of Object.entries(expected)) {
    const got = found[name as keyof SendMeasurement];
    if (got !== figure) throw new Error(`Expected ${name} to be ${figure}, got ${got}: ${JSON.stringify(found)}`);
  }
}

/** Takes the place of the simulator: the bridge finds it by its lock. */
export async function answerAsSimulator(databaseUrl: string, url: string): Promise<() => Promise<void>> {
  const db = await openDatabase(databaseUrl);
  const locks = new LockStore(db);
  const lock = await locks.acquire('simulator', 'bench', { ttlMs: 24 * 3_600_000, note: url });
  if (lock === null) throw new Error('Expected no simulator on a database of our own, found one.');
  return async () => {
    await locks.release(lock);
    await db.destroy();
  };
}
