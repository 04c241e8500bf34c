import type { Command } from 'commander';
import { z } from 'zod';
import type { Feedbridge } from '../../compose.js';
import type { HoldView } from '../../features/export/guard/hold-views.js';
import type { Run } from '../../features/export/run/run.js';
import { runLogLines } from '../../features/export/run/run-log-lines.js';
import { addCommand, type CommandHost } from '../add-command.js';
import { type Answer, textLines } from '../answer.js';
import { feedTable } from '../feed-table.js';
import { heldLineView, holdTexts, holdView } from '../held-lines.js';
import { flag, idOf, limit, named, oneOf } from '../input-kinds.js';
import { MarketplaceNames } from '../marketplace-names.js';
import { durationText, timeText } from '../plain-words.js';
import { runLineTexts, totalLines } from '../run-lines.js';
import { documentView, feedView, lineView, runView } from '../run-view.js';
import { factLines, tableLines } from '../table.js';
import { addRunDecisionCommands } from './run-decision-commands.js';

const USUAL_RUNS = 20;

/** `run`: what ran, and what it did. */
export function addRunCommands(root: Command, host: CommandHost): void {
  const run = root.command('run').description('executions of the export');
  addCommand(run, host, {
    call: 'list',
    summary: 'show the runs, newest first',
    options: [
      ['--limit <rows>', `at most so many (${USUAL_RUNS})`],
      ['--before <id>', 'only runs before this one'],
      ['--status <status>', 'running, done, failed or interrupted'],
    ],
    input: z.object({
      limit,
      before: idOf('a run').optional(),
      status: oneOf(['running', 'done', 'failed', 'interrupted']).optional(),
    }),
    run: async ({ limit: most = USUAL_RUNS, before, status }, cli) => {
      const filter = { limit: most, ...(before ? { beforeId: before } : {}), ...(status ? { status } : {}) };
      const runs = await (await cli.program()).export.list(filter);
      return { data: runs.map(runView), text: textLines(listLines(runs)) };
    },
  });
  addCommand(run, host, {
    call: 'show <id>',
    summary: 'show what a run did',
    options: [
      ['--lines', 'every item with its values before and after, or its verdicts'],
      ['--sku <sku>', 'only the lines of this SKU'],
    ],
    input: z.object({ id: idOf('a run'), lines: flag, sku: named('a SKU').optional() }),
    run: async (input, cli) => show(input, await cli.program()),
  });
  addRunDecisionCommands(run, host);
}

function listLines(runs: readonly Run[]): readonly string[] {
  if (runs.length === 0) return ['Nothing has run yet.'];
  return tableLines(runs, [
    { heading: 'Id', text: (row) => String(row.id), right: true },
    { heading: 'Mode', text: (row) => row.mode },
    { heading: 'Status', text: (row) => row.status },
    { heading: 'Started', text: (row) => timeText(row.createdAtMs) },
    { heading: 'Took', text: (row) => durationText(row.createdAtMs, row.endedAtMs), right: true },
    { heading: 'By', text: (row) => row.requestedBy },
    { heading: 'Items', text: (row) => row.totals.items, right: true },
    { heading: 'Values', text: (row) => row.totals.sent, right: true },
    { heading: 'Feeds', text: (row) => row.totals.feeds, right: true },
    { heading: 'Accepted', text: (row) => row.totals.accepted, right: true },
    { heading: 'Held', text: (row) => row.totals.held, right: true },
    { heading: 'Rejected', text: (row) => row.totals.rejected, right: true },
    { heading: 'Fault', text: (row) => row.fault },
  ]);
}

async function show(
  { id, lines, sku }: { readonly id: number; readonly lines: boolean; readonly sku?: string | undefined },
  program: Feedbridge,
): Promise<Answer> {
  const run = await program.export.find(id);
  const names = await MarketplaceNames.of(program);
  const feeds = await program.feeds.list({ runId: id, limit: 10_000 });
  const holds = await program.holdViews.ofRun(id);
  const withLines = lines || sku !== undefined;
  return {
    data: {
      run: runView(run),
      documents: run.totals.documents.map((one) => documentView(one, names)),
      feeds: feeds.map((one) => feedView(one, names)),
      holds: holds.map((one) => holdView(one, names)),
      heldLines: heldLinesOf(holds, { program, names }),
      lines: withLines ? viewsOf(id, sku, { program, names }) : undefined,
    },
    text: describe(),
  };
  async function* describe(): AsyncGenerator<string> {
    if (withLines)
      for await (const line of runLogLines(id, program, { sku })) yield* textLines(runLineTexts(line, names));
    yield* textLines(
      factsOf(run),
      totalLines(run),
      holdTexts(holds, names),
      feeds.length > 0 ? feedTable(feeds, names) : [],
    );
  }
}

async function* heldLinesOf(
  holds: readonly HoldView[],
  { program, names }: { readonly program: Feedbridge; readonly names: MarketplaceNames },
): AsyncGenerator<unknown> {
  for (const { id } of holds) for await (const line of program.holdViews.lines(id)) yield heldLineView(line, names);
}

async function* viewsOf(
  runId: number,
  sku: string | undefined,
  { program, names }: { readonly program: Feedbridge; readonly names: MarketplaceNames },
): AsyncGenerator<unknown> {
  for await (const line of runLogLines(runId, program, { sku })) yield lineView(line, names);
}

function factsOf(run: Run): readonly string[] {
  const options = Object.entries(run.options).filter(([, value]) => value !== false && value !== null);
  return factLines([
    ['Status', run.status],
    ['Fault', run.fault],
    ['Started', timeText(run.createdAtMs)],
    ['Ended', timeText(run.endedAtMs)],
    ['Requested by', run.requestedBy],
    ['Options', options.map(([name, value]) => (value === true ? name : `${name}=${String(value)}`)).join(', ')],
  ]);
}
