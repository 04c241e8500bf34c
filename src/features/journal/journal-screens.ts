import { Router } from 'express';
import { z } from 'zod';
import type { PageRenderer } from '../../http/page-renderer.js';
import { parseInput } from '../../http/parse-input.js';
import type { Journal } from './journal.js';

export interface JournalScreenParts {
  readonly pages: PageRenderer;
  readonly journal: Journal;
}

const ENTRIES_PER_PAGE = 50;
const LEVELS = ['info', 'warning', 'error'] as const;
const querySchema = z.object({
  level: z.enum(['', ...LEVELS]).default(''),
  run: z.union([z.literal('').transform(() => undefined), z.coerce.number().int().positive()]).optional(),
  sku: z.string().max(200).default(''),
  text: z.string().max(200).default(''),
  before: z.coerce.number().int().positive().optional(),
});

/** Catalog > Amazon > Tools > Journal: what happened, in which run, and why. */
export function journalScreens({ pages, journal }: JournalScreenParts): Router {
  const routes = Router();
  routes.get('/tools/journal', async (request, response) => {
    const { level, run, sku, text, before } = parseInput(querySchema, request.query);
    const found = await journal.list({
      limit: ENTRIES_PER_PAGE + 1,
      ...(level === '' ? {} : { level }),
      ...(run === undefined ? {} : { runId: run }),
      ...(sku === '' ? {} : { sku }),
      ...(text === '' ? {} : { text }),
      ...(before === undefined ? {} : { beforeId: before }),
    });
    const entries = found.slice(0, ENTRIES_PER_PAGE);
    const data = {
      entries,
      nextBefore: found.length > ENTRIES_PER_PAGE ? (entries.at(-1)?.id ?? null) : null,
      levels: LEVELS,
      filter: { level, run: run ?? '', sku, text },
    };
    pages.send(response, { template: 'screens/tools/journal', title: pages.text('tools.journal.title'), data });
  });
  return routes;
}
