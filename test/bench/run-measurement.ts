import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** How one measuring process is started. */
export interface MeasurementCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
  readonly folder?: string;
  /** What becomes of its output: `read` gives it back, `drop` sends it nowhere. */
  readonly output: 'read' | 'drop';
}

/** Options for node that whoever measures gave, for example to profile. */
export function nodeOptions(environment: NodeJS.ProcessEnv = process.env): readonly string[] {
  return (environment.BENCH_NODE_OPTIONS ?? '').split(' ').filter((option) => option !== '');
}

/**
 * Runs one measurement in a process of its own, so that time and memory are its own; its standard error is passed on.
 *
 * @returns what it wrote, or null when there is no such program
 * @throws Error when it fails
 */
export async function runMeasurement(wanted: MeasurementCommand): Promise<string | null> {
  const child = spawn(wanted.command, wanted.args, {
    env: { ...process.env, ...wanted.environment },
    ...(wanted.folder === undefined ? {} : { cwd: wanted.folder }),
    stdio: ['ignore', wanted.output === 'read' ? 'pipe' : 'ignore', 'inherit'],
  });
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  try {
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(`Expected ${wanted.args[0] ?? wanted.command} to end well, got exit code ${code}.`);
    return output;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
