/** How long the changes of one day and source took; null where none came so far. */
export interface LatencyFigures {
  /** Of the day on which they were done, "2026-11-21", UTC. */
  readonly day: string;
  readonly source: string;
  readonly changes: number;
  /** Of these, sent to Amazon and accepted. */
  readonly accepted: number;
  /** From when a change was seen, or happened where that is known, until it was marked. */
  readonly toMark: DurationFigures | null;
  /** … until Amazon accepted it. */
  readonly toAcceptance: DurationFigures | null;
}

/** Milliseconds. */
export interface DurationFigures {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly maxMs: number;
}
