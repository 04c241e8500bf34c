import type { Feedbridge } from '../compose.js';
import { MarketplaceViews } from '../features/accounts/marketplace-views.js';
import type { RunStarter } from '../features/export/pages/background-runs.js';
import { HoldCards } from '../features/export/pages/hold-cards.js';
import { OverviewViews } from '../features/export/pages/overview-views.js';
import { RunLineViews } from '../features/export/pages/run-line-views.js';
import { RunPage } from '../features/export/pages/run-page.js';
import { SynchronizationPage } from '../features/export/pages/synchronization-page.js';
import { ListingViews } from '../features/listings/listing-views.js';
import { ProductNames } from '../features/offers/product-name-views.js';
import { MarkOrders } from '../features/queue/mark-orders.js';
import { WaitingViews } from '../features/queue/waiting-views.js';
import { DocumentViews } from '../features/reports/document-views.js';
import type { PageRenderer } from '../http/page-renderer.js';

/** What pages and API share. */
export interface ScreenParts {
  readonly program: Feedbridge;
  readonly pages: PageRenderer;
  readonly background: RunStarter;
  readonly choices: MarketplaceViews;
  readonly names: ProductNames;
  readonly orders: MarkOrders;
  readonly listingViews: ListingViews;
  readonly overview: OverviewViews;
  readonly waiting: WaitingViews;
  readonly lines: RunLineViews;
  readonly holds: HoldCards;
  readonly documents: DocumentViews;
  readonly runPage: RunPage;
  readonly synchronization: SynchronizationPage;
}

/**
 * Puts together what pages and API share.
 *
 * @param background what makes the runs that people order
 */
export function assembleScreenParts(program: Feedbridge, pages: PageRenderer, background: RunStarter): ScreenParts {
  const { db, archive, accounts, queue } = program;
  const exports = program.export;
  const names = new ProductNames(program);
  const listingViews = new ListingViews(db);
  const overview = new OverviewViews({ ...program, exports, listings: listingViews });
  const waiting = new WaitingViews(queue, names);
  const lines = new RunLineViews({ db, archive, names, text: (key, figures) => pages.text(key, figures) });
  const holds = new HoldCards({ holds: program.holdViews, exports, text: (key, figures) => pages.text(key, figures) });
  return {
    program,
    pages,
    background,
    names,
    listingViews,
    overview,
    waiting,
    lines,
    holds,
    choices: new MarketplaceViews(db, accounts),
    orders: new MarkOrders(program),
    documents: new DocumentViews(archive),
    runPage: new RunPage({ pages, exports, background, lines, views: overview, holds }),
    synchronization: new SynchronizationPage({ pages, views: overview, waiting, exports }),
  };
}
