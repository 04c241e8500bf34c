import type { Audit } from '../../users/audit.js';
import type { BackgroundRuns, RunOrder } from './background-runs.js';

/** Starts runs for people and programs, and writes down who did. */
export class RunStarter {
  readonly #background: BackgroundRuns;
  readonly #audit: Audit;

  constructor(background: BackgroundRuns, audit: Audit) {
    this.#background = background;
    this.#audit = audit;
  }

  /**
   * @param actor a user's name, or "token NAME"
   * @returns the run's number; the run goes on in the background
   * @throws RunUnderWay, ExportUnderWay
   */
  async start(order: Omit<RunOrder, 'requestedBy'>, actor: string): Promise<number> {
    const runId = await this.#background.start({ ...order, requestedBy: actor });
    const { mode, options } = order;
    const details = { mode, marketplace: options.marketplace, everything: options.all, create: options.create };
    await this.#audit.record({ actor, action: 'run-start', subject: `run ${runId}`, details });
    return runId;
  }
}
