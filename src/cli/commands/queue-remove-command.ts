import type { Command } from 'commander';
import { z } from 'zod';
import { assembleCommands } from '../../compose/assemble-commands.js';
import type { Feedbridge } from '../../compose.js';
import type { QueueRow } from '../../features/queue/queue-row.js';
import { addCommand, type CommandHost } from '../add-command.js';
import { textLines } from '../answer.js';
import { agrees } from '../ask-person.js';
import { ACTOR } from '../command-line.js';
import { flag, idList, narrowing, narrowingOptions, oneOf } from '../input-kinds.js';
import { chosenMarketplaces } from '../marketplace-choice.js';
import { counted } from '../plain-words.js';
import { queuePages } from '../queue-pages.js';
import { WrongUse } from '../wrong-use.js';

const input = z.object({
  ...narrowing,
  ids: z
    .array(z.string())
    .transform((texts) => texts.join(','))
    .pipe(z.union([z.literal('').transform((): number[] => []), idList('marks')], { error: 'numbers of marks' })),
  products: idList('products').optional(),
  action: oneOf(['update', 'create', 'delete']).optional(),
  all: flag,
});

type Input = z.output<typeof input>;

/** `queue remove`: takes marks out of the queue; what is in flight stays, since its answer is still to come. */
export function addQueueRemoveCommand(queue: Command, host: CommandHost): void {
  addCommand(queue, host, {
    call: 'remove [ids...]',
    summary: 'take marks out of the queue, by their numbers or by what they are about',
    options: [
      ['--products <ids>', 'marks of these products'],
      ['--action <action>', 'only update, create or delete'],
      ['--all', 'every mark'],
      ...narrowingOptions,
    ],
    input,
    run: async (wanted, cli) => {
      const program = await cli.program();
      const { waiting, inFlight } = await matchingMarks(wanted, program);
      const agreed = waiting.length === 0 || (await agrees(`${counted(waiting.length, 'mark')} will be removed.`, cli));
      const removed = agreed ? await assembleCommands(program).removal.remove(waiting, ACTOR) : 0;
      const lines = [agreed ? `${counted(removed, 'mark')} removed.` : 'Nothing was removed.'];
      if (inFlight > 0) lines.push(`In flight, and kept until Amazon has answered: ${inFlight}.`);
      return { data: { removed, inFlight }, text: textLines(lines) };
    },
  });
}

async function matchingMarks(
  wanted: Input,
  program: Feedbridge,
): Promise<{ readonly waiting: readonly number[]; readonly inFlight: number }> {
  const { ids, products, action, all } = wanted;
  if (ids.length === 0 && products === undefined && action === undefined && !all)
    throw new WrongUse({ reason: 'Expected numbers of marks, --products, --action or --all: which marks are to go?' });
  const marketplaceIds = (await chosenMarketplaces(wanted, program)).map((one) => one.id);
  const matches = (row: QueueRow) =>
    (ids.length === 0 || ids.includes(row.id)) &&
    (products === undefined || products.includes(row.productId)) &&
    (action === undefined || action === row.action);
  const waiting: number[] = [];
  let inFlight = 0;
  const missing = new Set(ids);
  for await (const page of queuePages(marketplaceIds, program.queue))
    for (const row of page.filter(matches)) {
      missing.delete(row.id);
      if (row.claimedRunId === null) waiting.push(row.id);
      else inFlight += 1;
    }
  if (missing.size > 0)
    throw new WrongUse({ reason: `There is no mark ${[...missing].join(', ')}. "feedbridge queue list" shows them.` });
  return { waiting, inFlight };
}
