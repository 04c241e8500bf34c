import type { Feedbridge } from '../compose.js';
import type { Run } from '../features/export/run/run.js';
import { runLogLines } from '../features/export/run/run-log-lines.js';
import type { Feed } from '../features/reports/feed.js';
import { type Answer, type ExitCode, textLines } from './answer.js';
import { feedCauseLines } from './cause-lines.js';
import type { ExportOrder } from './export-input.js';
import { feedTable } from './feed-table.js';
import { holdTexts } from './held-lines.js';
import type { MarketplaceNames } from './marketplace-names.js';
import { sizeText } from './plain-words.js';
import { runLineTexts, totalLines } from './run-lines.js';
import { documentView, feedView, lineView, runView, totalsView } from './run-view.js';

/** A run that has ended, and what is to be shown of it. */
export interface EndedExport {
  readonly order: ExportOrder;
  readonly run: Run;
  /** Its documents as files, when they were written somewhere. */
  readonly files: readonly string[] | null;
  readonly program: Feedbridge;
  readonly names: MarketplaceNames;
}

/** What an export has to say: item by item, in totals, and where to look on. */
export async function exportAnswer(ended: EndedExport): Promise<Answer> {
  const { order, run, files, program, names } = ended;
  const documents = order.display ? await program.export.documents(run) : [];
  const feeds = order.mode === 'send' ? await program.feeds.list({ runId: run.id, limit: 10_000 }) : [];
  return {
    data: {
      run: runView(run),
      totals: totalsView(run.totals),
      feeds: order.mode === 'send' ? feeds.map((one) => feedView(one, names)) : undefined,
      documents: order.display
        ? documents.map((one, index) => ({
            ...documentView(one, names),
            file: files?.[index] ?? program.archive.absolute(one.path),
          }))
        : undefined,
      lines: order.mode === 'send' ? undefined : lineViews(ended),
    },
    text: describe(ended, feeds),
    exitCode: exitCodeOf(run, feeds),
  };
}

/** 3 when something is held, or Amazon rejected it or has not clearly accepted it; verdicts are no failure. */
function exitCodeOf({ totals }: Run, feeds: readonly Feed[]): ExitCode {
  const broken = feeds.some(({ status }) => status === 'failed' || status === 'fatal' || status === 'cancelled');
  const { rejected, unknown, unsent, held, passedOver } = totals;
  return rejected + unknown + unsent + held > 0 || broken || passedOver.some((one) => one.isHeld) ? 3 : 0;
}

async function* lineViews({ run, program, names }: EndedExport): AsyncGenerator<unknown> {
  for await (const line of runLogLines(run.id, program)) yield lineView(line, names);
}

async function* describe(ended: EndedExport, feeds: readonly Feed[]): AsyncGenerator<string> {
  const { order, run, files, program, names } = ended;
  if (order.mode !== 'send')
    for await (const line of runLogLines(run.id, program)) yield* textLines(runLineTexts(line, names));
  if (order.display && files === null) yield* documentTexts(ended);
  if (feeds.length > 0) yield* textLines(feedTable(feeds, names));
  const wrong = feeds.filter((one) => (one.errors ?? 0) > 0);
  const causes = wrong.map(async ({ id }) => ({ feedId: id, causes: await program.feeds.causes(id) }));
  yield* textLines(feedCauseLines(await Promise.all(causes)));
  yield* textLines(
    totalLines(run),
    holdTexts(await program.holdViews.ofRun(run.id), names),
    (files ?? []).map((file) => `Written: ${file}`),
    whereToLook(order, run),
  );
}

/** The documents as they lie in the archive, byte for byte, each below a line that says which one it is. */
async function* documentTexts({ run, program, names }: EndedExport): AsyncGenerator<string> {
  for (const { marketplaceId, messageType, messages, bytes, path, removedAtMs } of await program.export.documents(
    run,
  )) {
    const about = `${names.short(marketplaceId)} ${messageType}: ${messages} messages, ${sizeText(bytes)}`;
    yield* textLines([`--- ${about}, ${removedAtMs ? 'not kept: the disk is nearly full' : path}`]);
    if (removedAtMs) continue;
    yield* (await program.archive.open(path)).setEncoding('utf8') as AsyncIterable<string>;
    yield '\n';
  }
}

function whereToLook({ mode }: ExportOrder, { id, totals }: Run): readonly string[] {
  const again = `Again, or one SKU of it:  feedbridge run show ${id} --lines [--sku SKU]`;
  if (mode !== 'send') return [again];
  const open =
    totals.feeds > 0
      ? ['Its feeds:                feedbridge feed list', 'What still waits:         feedbridge queue list']
      : [];
  return [again, ...open];
}
