import { type Response, Router } from 'express';
import { z } from 'zod';
import { defineError } from '../../../core/errors.js';
import { pageAddress } from '../../../http/page-address.js';
import { parseInput } from '../../../http/parse-input.js';
import { sendDownload } from '../../../http/send-download.js';
import { choiceOf } from '../../accounts/marketplace-screens.js';
import type { Archive } from '../../reports/archive.js';
import { ArchivedFileMissing } from '../../reports/archive.js';
import type { DocumentViews } from '../../reports/document-views.js';
import { FileRemoved } from '../../reports/kept-files.js';
import { loginOf } from '../../users/login-screens.js';
import type { ExportService } from '../export-service.js';
import type { RunDocument } from '../run/run.js';
import type { RunStarter } from './background-runs.js';
import type { RunLineViews } from './run-line-views.js';
import { RUN_LINE_FILTERS } from './run-line-views.js';
import type { RunPage } from './run-page.js';

export interface RunScreenParts {
  readonly page: RunPage;
  readonly exports: ExportService;
  readonly background: RunStarter;
  readonly lines: RunLineViews;
  readonly archive: Archive;
  readonly documents: DocumentViews;
}

export const ErasingNotHere = defineError(
  'ERASING_NOT_HERE',
  409,
  'A run that takes listings off Amazon is sent on the command line or by the API, where it asks for a second word.',
);

const idSchema = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER);
const pageNumber = z.coerce.number().int().positive().max(1_000_000).default(1);
const runSchema = z.object({ id: idSchema });
const documentSchema = runSchema.extend({ number: z.coerce.number().int().positive().max(100_000) });
const listSchema = z.object({ before: idSchema.optional() });
const linesSchema = z.object({
  show: z.enum(RUN_LINE_FILTERS as [string, ...string[]]).default('all'),
  sku: z.string().max(200).default(''),
  page: pageNumber,
  next: z.enum(['send']).optional(),
});

/** The runs: their list, the page of each with its progress and its log, and its documents. */
export function runScreens(parts: RunScreenParts): Router {
  const { page, exports, background } = parts;
  const routes = Router();
  routes.get('/runs', async (request, response) => {
    await page.sendList(response, parseInput(listSchema, request.query).before);
  });
  routes.get('/runs/:id', async (request, response) => {
    const { next, ...filter } = parseInput(linesSchema, request.query);
    const run = await exports.find(parseInput(runSchema, request.params).id);
    await page.send(response, run, { filter, thenSend: next === 'send' });
  });
  routes.get('/runs/:id/progress', async (request, response) => {
    const run = await exports.find(parseInput(runSchema, request.params).id);
    response.set('Cache-Control', 'no-store').json(page.progress(run));
  });
  routes.post('/runs/:id/send', async (request, response) => {
    const { options } = await exports.find(parseInput(runSchema, request.params).id);
    if (options.erase) throw new ErasingNotHere({});
    const wait = (request.body as Record<string, unknown>).wait !== undefined;
    const { userName: requestedBy } = loginOf(response);
    const runId = await background.start({ mode: 'send', options, wait, requestedBy });
    response.redirect(303, pageAddress(`/runs/${runId}`, { marketplace: choiceOf(response).scope.selected }));
  });
  return routes.use(fileScreens(parts));
}

/** What of a run is looked at by itself or taken along: its log, and Display the XML. */
function fileScreens({ page, exports, lines, archive, documents }: RunScreenParts): Router {
  const routes = Router();
  const find = async (params: unknown) => {
    const { id, number } = parseInput(documentSchema, params);
    const run = await exports.find(id);
    return { run, number, document: documentNumber(await exports.documents(run), number, id) };
  };
  routes.get('/runs/:id/log', async (request, response) => {
    const { id } = parseInput(runSchema, request.params);
    const path = await lines.path((await exports.find(id)).id);
    if (path === null) throw new ArchivedFileMissing({ path: `of the log of run ${id}` });
    await download(response, archive, { path, name: `run-${id}.ndjson`, type: 'application/x-ndjson' });
  });
  routes.get('/runs/:id/documents/:number', async (request, response) => {
    const { run, number, document } = await find(request.params);
    const at = parseInput(z.object({ page: pageNumber }), request.query).page;
    const content = await documents.page(document.path, at);
    page.sendDocument(response, { run, number, document, content, at });
  });
  routes.get('/runs/:id/documents/:number/download', async (request, response) => {
    const { document } = await find(request.params);
    const name = (document.path.split('/').at(-1) ?? 'document.xml').replace(/\.gz$/, '');
    await download(response, archive, { path: document.path, name, type: 'application/xml' });
  });
  return routes;
}

function documentNumber(documents: readonly RunDocument[], number: number, runId: number): RunDocument {
  const document = documents[number - 1];
  if (document === undefined) throw new ArchivedFileMissing({ path: `of document ${number} of run ${runId}` });
  const { removedAtMs } = document;
  if (removedAtMs) throw new FileRemoved({ what: `Document ${number} of run ${runId}`, atMs: removedAtMs });
  return document;
}

async function download(
  response: Response,
  archive: Archive,
  { path, name, type }: { path: string; name: string; type: string },
): Promise<void> {
  await sendDownload(response, await archive.open(path), { name, type });
}
