import type { Command } from 'commander';
import { z } from 'zod';
import type { DurationFigures, LatencyFigures } from '../../features/queue/latency-figures.js';
import { addCommand, type CommandHost } from '../add-command.js';
import { textLines } from '../answer.js';
import { wholeNumber } from '../input-kinds.js';
import { durationText } from '../plain-words.js';
import { tableLines } from '../table.js';

const USUAL_DAYS = 7;
const DAY_MS = 86_400_000;

/** `queue latency`: how long changes took from being seen to Amazon's acceptance, by day and source. */
export function addQueueLatencyCommand(queue: Command, host: CommandHost): void {
  addCommand(queue, host, {
    call: 'latency',
    summary: 'show how long changes took to reach Amazon, by day and by who noticed them',
    options: [['--days <days>', `of so many days, today included (${USUAL_DAYS})`]],
    input: z.object({ days: wholeNumber(1, 3_650).default(USUAL_DAYS) }),
    run: async ({ days }, cli) => {
      const { queue: service, clock } = await cli.program();
      const nowMs = clock.nowMs();
      const figures = await service.latencies(nowMs - (nowMs % DAY_MS) - (days - 1) * DAY_MS);
      return { data: figures, text: textLines(describe(figures)) };
    },
  });
}

function describe(figures: readonly LatencyFigures[]): readonly string[] {
  if (figures.length === 0) return ['No change was done in that time.'];
  const column = (heading: string, text: (row: LatencyFigures) => string | number | null) => ({
    heading,
    text,
    right: true,
  });
  return tableLines(figures, [
    { heading: 'Day', text: (row) => row.day },
    { heading: 'Noticed by', text: (row) => row.source },
    column('Changes', (row) => row.changes),
    column('Accepted', (row) => row.accepted),
    column('Marked after p50', (row) => took(row.toMark, 'p50Ms')),
    column('p95', (row) => took(row.toMark, 'p95Ms')),
    column('Accepted after p50', (row) => took(row.toAcceptance, 'p50Ms')),
    column('p95', (row) => took(row.toAcceptance, 'p95Ms')),
    column('max', (row) => took(row.toAcceptance, 'maxMs')),
  ]);
}

function took(figures: DurationFigures | null, which: keyof DurationFigures): string | null {
  return figures === null ? null : durationText(0, figures[which]);
}
