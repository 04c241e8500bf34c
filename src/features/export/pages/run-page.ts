import type { Response } from 'express';
import type { PageRenderer } from '../../../http/page-renderer.js';
import { choiceOf } from '../../accounts/marketplace-screens.js';
import { type DocumentPage, xmlTokens } from '../../reports/document-views.js';
import type { ExportService } from '../export-service.js';
import type { Run, RunDocument } from '../run/run.js';
import type { RunStarter } from './background-runs.js';
import type { HoldCards } from './hold-cards.js';
import type { OverviewViews } from './overview-views.js';
import type { RunLineFilter, RunLineViews } from './run-line-views.js';

export interface RunPageParts {
  readonly pages: PageRenderer;
  readonly exports: ExportService;
  readonly background: RunStarter;
  readonly lines: RunLineViews;
  readonly views: OverviewViews;
  readonly holds: HoldCards;
}

/** How far a run is, for the script of its page. */
export interface RunProgress {
  readonly status: Run['status'];
  /** A sentence. */
  readonly text: string;
  /** 0 to 1; null when the whole is not known. */
  readonly done: number | null;
}

/** One page of Display the XML. */
export interface ShownDocument {
  readonly run: Run;
  /** Which of the run's documents, from 1. */
  readonly number: number;
  readonly document: RunDocument;
  readonly content: DocumentPage;
  /** The page, from 1. */
  readonly at: number;
}

const RUNS_PER_PAGE = 50;

/** The pages about runs. */
export class RunPage {
  readonly #on: RunPageParts;

  constructor(parts: RunPageParts) {
    this.#on = parts;
  }

  async sendList(response: Response, beforeId?: number): Promise<void> {
    const { pages, exports } = this.#on;
    const found = await exports.list({ limit: RUNS_PER_PAGE + 1, ...(beforeId === undefined ? {} : { beforeId }) });
    const runs = found.slice(0, RUNS_PER_PAGE);
    const data = { runs, nextBefore: found.length > RUNS_PER_PAGE ? (runs.at(-1)?.id ?? null) : null };
    pages.send(response, { template: 'screens/catalog-amazon/runs', title: pages.text('runs.title'), data });
  }

  async send(response: Response, run: Run, shown: { filter: RunLineFilter; thenSend: boolean }): Promise<void> {
    const { pages, exports, lines, views, holds } = this.#on;
    const { all } = choiceOf(response);
    const countries = new Map(all.map((one) => [one.id, one.country]));
    const accounts = await views.accounts(choiceOf(response));
    const data = {
      run,
      progress: this.progress(run),
      heldRuns: await holds.ofRun(run.id, all),
      lines: await lines.page(run.id, shown.filter, all),
      documents: await exports.documents(run),
      country: (id: number) => countries.get(id) ?? `#${id}`,
      unread: accounts.some(({ account }) => account.listingsReadAtMs === null),
      simulated: accounts.length > 0 && accounts.every(({ account }) => account.simulator),
      ...shown,
    };
    const title = pages.text(`run.title.${run.mode}`, { id: String(run.id) });
    pages.send(response, { template: 'screens/catalog-amazon/run', title, data });
  }

  sendDocument(response: Response, shown: ShownDocument): void {
    const { pages } = this.#on;
    const { run, number, document, at, content } = shown;
    const country = choiceOf(response).all.find((one) => one.id === document.marketplaceId)?.country ?? '';
    const title = pages.text('document.title', { type: document.messageType, country });
    const address = `/runs/${run.id}/documents/${number}`;
    const back = { path: `/runs/${run.id}`, text: pages.text(`run.title.${run.mode}`, { id: String(run.id) }) };
    const { messages, bytes } = document;
    const data = { tokens: xmlTokens(content.xml), content, address, at, back, messages, bytes };
    pages.send(response, { template: 'screens/catalog-amazon/document', title, data });
  }

  /** How far a run is; one of another process shows only that it goes on. */
  progress(run: Run): RunProgress {
    const { pages, background } = this.#on;
    const { status } = run;
    if (status !== 'running') return { status, text: pages.text(`run.status.${status}`), done: 1 };
    const latest = background.progress(run.id);
    if (latest === null) {
      const key = background.isUnderWay(run.id) ? 'progress.starting' : 'progress.elsewhere';
      return { status, text: pages.text(key), done: null };
    }
    const { phase, products, productsTotal, items, feedsOpen } = latest;
    const text = pages.text(`progress.${phase}`, { products, items, count: feedsOpen });
    const isCounted = phase === 'computing' && productsTotal !== null && productsTotal > 0;
    return { status, text, done: isCounted ? Math.min(1, products / productsTotal) : null };
  }
}
