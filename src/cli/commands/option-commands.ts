import type { Command } from 'commander';
import { z } from 'zod';
import type { Feedbridge } from '../../compose.js';
import type { OptionSubject, ProductOptionRow } from '../../features/offers/product-option.js';
import { productOptionDefinitions } from '../../features/offers/product-option-definitions.js';
import type { OptionChange } from '../../features/offers/product-option-service.js';
import { addCommand, type CommandHost } from '../add-command.js';
import { type Answer, textLines } from '../answer.js';
import { ACTOR } from '../command-line.js';
import { idOf, named, narrowing, wholeNumber } from '../input-kinds.js';
import { chosenShop, type Narrowing, namedMarketplace } from '../marketplace-choice.js';
import { MarketplaceNames } from '../marketplace-names.js';
import { assertCombination, assertProducts } from '../shop-products.js';
import { tableLines } from '../table.js';

const about = {
  ...narrowing,
  product: idOf('a product'),
  combination: wholeNumber(0, 4_294_967_295).default(0),
  shop: idOf('a shop').optional(),
};
const aboutOptions = [
  ['--combination <id>', 'for one combination of the product only'],
  ['--marketplace <country>', 'for one marketplace only: FR, or ACCOUNT/FR'],
  ['--account <name>', 'whose marketplace, where several have it'],
  ['--shop <id>', 'shop context of the product (the first one)'],
] as const;

type About = Narrowing & { readonly product: number; readonly combination: number; readonly shop?: number | undefined };

/** `option`: what the products' Amazon tabs say. */
export function addOptionCommands(root: Command, host: CommandHost): void {
  const option = root.command('option').description("what is said of single products: the product's Amazon tab");
  addOptionReading(option, host);
  addCommand(option, host, {
    call: 'set <product> <name> <value>',
    summary: 'say something of a product, a combination, or one of them on one marketplace',
    options: [...aboutOptions],
    input: z.object({ ...about, name: named('the name of an option'), value: z.string() }),
    run: async (input, cli) => {
      const program = await cli.program();
      return setOption(input, { name: input.name, text: input.value }, program);
    },
  });
  addCommand(option, host, {
    call: 'clear <product> [name]',
    summary: 'take back one option, or all that is said there',
    options: [...aboutOptions],
    input: z.object({ ...about, name: named('the name of an option').optional() }),
    run: async (input, cli) => {
      const program = await cli.program();
      if (input.name !== undefined) return setOption(input, { name: input.name, text: null }, program);
      const cleared = await program.options.clear(await subjectOf(input, program), ACTOR);
      return { data: { cleared }, text: textLines([cleared ? 'Taken back.' : 'Nothing was said there.']) };
    },
  });
}

function addOptionReading(option: Command, host: CommandHost): void {
  addCommand(option, host, {
    call: 'list',
    summary: 'show the options that there are and what may be given',
    input: z.object({}),
    run: async () => {
      const definitions = productOptionDefinitions.map(({ name, scope, expected, description }) => ({
        name,
        scope,
        expected,
        description,
      }));
      const lines = tableLines(definitions, [
        { heading: 'Option', text: (row) => row.name },
        { heading: 'Expected', text: (row) => row.expected },
        {
          heading: 'Given for',
          text: (row) => (row.scope === 'account' ? 'all marketplaces' : 'all or one marketplace'),
        },
        { heading: 'Meaning', text: (row) => row.description },
      ]);
      return { data: definitions, text: textLines(lines) };
    },
  });
  addCommand(option, host, {
    call: 'get <product>',
    summary: 'show all that is said of a product, its combinations and its marketplaces',
    options: [['--shop <id>', 'shop context of the product (the first one)']],
    input: z.object({ product: about.product, shop: about.shop }),
    run: async ({ product, shop }, cli) => {
      const program = await cli.program();
      const shopId = chosenShop(shop, program);
      await assertProducts([product], shopId, program);
      const rows = (await program.options.ofProducts(shopId, [product])).get(product) ?? [];
      const names = await MarketplaceNames.of(program);
      return { data: rows.flatMap((row) => saidBy(row, names)), text: textLines(getLines(rows, names)) };
    },
  });
}

/** One entry for every option that a row says. */
function saidBy(row: ProductOptionRow, names: MarketplaceNames) {
  const { combinationId, marketplaceId } = row;
  return productOptionDefinitions.flatMap(({ name, field }) => {
    const value = row[field];
    return value === null ? [] : [{ name, value, combinationId, marketplace: names.full(marketplaceId) }];
  });
}

function getLines(rows: readonly ProductOptionRow[], names: MarketplaceNames): readonly string[] {
  const said = rows.flatMap((row) => saidBy(row, names));
  if (said.length === 0) return ['Nothing is said of this product.'];
  return tableLines(said, [
    { heading: 'Option', text: (entry) => entry.name },
    {
      heading: 'Value',
      text: ({ value }) => (typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value) || '(empty)'),
    },
    { heading: 'Combination', text: (entry) => (entry.combinationId === 0 ? 'all' : String(entry.combinationId)) },
    { heading: 'Marketplace', text: (entry) => entry.marketplace ?? 'all' },
  ]);
}

async function setOption(
  input: About,
  option: { readonly name: string; readonly text: string | null },
  program: Feedbridge,
): Promise<Answer> {
  const change = await program.options.set(await subjectOf(input, program), option, ACTOR);
  return { data: change, text: textLines([describeChange(change)]) };
}

function describeChange({ name, before, after }: OptionChange): string {
  const shown = (text: string | null) => (text === null ? 'not said' : JSON.stringify(text));
  if (before === after) return `${name} stays ${shown(after)}.`;
  return `${name}: ${shown(before)} → ${shown(after)}. The product was marked to be looked at again.`;
}

async function subjectOf(input: About, program: Feedbridge): Promise<OptionSubject> {
  const { account, marketplace, product, combination } = input;
  const shopId = chosenShop(input.shop, program);
  await assertCombination({ shopId, productId: product, combinationId: combination }, program);
  const marketplaceId = marketplace === undefined ? 0 : (await namedMarketplace({ account, marketplace }, program)).id;
  return { shopId, productId: product, combinationId: combination, marketplaceId };
}
