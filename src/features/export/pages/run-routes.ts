import { type Response, Router } from 'express';
import { z } from 'zod';
import { parseInput } from '../../../http/parse-input.js';
import { exportOptionsSchema, parseExportOptions } from '../export-options.js';
import type { ExportService } from '../export-service.js';
import type { Run } from '../run/run.js';
import type { RunStarter } from './background-runs.js';
import type { RunPage } from './run-page.js';

export interface RunRouteParts {
  readonly exports: ExportService;
  readonly background: RunStarter;
  readonly page: Pick<RunPage, 'progress'>;
}

const idSchema = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER);
const listSchema = z.object({
  beforeId: idSchema.optional(),
  status: z.enum(['running', 'done', 'failed', 'interrupted']).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
const orderSchema = z
  .strictObject({
    mode: z.enum(['verify', 'display', 'send']).default('verify'),
    options: exportOptionsSchema
      .extend({ wait: z.boolean().default(false), yes: z.boolean().default(false) })
      .prefault({}),
  })
  .refine(({ mode, options }) => mode !== 'send' || !options.erase || options.yes, {
    path: ['options', 'yes'],
    message: 'Erasing takes listings off Amazon. Send "yes": true beside "erase" when that is meant.',
  });

/** `/api/v1/runs`: list, one, and starting one. */
export function runRoutes({ exports, background, page }: RunRouteParts): Router {
  const routes = Router();
  routes.get('/runs', async (request, response) => {
    const { limit, beforeId, status } = parseInput(listSchema, request.query);
    const filter = { limit, ...(beforeId ? { beforeId } : {}), ...(status ? { status } : {}) };
    response.json({ runs: (await exports.list(filter)).map(toJson) });
  });
  routes.get('/runs/:id', async (request, response) => {
    const run = await exports.find(parseInput(z.object({ id: idSchema }), request.params).id);
    const { text, done } = page.progress(run);
    response.json({ ...toJson(run), progress: { text, done } });
  });
  routes.post('/runs', async (request, response) => {
    const { mode, options } = parseInput(orderSchema, request.body);
    const { wait, yes, ...asked } = options;
    const order = { mode, options: parseExportOptions(asked), wait, requestedBy: programOf(response) };
    const runId = await background.start(order);
    response.status(202).location(`/api/v1/runs/${runId}`).json({ id: runId });
  });
  return routes;
}

/** Who acts, as the audit names it. */
export function programOf(response: Response): string {
  return `token ${response.locals.program ?? ''}`;
}

function toJson({ createdAtMs, endedAtMs, totals, ...run }: Run) {
  const { documents, ...counts } = totals;
  return {
    ...run,
    createdAt: new Date(createdAtMs).toISOString(),
    endedAt: endedAtMs === null ? null : new Date(endedAtMs).toISOString(),
    totals: counts,
    documents: documents.map(({ path, ...document }) => document),
  };
}
