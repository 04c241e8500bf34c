/** How long the simulated Amazon takes, in milliseconds. */
export interface Delays {
  /** Between createFeed or createReport and the start of the work; default 1,000. */
  readonly queueMs: number;
  /** Between the start of the work and DONE, when the contents are applied; default 1,000. */
  readonly processMs: number;
  /** Between an accepted value and the moment when reports show it; default 1,000. */
  readonly effectiveMs: number;
}

export const USUAL_DELAYS: Delays = { queueMs: 1_000, processMs: 1_000, effectiveMs: 1_000 };
