import { groupBy } from '../../../core/group-by.js';
import type { Marketplace } from '../../accounts/account.js';
import { POOL } from '../../listings/listing.js';
import { partValueText, type TextOf } from '../../offers/part-value-views.js';
import type { ExportService } from '../export-service.js';
import type { HoldView, HoldViews } from '../guard/hold-views.js';
import type { Run } from '../run/run.js';

export interface HoldCardParts {
  readonly holds: HoldViews;
  readonly exports: Pick<ExportService, 'find'>;
  readonly text: TextOf;
}

/** What a run holds or held, as pages show it: it is decided about as a whole. */
export interface HeldRun {
  readonly runId: number;
  readonly isOpen: boolean;
  /** Whether it takes listings off Amazon: such a run is released on the command line. */
  readonly erases: boolean;
  readonly holds: readonly HoldCard[];
}

/** One of its holds. */
export interface HoldCard {
  readonly account: string;
  /** In a sentence. */
  readonly what: string;
  readonly sinceMs: number;
  readonly goesAtMs: number | null;
  readonly isOpen: boolean;
  /** What became of one that is not open any more; empty otherwise. */
  readonly outcome: string;
  readonly examples: readonly HoldExample[];
  /** How many lines there are besides. */
  readonly more: number;
}

export interface HoldExample {
  readonly sku: string;
  readonly where: string;
  readonly part: string;
  readonly before: string;
  readonly after: string;
}

/** Puts together what pages show of holds. */
export class HoldCards {
  readonly #on: HoldCardParts;

  constructor(parts: HoldCardParts) {
    this.#on = parts;
  }

  /** What is held of the accounts of these marketplaces: the oldest holds, and how many there are besides. */
  async open(
    marketplaces: readonly Marketplace[],
  ): Promise<{ readonly runs: readonly HeldRun[]; readonly more: number }> {
    const accountIds = [...new Set(marketplaces.map((one) => one.accountId))];
    const holds = await this.#on.holds.open(accountIds);
    const more = (await this.#on.holds.countOpen(accountIds)) - holds.length;
    return { runs: await this.#byRun(holds, marketplaces), more };
  }

  /** What a run held, decided or not. */
  async ofRun(runId: number, marketplaces: readonly Marketplace[]): Promise<readonly HeldRun[]> {
    return this.#byRun(await this.#on.holds.ofRun(runId), marketplaces);
  }

  #byRun(holds: readonly HoldView[], marketplaces: readonly Marketplace[]): Promise<readonly HeldRun[]> {
    const byRun = [...groupBy(holds, (hold) => hold.runId)];
    return Promise.all(
      byRun.map(async ([runId, some]) => ({
        runId,
        isOpen: some.some((hold) => hold.state === 'held'),
        erases: takesOff(await this.#on.exports.find(runId), some),
        holds: some.map((hold) => this.#card(hold, marketplaces)),
      })),
    );
  }

  #card(hold: HoldView, marketplaces: readonly Marketplace[]): HoldCard {
    const { text } = this.#on;
    const { kind, state, accountId, heldNow, lineCount, createdAtMs, goesAtMs, examples, decidedBy } = hold;
    const isOpen = state === 'held';
    return {
      account: marketplaces.find((one) => one.accountId === accountId)?.accountName ?? `#${accountId}`,
      what: text(`hold.${kind}`, { count: isOpen ? heldNow : lineCount }),
      sinceMs: createdAtMs,
      goesAtMs,
      isOpen,
      outcome: isOpen ? '' : text(`hold.state.${state}`, { who: decidedBy }),
      examples: examples.map(({ sku, marketplaceId, part, valueBefore, value }) => ({
        sku,
        where: whereText(marketplaceId, marketplaces, text),
        part: text(`part.${part}`),
        before: partValueText(part, valueBefore, text),
        after: partValueText(part, value, text),
      })),
      more: kind === 'first-send' || !isOpen ? 0 : heldNow - examples.length,
    };
  }
}

/** Whether a run that holds this takes listings off Amazon: it was asked to, or an earlier one was that could not. */
export function takesOff({ options }: Pick<Run, 'options'>, holds: readonly Pick<HoldView, 'kind'>[]): boolean {
  return options.erase || holds.some((hold) => hold.kind === 'erased');
}

function whereText(marketplaceId: number, marketplaces: readonly Marketplace[], text: TextOf): string {
  if (marketplaceId === POOL) return text('place.pool');
  return marketplaces.find((one) => one.id === marketplaceId)?.country ?? `#${marketplaceId}`;
}
