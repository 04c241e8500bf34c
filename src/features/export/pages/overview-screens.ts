import { Router } from 'express';
import type { PageRenderer } from '../../../http/page-renderer.js';
import type { TaskRun } from '../../../scheduler/task-run-store.js';
import { choiceOf } from '../../accounts/marketplace-screens.js';
import type { ExportService } from '../export-service.js';
import type { RunStarter } from './background-runs.js';
import type { HoldCards } from './hold-cards.js';
import type { OverviewViews } from './overview-views.js';

/** A task with its latest run and its latest good one. */
export interface TaskState {
  readonly id: string;
  readonly description: string;
  readonly last: TaskRun | null;
  readonly lastDone: TaskRun | null;
}

export interface OverviewScreenParts {
  readonly pages: PageRenderer;
  readonly views: OverviewViews;
  readonly exports: ExportService;
  readonly background: RunStarter;
  readonly holds: HoldCards;
  readonly tasks: () => Promise<readonly TaskState[]>;
}

/** Catalog > Amazon > Overview. */
export function overviewScreens(parts: OverviewScreenParts): Router {
  const { pages, views, exports, background, holds, tasks } = parts;
  const routes = Router();
  routes.get('/', async (_request, response) => {
    const choice = choiceOf(response);
    const marketplaceIds = choice.marketplaces.map((one) => one.id);
    const [latest = null] = await exports.list({ limit: 1 });
    const held = await holds.open(choice.marketplaces);
    const data = {
      heldRuns: held.runs,
      moreHolds: held.more,
      waiting: await views.waiting(marketplaceIds),
      run: latest,
      results: latest?.mode === 'send' ? latest.totals : null,
      progress: latest === null ? null : background.progress(latest.id),
      feeds: await views.feedsInFlight(choice),
      listings: await views.listings(marketplaceIds),
      eligibility: await views.eligibility(choice),
      accounts: await views.accounts(choice),
      inactive: choice.marketplaces.filter((one) => !one.active),
      tasks: await tasks(),
      shortage: await views.shortage(),
    };
    const title = pages.text('overview.title');
    pages.send(response, { template: 'screens/catalog-amazon/overview', title, data });
  });
  return routes;
}
