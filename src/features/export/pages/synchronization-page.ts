import type { Response } from 'express';
import type { InputFault } from '../../../http/http-errors.js';
import type { PageRenderer } from '../../../http/page-renderer.js';
import { choiceOf } from '../../accounts/marketplace-screens.js';
import type { WaitingViews } from '../../queue/waiting-views.js';
import type { ExportService } from '../export-service.js';
import type { OverviewViews } from './overview-views.js';
import { EMPTY_DRAFT, type SynchronizationDraft, TICKED_OPTIONS } from './synchronization-form.js';

export interface SynchronizationPageParts {
  readonly pages: PageRenderer;
  readonly views: OverviewViews;
  readonly waiting: WaitingViews;
  readonly exports: ExportService;
}

/** What was entered in the form that marks products. */
export interface MarkDraft {
  readonly products: string;
  readonly action: string;
}

/** How the page is shown when something entered cannot be taken: as it was entered, with what is wrong. */
export interface SynchronizationEntry {
  readonly draft?: SynchronizationDraft;
  readonly mark?: MarkDraft;
  readonly faults?: readonly InputFault[];
  readonly status?: number;
  readonly afterId?: number;
  readonly notice?: string | null;
}

const ROWS_PER_PAGE = 25;
const EARLIER_RUNS = 5;

/** Catalog > Amazon > Synchronization, freshly opened or with what was entered. */
export class SynchronizationPage {
  readonly #on: SynchronizationPageParts;

  constructor(parts: SynchronizationPageParts) {
    this.#on = parts;
  }

  async send(response: Response, entry: SynchronizationEntry = {}): Promise<void> {
    const { pages, views, waiting, exports } = this.#on;
    const { marketplaces } = choiceOf(response);
    const { draft = EMPTY_DRAFT, mark = { products: '', action: 'update' }, faults = [], afterId = 0 } = entry;
    const page = await waiting.page(marketplaces, { afterId, limit: ROWS_PER_PAGE });
    const data = {
      summary: await views.waiting(marketplaces.map((one) => one.id)),
      accounts: await views.accounts(choiceOf(response)),
      runs: await exports.list({ limit: EARLIER_RUNS }),
      options: TICKED_OPTIONS,
      rows: page.rows,
      nextAfterId: page.nextAfterId,
      notice: entry.notice ?? null,
      // Faults of the mark form stand there; those of no field stand with the form that was sent.
      markFaults: entry.mark === undefined ? [] : faults,
      faults: entry.mark === undefined ? faults : [],
      afterId,
      draft,
      mark,
    };
    const title = pages.text('synchronization.title');
    const { status } = entry;
    pages.send(response, {
      template: 'screens/catalog-amazon/synchronization',
      title,
      data,
      ...(status === undefined ? {} : { status }),
    });
  }
}
