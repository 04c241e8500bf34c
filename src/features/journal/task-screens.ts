import { Router } from 'express';
import { z } from 'zod';
import type { PageRenderer } from '../../http/page-renderer.js';
import { parseInput } from '../../http/parse-input.js';
import type { TaskRunStore } from '../../scheduler/task-run-store.js';

export interface TaskScreenParts {
  readonly pages: PageRenderer;
  readonly diary: TaskRunStore;
}

const RUNS_SHOWN = 100;
const querySchema = z.object({ task: z.string().max(100).default('') });

/** Catalog > Amazon > Tools > Tasks: the latest runs of what is done again and again. */
export function taskScreens({ pages, diary }: TaskScreenParts): Router {
  const routes = Router();
  routes.get('/tools/tasks', async (request, response) => {
    const { task } = parseInput(querySchema, request.query);
    const runs = await diary.list({ limit: RUNS_SHOWN, ...(task === '' ? {} : { task }) });
    const data = { runs, task };
    pages.send(response, { template: 'screens/tools/tasks', title: pages.text('tools.tasks.title'), data });
  });
  return routes;
}
