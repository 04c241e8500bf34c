import type { Marketplace } from '../../accounts/account.js';
import { POOL } from '../../listings/listing.js';
import { partValueText, type TextOf } from '../../offers/part-value-views.js';
import type { ExportService } from '../export-service.js';
import type { HoldView, HoldViews } from '../guard/hold-views.js';

export interface HoldCardParts {
  readonly holds: HoldViews;
  readonly exports: Pick<ExportService, 'find'>;
  readonly text: TextOf;
}

/** A hold as pages show it. */
export interface HoldCard {
  readonly runId: number;
  readonly account: string;
  /** In a sentence. */
  readonly what: string;
  readonly sinceMs: number;
  readonly goesAtMs: number | null;
  readonly isOpen: boolean;
  /** What became of one that is not open any more; empty otherwise. */
  readonly outcome: string;
  /** Whether it takes listings off Amazon: such a run is released on the command line. */
  readonly erases: boolean;
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
  ): Promise<{ readonly cards: readonly HoldCard[]; readonly more: number }> {
    const accountIds = [...new Set(marketplaces.map((one) => one.accountId))];
    const holds = await this.#on.holds.open(accountIds);
    const more = (await this.#on.holds.countOpen(accountIds)) - holds.length;
    return { cards: await Promise.all(holds.map((hold) => this.#card(hold, marketplaces))), more };
  }

  /** What a run held, decided or not. */
  async ofRun(runId: number, marketplaces: readonly Marketplace[]): Promise<readonly HoldCard[]> {
    const holds = await this.#on.holds.ofRun(runId);
    return Promise.all(holds.map((hold) => this.#card(hold, marketplaces)));
  }

  async #card(hold: HoldView, marketplaces: readonly Marketplace[]): Promise<HoldCard> {
    const { text, exports } = this.#on;
    const { runId, kind, state, accountId, heldNow, lineCount, createdAtMs, goesAtMs, examples, decidedBy } = hold;
    const isOpen = state === 'held';
    const { options } = await exports.find(runId);
    return {
      runId,
      account: marketplaces.find((one) => one.accountId === accountId)?.accountName ?? `#${accountId}`,
      what: text(`hold.${kind}`, { count: isOpen ? heldNow : lineCount }),
      sinceMs: createdAtMs,
      goesAtMs,
      isOpen,
      outcome: isOpen ? '' : text(`hold.state.${state}`, { who: decidedBy }),
      erases: options.erase,
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

function whereText(marketplaceId: number, marketplaces: readonly Marketplace[], text: TextOf): string {
  if (marketplaceId === POOL) return text('place.pool');
  return marketplaces.find((one) => one.id === marketplaceId)?.country ?? `#${marketplaceId}`;
}
