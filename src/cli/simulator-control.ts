import { z } from 'zod';
import type { CommandLine } from './command-line.js';
import { WrongUse } from './wrong-use.js';

const State = z.object({
  faults: z.array(
    z.looseObject({
      id: z.number(),
      kind: z.string(),
      times: z.number().nullable(),
      seen: z.number(),
      drawn: z.number(),
    }),
  ),
  stuck: z.array(z.string()),
});
const Refusal = z.object({ message: z.string() });

/** The commanded faults of the simulated Amazon, and the ids of what is stuck in it. */
export type SimulatorFaults = z.output<typeof State>;

/**
 * Asks the simulated Amazon of this database about its faults, or commands it; it is started for that when no process runs it.
 *
 * @param path below its control address, for example /faults
 * @throws WrongUse with its own words when it refuses
 */
export async function controlSimulator(
  cli: CommandLine,
  call: { readonly method: 'GET' | 'POST' | 'DELETE'; readonly path: string; readonly body?: unknown },
): Promise<SimulatorFaults> {
  const { url } = await (await cli.program()).simulator.start();
  const { method, path, body } = call;
  const sent =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  const response = await fetch(`${url}/_simulator${path}`, { method, ...sent });
  const answer: unknown = await response.json();
  if (response.ok) return State.parse(answer);
  throw new WrongUse({ reason: Refusal.parse(answer).message });
}
