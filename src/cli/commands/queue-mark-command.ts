import type { Command } from 'commander';
import { z } from 'zod';
import { assembleCommands } from '../../compose/assemble-commands.js';
import type { Feedbridge } from '../../compose.js';
import type { MarkedOrder, MarkOrder } from '../../features/queue/mark-orders.js';
import { addCommand, type CommandHost } from '../add-command.js';
import { type Answer, textLines } from '../answer.js';
import { ACTOR } from '../command-line.js';
import { idList, idOf, narrowing, narrowingOptions, oneOf, textList } from '../input-kinds.js';
import { chosenShop, namedMarketplace } from '../marketplace-choice.js';
import { counted } from '../plain-words.js';
import { assertProducts } from '../shop-products.js';
import { WrongUse } from '../wrong-use.js';

const input = z.object({
  ...narrowing,
  products: idList('products').optional(),
  skus: textList('SKUs separated by commas').optional(),
  action: oneOf(['update', 'create', 'delete']).default('update'),
  shop: idOf('a shop').optional(),
});

/** `queue mark`: asks for products to be looked at again. */
export function addQueueMarkCommand(queue: Command, host: CommandHost): void {
  addCommand(queue, host, {
    call: 'mark',
    summary: 'mark products to be looked at again: --products 12,13 or --skus A-1,A-2',
    options: [
      ['--products <ids>', 'by id_product, separated by commas'],
      ['--skus <skus>', 'by SKU, separated by commas'],
      ['--action <action>', 'update (default), create = match and create where missing, delete = bring SKUs to 0'],
      ['--shop <id>', 'shop context of the products (the first one)'],
      ...narrowingOptions,
    ],
    input,
    run: async (wanted, cli) => {
      const program = await cli.program();
      const order = await markOrder(wanted, program);
      return toAnswer(await assembleCommands(program).orders.mark(order, { reason: ACTOR, actor: ACTOR }));
    },
  });
}

async function markOrder(wanted: z.output<typeof input>, program: Feedbridge): Promise<MarkOrder> {
  const { products = [], skus = [], action, account, marketplace } = wanted;
  if (products.length > 0 === skus.length > 0)
    throw new WrongUse({ reason: 'Expected either --products or --skus, which name what is to be looked at.' });
  if (account !== undefined && marketplace === undefined)
    throw new WrongUse({ reason: 'Expected --marketplace beside --account: marks are made for marketplaces.' });
  const shopId = wanted.shop === undefined && marketplace !== undefined ? null : chosenShop(wanted.shop, program);
  const found = marketplace === undefined ? null : await namedMarketplace({ account, marketplace }, program);
  await assertProducts(products, shopId ?? found?.shopId ?? 1, program);
  return { action, productIds: products, skus, marketplace: found, shopId };
}

/** What is known is marked even when a part of what was named is not. */
function toAnswer({ marks, productIds, unknownSkus }: MarkedOrder): Answer {
  const lines = [`${counted(marks, 'mark')} written for ${counted(productIds.length, 'product')}.`];
  if (unknownSkus.length > 0)
    lines.push(`Neither the shop nor a listing knows ${unknownSkus.map((sku) => JSON.stringify(sku)).join(', ')}.`);
  return {
    data: { marks, productIds, unknownSkus },
    text: textLines(lines),
    exitCode: unknownSkus.length > 0 ? 2 : 0,
  };
}
