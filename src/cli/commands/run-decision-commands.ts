import type { Command } from 'commander';
import { z } from 'zod';
import type { Hold } from '../../features/export/guard/hold.js';
import { heldText } from '../../features/export/guard/hold-texts.js';
import { addCommand, type CommandHost } from '../add-command.js';
import { type Answer, textLines } from '../answer.js';
import { ACTOR, type CommandLine } from '../command-line.js';
import { exportAnswer } from '../export-answer.js';
import { flag, idOf } from '../input-kinds.js';
import { MarketplaceNames } from '../marketplace-names.js';
import { watched } from '../watched-run.js';

/** `run release` and `run discard`: what becomes of what a run holds. */
export function addRunDecisionCommands(run: Command, host: CommandHost): void {
  addCommand(run, host, {
    call: 'release <id>',
    summary: 'let go what a run holds: it is read and computed again, and sent',
    options: [['--wait', 'go on until Amazon has answered every feed']],
    input: z.object({ id: idOf('a run'), wait: flag }),
    run: ({ id, wait }, cli) => release(id, wait, cli),
  });
  addCommand(run, host, {
    call: 'discard <id>',
    summary: 'send nothing of what a run holds: Amazon keeps its values',
    input: z.object({ id: idOf('a run') }),
    run: async ({ id }, cli) => {
      const holds = await (await cli.program()).export.discard(id, ACTOR);
      return { data: { run: id, discarded: holds.map(decidedView) }, text: textLines(discardLines(holds)) };
    },
  });
}

async function release(id: number, wait: boolean, cli: CommandLine): Promise<Answer> {
  const program = await cli.program();
  const request = { requestedBy: ACTOR, signal: cli.terminal.signal, wait };
  const run = await watched(cli, (onProgress) => program.export.release(id, { ...request, onProgress }));
  const order = { mode: 'send', display: false, options: run.options } as const;
  return exportAnswer({ order, run, files: null, program, names: await MarketplaceNames.of(program) });
}

function decidedView({ kind, lineCount, accountId }: Hold) {
  return { kind, lines: lineCount, accountId };
}

function discardLines(holds: readonly Hold[]): readonly string[] {
  return [
    ...holds.map(({ kind, lineCount }) => `Discarded: ${heldText(kind, lineCount)}.`),
    holds.some((hold) => hold.kind === 'first-send')
      ? 'Nothing was sent. What waits stays in the queue, and the next send is held again.'
      : 'Nothing was sent. Amazon keeps its values until something marks the products again: feedbridge queue mark',
  ];
}
