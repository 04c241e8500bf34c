import { Router } from 'express';
import { z } from 'zod';
import { pageAddress } from '../../../http/page-address.js';
import { parseInput } from '../../../http/parse-input.js';
import { choiceOf } from '../../accounts/marketplace-screens.js';
import { loginOf } from '../../users/login-screens.js';
import type { ExportService } from '../export-service.js';
import type { HoldViews } from '../guard/hold-views.js';
import type { RunStarter } from './background-runs.js';
import { takesOff } from './hold-cards.js';
import { ErasingNotHere } from './run-screens.js';

export interface HoldScreenParts {
  readonly exports: ExportService;
  readonly holds: Pick<HoldViews, 'ofRun'>;
  readonly background: RunStarter;
}

const runSchema = z.object({ id: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) });

/** The two buttons of what a run holds: Release sends it with a new run, Discard leaves Amazon as it is. */
export function holdScreens({ exports, holds, background }: HoldScreenParts): Router {
  const routes = Router();
  routes.post('/runs/:id/release', async (request, response) => {
    const run = await exports.find(parseInput(runSchema, request.params).id);
    const { id, options } = run;
    if (takesOff(run, await holds.ofRun(id))) throw new ErasingNotHere({});
    const { userName: requestedBy } = loginOf(response);
    const runId = await background.start({ mode: 'send', options, wait: false, requestedBy, releases: id });
    response.redirect(303, pageAddress(`/runs/${runId}`, { marketplace: choiceOf(response).scope.selected }));
  });
  routes.post('/runs/:id/discard', async (request, response) => {
    const { id } = parseInput(runSchema, request.params);
    await exports.discard(id, loginOf(response).userName);
    response.redirect(303, pageAddress(`/runs/${id}`, { marketplace: choiceOf(response).scope.selected }));
  });
  return routes;
}
