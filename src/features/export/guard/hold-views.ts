import type { Db } from '../../../db/open-database.js';
import type { HeldLine, Hold, LineKey } from './hold.js';
import { HoldStore } from './hold-store.js';

/** A hold with what of it people look at first. */
export interface HoldView extends Hold {
  /** How many values it keeps back now. */
  readonly heldNow: number;
  readonly examples: readonly HeldLine[];
}

/** A line with the run that holds it. */
export interface LineView extends HeldLine {
  readonly runId: number;
  readonly goesAtMs: number | null;
}

const EXAMPLES = 5;
/** While nobody decides, each run that meets one more grave change makes a hold of its own. */
const MOST_TOGETHER = 20;
const LINES_PER_PAGE = 1_000;

/** What is held, for people. */
export class HoldViews {
  readonly #holds: HoldStore;

  constructor(db: Db) {
    this.#holds = new HoldStore(db);
  }

  /** What is held of some accounts now, the oldest first, and no more than people look at together. */
  async open(accountIds: readonly number[]): Promise<readonly HoldView[]> {
    return this.#views(await this.#holds.held({ accountIds, limit: MOST_TOGETHER }));
  }

  /** How many holds of some accounts are open, shown or not. */
  countOpen(accountIds: readonly number[]): Promise<number> {
    return this.#holds.countHeld(accountIds);
  }

  /** Everything that a run held, decided or not. */
  async ofRun(runId: number): Promise<readonly HoldView[]> {
    return this.#views(await this.#holds.ofRun(runId));
  }

  /** Every line that a hold keeps back now, by SKU. */
  async *lines(holdId: number): AsyncGenerator<HeldLine> {
    for (let after: LineKey | null = null; ; ) {
      const page: readonly HeldLine[] = await this.#holds.page(holdId, { after, limit: LINES_PER_PAGE });
      const last = page.at(-1);
      if (last === undefined) return;
      yield* page;
      after = last;
    }
  }

  /** What is held of one SKU now. */
  async ofSku(accountId: number, sku: string): Promise<readonly LineView[]> {
    const lines = (await this.#holds.linesOf(accountId, [sku])).filter((line) => line.state === 'held');
    const holds = new Map(
      lines.length === 0 ? [] : (await this.#holds.held({ accountId })).map((one) => [one.id, one]),
    );
    return lines.flatMap((line): LineView[] => {
      const hold = holds.get(line.holdId);
      return hold ? [{ ...line, runId: hold.runId, goesAtMs: hold.goesAtMs }] : [];
    });
  }

  #views(holds: readonly Hold[]): Promise<readonly HoldView[]> {
    return Promise.all(
      holds.map(async (hold) => ({
        ...hold,
        heldNow: hold.kind === 'first-send' ? hold.lineCount : await this.#holds.countLines(hold.id),
        examples: await this.#holds.page(hold.id, { after: null, limit: EXAMPLES }),
      })),
    );
  }
}
