import type { Command } from 'commander';
import { z } from 'zod';
import type { Feedbridge } from '../../compose.js';
import type { QueueRow } from '../../features/queue/queue-row.js';
import { addCommand, type CommandHost } from '../add-command.js';
import { textLines } from '../answer.js';
import { limit, narrowing, narrowingOptions } from '../input-kinds.js';
import { chosenMarketplaces } from '../marketplace-choice.js';
import { MarketplaceNames } from '../marketplace-names.js';
import { counted, figure, timeText } from '../plain-words.js';
import { queuePages } from '../queue-pages.js';
import { tableLines } from '../table.js';

const USUAL_ROWS = 50;

/** `queue list`: an array of all marks, oldest first; people see the first ones and how many there are. */
export function addQueueListCommand(queue: Command, host: CommandHost): void {
  addCommand(queue, host, {
    call: 'list',
    summary: 'show what waits, oldest first',
    options: [...narrowingOptions, ['--limit <rows>', `at most so many (${USUAL_ROWS}; with --json all)`]],
    input: z.object({ ...narrowing, limit }),
    run: async (input, cli) => {
      const program = await cli.program();
      const marketplaceIds = (await chosenMarketplaces(input, program)).map((one) => one.id);
      const names = await MarketplaceNames.of(program);
      return {
        data: views(marketplaceIds, { names, limit: input.limit ?? Number.POSITIVE_INFINITY }, program),
        text: describe(marketplaceIds, { names, limit: input.limit ?? USUAL_ROWS }, program),
      };
    },
  });
}

interface Shown {
  readonly names: MarketplaceNames;
  readonly limit: number;
}

async function* views(marketplaceIds: readonly number[], shown: Shown, { queue }: Feedbridge): AsyncGenerator<unknown> {
  let left = shown.limit;
  for await (const page of queuePages(marketplaceIds, queue))
    for (const row of page) {
      if (left <= 0) return;
      left -= 1;
      yield queueView(row, shown.names);
    }
}

function queueView(row: QueueRow, names: MarketplaceNames) {
  const { id, shopId, productId, action, sku, erase, reason, tries, claimedRunId, createdAtMs, markedAtMs } = row;
  return {
    id,
    marketplace: names.full(row.marketplaceId),
    shopId,
    productId,
    action,
    sku: sku === '' ? null : sku,
    erase,
    state: claimedRunId === null ? 'waiting' : 'in-flight',
    runId: claimedRunId,
    reason,
    tries,
    notBeforeAtMs: row.notBeforeMs === 0 ? null : row.notBeforeMs,
    markedAtMs,
    createdAtMs,
  };
}

function actionText({ action, sku, erase }: QueueRow): string {
  if (action !== 'delete') return action;
  return erase ? `delete, erase ${sku}` : `delete ${sku}`;
}

async function* describe(
  marketplaceIds: readonly number[],
  { names, limit: most }: Shown,
  { queue }: Feedbridge,
): AsyncGenerator<string> {
  const counts = await queue.counts(marketplaceIds);
  const total = counts.reduce((sum, one) => sum + one.count, 0);
  const claimed = counts.reduce((sum, one) => sum + one.claimed, 0);
  if (total === 0) {
    yield* textLines(['Nothing waits.']);
    return;
  }
  const rows = await queue.list({ marketplaceIds, afterId: 0, limit: most });
  const lines = tableLines(rows, [
    { heading: 'Id', text: (row) => String(row.id), right: true },
    { heading: 'Product', text: (row) => String(row.productId), right: true },
    { heading: 'Where', text: (row) => names.short(row.marketplaceId) },
    { heading: 'Action', text: actionText },
    { heading: 'State', text: (row) => (row.claimedRunId === null ? 'waiting' : `in run ${row.claimedRunId}`) },
    { heading: 'Reason', text: (row) => row.reason },
    { heading: 'Tries', text: (row) => row.tries, right: true },
    { heading: 'Marked', text: (row) => timeText(row.markedAtMs) },
  ]);
  yield* textLines(lines, [
    `${counted(total, 'mark')}, of which ${figure(claimed)} in flight.`,
    ...(total > rows.length ? [`The first ${rows.length} are shown; --limit shows more.`] : []),
  ]);
}
