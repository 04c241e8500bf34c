import { Router } from 'express';
import { z } from 'zod';
import { pageAddress } from '../../../http/page-address.js';
import type { PageRenderer } from '../../../http/page-renderer.js';
import { parseInput } from '../../../http/parse-input.js';
import { choiceOf } from '../../accounts/marketplace-screens.js';
import { loginOf } from '../../users/login-screens.js';
import type { RunStarter } from './background-runs.js';
import { formFaults, readDraft, readSynchronizationForm } from './synchronization-form.js';
import type { SynchronizationPage } from './synchronization-page.js';

export interface SynchronizationScreenParts {
  readonly pages: PageRenderer;
  readonly page: SynchronizationPage;
  readonly background: RunStarter;
}

const NOTICES = ['marked', 'removed', 'not-removed'] as const;

const querySchema = z.object({
  after: z.coerce.number().int().nonnegative().default(0),
  notice: z.enum(NOTICES).optional(),
  count: z.coerce.number().int().nonnegative().default(0),
});

/** Catalog > Amazon > Synchronization: opening it, and its three buttons. */
export function synchronizationScreens({ pages, page, background }: SynchronizationScreenParts): Router {
  const routes = Router();
  routes.get('/synchronization', async (request, response) => {
    const { after, notice, count } = parseInput(querySchema, request.query);
    const text = notice === undefined ? null : pages.text(`notice.${notice}`, { count });
    await page.send(response, { afterId: after, notice: text });
  });
  routes.post('/synchronization', async (request, response) => {
    const marketplace = choiceOf(response).scope.selected;
    try {
      const { mode, options, thenSend } = readSynchronizationForm(request.body, marketplace);
      const { userName: requestedBy } = loginOf(response);
      const runId = await background.start({ mode, options, wait: false, requestedBy });
      const query = { marketplace, next: thenSend ? 'send' : null };
      response.redirect(303, pageAddress(`/runs/${runId}`, query));
    } catch (error) {
      const refused = formFaults(error);
      if (refused === null) throw error;
      await page.send(response, { draft: readDraft(request.body), ...refused });
    }
  });
  return routes;
}
