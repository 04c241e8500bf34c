import type { Command } from 'commander';
import { z } from 'zod';
import { assembleCommands } from '../../compose/assemble-commands.js';
import { addCommand, type CommandHost } from '../add-command.js';
import { type Answer, textLines } from '../answer.js';
import { ACTOR, type CommandLine } from '../command-line.js';
import { flag, idOf, wholeNumber } from '../input-kinds.js';
import { chosenShop } from '../marketplace-choice.js';

const input = z.object({
  product: idOf('a product'),
  quantity: wholeNumber(0, 99_999_999),
  combination: idOf('a combination').optional(),
  shop: idOf('a shop').optional(),
  yes: flag,
});

/** `shop set-stock`: sets the stock of one item in the shop; without `--yes` only says what would change. */
export function addShopSetStockCommand(shop: Command, host: CommandHost): void {
  addCommand(shop, host, {
    call: 'set-stock <product> <quantity>',
    summary: 'set the stock of one item in the shop; without --yes only say what would change',
    options: [
      ['--combination <id>', 'the combination, where the product has any'],
      ['--shop <id>', 'shop context whose stock is meant (the first one)'],
      ['--yes', 'write'],
    ],
    input,
    run: (wanted, cli) => setStock(wanted, cli),
  });
}

async function setStock(wanted: z.output<typeof input>, cli: CommandLine): Promise<Answer> {
  const program = await cli.program();
  const { shopWrites } = assembleCommands(program);
  const shopId = chosenShop(wanted.shop, program);
  const item = { productId: wanted.product, combinationId: wanted.combination ?? 0 };
  const planned = await shopWrites.planStock(shopId, item, wanted.quantity);
  const before = planned.place.quantity;
  const change = `Stock row ${planned.place.rowId} of shop ${shopId}: ${before} → ${wanted.quantity}.`;
  if (before === wanted.quantity) return answer(planned, { written: false, lines: [change, 'It is so already.'] });
  if (!wanted.yes)
    return answer(planned, { written: false, lines: [change, 'Nothing was written. Write it with --yes.'] });
  const quantity = await shopWrites.writeStock(planned, ACTOR);
  return answer(planned, { written: true, lines: [change, `Written; the shop says ${quantity}.`] });
}

function answer(planned: object, { written, lines }: { written: boolean; lines: readonly string[] }): Answer {
  return { data: { ...planned, written }, text: textLines(lines) };
}
