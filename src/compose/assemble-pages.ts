import express, { Router } from 'express';
import type { Feedbridge } from '../compose.js';
import { chooseMarketplace } from '../features/accounts/marketplace-screens.js';
import { holdScreens } from '../features/export/pages/hold-screens.js';
import { overviewScreens, type TaskState } from '../features/export/pages/overview-screens.js';
import { runScreens } from '../features/export/pages/run-screens.js';
import { synchronizationScreens } from '../features/export/pages/synchronization-screens.js';
import { journalScreens } from '../features/journal/journal-screens.js';
import { taskScreens } from '../features/journal/task-screens.js';
import { listingScreens } from '../features/listings/listing-screens.js';
import { MarkRemoval } from '../features/queue/mark-removal.js';
import { queueScreens } from '../features/queue/queue-screens.js';
import { waitingScreens } from '../features/queue/waiting-screens.js';
import { feedScreens } from '../features/reports/feed-screens.js';
import { reportScreens } from '../features/reports/report-screens.js';
import { FeedRequeue } from '../features/reports/requeue-feed.js';
import { loginScreens, logoutScreens } from '../features/users/login-screens.js';
import { hasCsrfToken } from '../features/users/session-service.js';
import { AttemptLimit } from '../http/attempt-limit.js';
import { requireCsrfToken } from '../http/require-csrf-token.js';
import { type LoginParts, requireLogin } from '../http/require-login.js';
import { requireSameOrigin } from '../http/require-same-origin.js';
import { TaskRunStore } from '../scheduler/task-run-store.js';
import type { ScreenParts } from './assemble-screen-parts.js';
import { feedbridgeTasks } from './tasks.js';

const BODY_LIMIT = '256kb';
/** A good run is looked for among this many. */
const TASK_RUNS_LOOKED_AT = 20;

/** The pages: first who may see them and change something, then one router for each screen. */
export function assemblePages(program: Feedbridge, parts: ScreenParts): Router {
  const { pages } = parts;
  const { db, users, sessions, audit, clock } = program;
  const routes = Router();
  routes.use(requireSameOrigin(), express.urlencoded({ extended: false, limit: BODY_LIMIT }));
  routes.use(loginScreens({ pages, db, users, sessions, audit, limit: new AttemptLimit(clock) }));
  routes.use(requireLogin(loginParts(program)));
  routes.use(requireCsrfToken(hasCsrfToken));
  routes.use(logoutScreens({ db, sessions, audit }));
  routes.use(chooseMarketplace(parts.choices));
  return routes.use(catalogScreens(program, parts), toolScreens(program, parts));
}

function catalogScreens(program: Feedbridge, parts: ScreenParts): Router {
  const { pages, background, overview, synchronization, lines, documents, orders, holds } = parts;
  const { archive, feeds, listings } = program;
  const exports = program.export;
  const routes = Router();
  const requeue = new FeedRequeue(program);
  const tasks = () => taskStates(program);
  routes.use(overviewScreens({ pages, views: overview, exports, background, holds, tasks }));
  routes.use(synchronizationScreens({ pages, page: synchronization, background }));
  routes.use(waitingScreens({ orders, removal: new MarkRemoval(program), page: synchronization }));
  routes.use(runScreens({ page: parts.runPage, exports, background, lines, archive, documents }));
  routes.use(holdScreens({ exports, holds: program.holdViews, background }));
  routes.use(reportScreens({ pages, feeds }));
  routes.use(feedScreens({ pages, feeds, listings, documents, requeue }));
  return routes;
}

function toolScreens({ db, queue, journal }: Feedbridge, parts: ScreenParts): Router {
  const { pages, waiting, listingViews, names } = parts;
  const routes = Router();
  routes.use(queueScreens({ pages, queue, waiting }));
  routes.use(journalScreens({ pages, journal }));
  routes.use(listingScreens({ pages, listings: listingViews, names }));
  routes.use(taskScreens({ pages, diary: new TaskRunStore(db) }));
  return routes;
}

function loginParts(program: Feedbridge): LoginParts {
  const { sessions } = program;
  return {
    find: (token) => sessions.find(token),
    startLocal: async () => {
      await sessions.purgeExpired();
      return sessions.start(null);
    },
    localLoginAllowed: () => localLoginAllowed(program),
  };
}

/** Only where nothing real can be seen or changed, and nobody has asked for logins by adding a user. */
async function localLoginAllowed({ configuration, accounts, users }: Feedbridge): Promise<boolean> {
  if (configuration.shop.kind !== 'demo') return false;
  if ((await accounts.list()).some((account) => !account.simulator)) return false;
  return (await users.list()).length === 0;
}

async function taskStates(program: Feedbridge): Promise<readonly TaskState[]> {
  const diary = new TaskRunStore(program.db);
  const tasks = await feedbridgeTasks(program);
  return Promise.all(
    tasks.map(async ({ id, description }) => {
      const runs = await diary.list({ task: id, limit: TASK_RUNS_LOOKED_AT });
      const lastDone = runs.find((run) => run.status === 'done') ?? null;
      return { id, description, last: runs[0] ?? null, lastDone };
    }),
  );
}
