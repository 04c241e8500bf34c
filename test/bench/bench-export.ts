import type { BenchArguments } from './bench-arguments.js';
import { onBenchGround, type Say } from './bench-ground.js';
import { measureBuild } from './bench-program.js';
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
 */
export function benchExport(wanted: BenchArguments, say: Say): Promise<ExportFigures> {
  const { items } = wanted;
  return onBenchGround(
    wanted,
    { state: 'vanished', say },
    async ({ databases, environment, folder, phase, phases }) => {
      const { ms: floorMs, ...floor } = await phase('floor', () => measureFloor(databases));
      const clientMs = await phase('client', () => measureClient(databases));
      const { ms: buildMs, peakRssMiB, ...build } = await phase('build', () => measureBuild(environment, folder));
      const ratio = Math.round((buildMs / floorMs) * 100) / 100;
      const offersPerSecond = Math.round((items / buildMs) * 1_000);
      return { items, floorMs, clientMs, buildMs, ratio, peakRssMiB, offersPerSecond, phases, floor, build };
    },
  );
}
