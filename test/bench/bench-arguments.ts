import { parseArgs } from 'node:util';
import { z } from 'zod';

/** What `npm run bench -- …` was asked for. */
export interface BenchArguments {
  readonly subject: 'export' | 'send' | 'sweep' | 'health';
  readonly items: number;
  /** Leaves the databases and documents where they are, to look at them or to profile. */
  readonly keep: boolean;
}

export const BENCH_USAGE = 'Usage: npm run bench -- export|send|sweep|health --items N [--keep], N a multiple of 25.';

/** Five products have 25 items: three without combinations and two with eleven each. */
const ITEMS_STEP = 25;

const argumentsSchema = z.object({
  positionals: z.tuple([z.enum(['export', 'send', 'sweep', 'health'])]),
  values: z.object({
    items: z.coerce.number().int().positive().multipleOf(ITEMS_STEP),
    keep: z.boolean().default(false),
  }),
});

/**
 * Reads the command line.
 *
 * @param argv without program and script
 * @returns null when it asks for something else
 */
export function readBenchArguments(argv: readonly string[]): BenchArguments | null {
  try {
    const options = { items: { type: 'string' }, keep: { type: 'boolean' } } as const;
    const parsed = argumentsSchema.safeParse(parseArgs({ args: [...argv], options, allowPositionals: true }));
    if (!parsed.success) return null;
    const { positionals, values } = parsed.data;
    return { subject: positionals[0], ...values };
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}
