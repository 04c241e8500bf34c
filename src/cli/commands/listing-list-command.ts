import type { Command } from 'commander';
import { z } from 'zod';
import { assembleCommands } from '../../compose/assemble-commands.js';
import type { Feedbridge } from '../../compose.js';
import type { Marketplace } from '../../features/accounts/account.js';
import { LISTING_STATES, type ListingState, type ListingView } from '../../features/listings/listing-views.js';
import { addCommand, type CommandHost } from '../add-command.js';
import { textLines } from '../answer.js';
import { limit, narrowing, narrowingOptions, oneOf } from '../input-kinds.js';
import { chosenMarketplaces } from '../marketplace-choice.js';
import { MarketplaceNames } from '../marketplace-names.js';
import { tableLines } from '../table.js';
import { valueText } from '../value-text.js';

const USUAL_ROWS = 50;
const ROWS_PER_PAGE = 1_000;

/** `listing list`: an array of every SKU on every marketplace; people see the first ones. */
export function addListingListCommand(listing: Command, host: CommandHost): void {
  addCommand(listing, host, {
    call: 'list',
    summary: 'show the listings that we remember, each with its state',
    options: [
      ...narrowingOptions,
      ['--state <state>', `only ${LISTING_STATES.join(', ')}`],
      ['--limit <rows>', `at most so many (${USUAL_ROWS}; with --json all)`],
    ],
    input: z.object({ ...narrowing, state: oneOf(LISTING_STATES).optional(), limit }),
    run: async (input, cli) => {
      const program = await cli.program();
      const names = await MarketplaceNames.of(program);
      const marketplaces = await chosenMarketplaces(input, program);
      const state = input.state ?? null;
      return {
        data: data({ marketplaces, state, limit: input.limit ?? Number.POSITIVE_INFINITY }, { program, names }),
        text: describe({ marketplaces, state, limit: input.limit ?? USUAL_ROWS }, { program, names }),
      };
    },
  });
}

interface Wanted {
  readonly marketplaces: readonly Marketplace[];
  readonly state: ListingState | null;
  readonly limit: number;
}

interface Surroundings {
  readonly program: Feedbridge;
  readonly names: MarketplaceNames;
}

/** Marketplace by marketplace, so that a page never ends between two rows of one SKU. */
async function* listed({ marketplaces, state, limit: most }: Wanted, program: Feedbridge): AsyncGenerator<ListingView> {
  const { listingViews } = assembleCommands(program);
  let left = most;
  for (const { id } of marketplaces)
    for (let afterId = 0; left > 0; ) {
      const size = Math.min(left, ROWS_PER_PAGE);
      const page = await listingViews.list({ marketplaceIds: [id], state, afterId, limit: size });
      const last = page.at(-1);
      if (last === undefined) break;
      yield* page;
      left -= page.length;
      afterId = last.id;
    }
}

async function* data(wanted: Wanted, { program, names }: Surroundings): AsyncGenerator<unknown> {
  for await (const { id: _, marketplaceId, ...view } of listed(wanted, program))
    yield { marketplace: names.full(marketplaceId), ...view };
}

async function* describe(wanted: Wanted, { program, names }: Surroundings): AsyncGenerator<string> {
  const rows: ListingView[] = [];
  for await (const one of listed({ ...wanted, limit: wanted.limit + 1 }, program)) rows.push(one);
  if (rows.length === 0) {
    yield* textLines(['There is no such listing. "feedbridge listing read" asks Amazon for them.']);
    return;
  }
  const lines = tableLines(rows.slice(0, wanted.limit), [
    { heading: 'SKU', text: (row) => row.sku },
    { heading: 'Where', text: (row) => names.short(row.marketplaceId) },
    { heading: 'Product', text: (row) => (row.productId === 0 ? null : String(row.productId)), right: true },
    { heading: 'ASIN', text: (row) => row.asin },
    { heading: 'State', text: (row) => row.state },
    { heading: 'Price', text: (row) => change('price', row.price) },
    { heading: 'Quantity', text: (row) => change('quantity', row.quantity) },
  ]);
  yield* textLines(lines, rows.length > wanted.limit ? ['There are more; --limit shows them.'] : []);
}

/** What Amazon shows, and what we want where that differs. */
function change(part: 'price' | 'quantity', { desired, effective }: ListingView['price']): string | null {
  if (effective === null || desired === null || effective === desired) return valueText(part, desired ?? effective);
  return `${valueText(part, effective)} → ${valueText(part, desired)}`;
}
