import type { ExportProgress } from '../features/export/export-dependencies.js';
import type { Run } from '../features/export/run/run.js';
import type { CommandLine } from './command-line.js';
import { type Progress, ProgressDisplay } from './progress-display.js';

/** Hears how a run goes on. */
export type OnProgress = (progress: ExportProgress) => void;

/** Shows the progress of a run while it goes on. */
export async function watched(cli: CommandLine, run: (onProgress: OnProgress) => Promise<Run>): Promise<Run> {
  const display = new ProgressDisplay(cli.terminal);
  try {
    return await run((progress) => display.show(toProgress(progress)));
  } finally {
    display.end();
  }
}

function toProgress({ phase, products, productsTotal, feedsOpen }: ExportProgress): Progress {
  switch (phase) {
    case 'reading-listings':
      return { label: 'Listings read at Amazon', done: products, total: null };
    case 'marking':
      return { label: 'Products marked', done: products, total: productsTotal };
    case 'computing':
      return { label: 'Products computed', done: products, total: productsTotal };
    case 'sending':
      return { label: 'Feeds sent', done: feedsOpen, total: null };
    case 'waiting':
      return { label: 'Feeds that Amazon works on', done: feedsOpen, total: null };
  }
}
