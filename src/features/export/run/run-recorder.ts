import type { ExportProgress } from '../export-dependencies.js';
import type { Run } from './run.js';
import type { RunLog } from './run-log.js';
import type { RunTally } from './run-tally.js';

/** What a run writes while it goes on: its log and its figures. */
export interface RunRecorder {
  readonly run: Run;
  readonly log: RunLog;
  readonly tally: RunTally;
  readonly progress: (progress: Omit<ExportProgress, 'runId'>) => void;
  readonly signal?: AbortSignal | undefined;
}
