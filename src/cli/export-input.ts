import { z } from 'zod';
import { type ExportOptions, parseExportOptions } from '../features/export/export-options.js';
import type { RunMode } from '../features/export/run/run.js';
import { flag, idList, instant, named, narrowing } from './input-kinds.js';
import { WrongUse } from './wrong-use.js';

export const exportFlags = [
  ['--verify', 'only the journal: verdicts and values before and after (default)'],
  ['--display', 'the documents too; with --send those that were sent'],
  ['--send', 'send to Amazon'],
  ['--extended-data', 'title, description, manufacturer, browse node, keywords, bullets and what options say'],
  ['--images', 'pictures'],
  ['--no-price', 'everything but prices'],
  ['--prices-only', 'prices and nothing else'],
  ['--stock-only', 'quantities and nothing else'],
  ['--handling-time', 'handling time with the quantity'],
  ['--create', 'match and create offers that Amazon lacks'],
  ['--erase', 'take SKUs marked for deletion off Amazon, not only bring them to 0; needs --yes'],
  ['--all', 'the entire catalogue, also what Amazon has accepted already'],
  ['--since <instant>', 'only products that changed since, such as 2026-11-21T14:00:00Z'],
  ['--products <ids>', 'only these products (id_product), separated by commas'],
  ['--account <name>', 'only this account'],
  ['--marketplace <country>', 'only this marketplace: FR, or ACCOUNT/FR'],
  ['--out <folder>', 'write the documents of --display there, uncompressed'],
  ['--wait', 'stay until Amazon has answered every feed'],
  ['--yes', 'do it without asking'],
] as const;

export const exportInput = z.object({
  ...narrowing,
  verify: flag,
  display: flag,
  send: flag,
  extendedData: flag,
  images: flag,
  // commander turns --no-price into price = false.
  price: z.boolean().default(true),
  pricesOnly: flag,
  stockOnly: flag,
  handlingTime: flag,
  create: flag,
  erase: flag,
  all: flag,
  since: instant.optional(),
  products: idList('products').optional(),
  out: named('a folder').optional(),
  wait: flag,
  yes: flag,
});

export type ExportInput = z.output<typeof exportInput>;

/** What an export is to do, free of contradictions. */
export interface ExportOrder {
  readonly mode: RunMode;
  /** Whether the documents are shown: always with `display`, and with `send` when it was asked for. */
  readonly display: boolean;
  readonly options: ExportOptions;
}

/**
 * Makes an order of the flags.
 *
 * @throws WrongUse, ContradictingOptions
 */
export function exportOrder(input: ExportInput): ExportOrder {
  const { verify, display, send, out, wait, yes: _, price, since, products, account, marketplace, ...flags } = input;
  const refuse = (reason: string) => new WrongUse({ reason });
  if (verify && (send || display))
    throw refuse(
      'Expected either --verify or --send and --display, got both. --verify sends nothing and shows no documents.',
    );
  if (out !== undefined && !display)
    throw refuse('Expected --display beside --out: there are no documents to write without it.');
  if (wait && !send) throw refuse('Expected --send beside --wait: nothing is sent that could be waited for.');
  if (flags.erase && flags.pricesOnly)
    throw refuse('Expected either --erase or --prices-only, got both: prices take nothing off Amazon.');
  if ([flags.all, since !== undefined, products !== undefined].filter(Boolean).length > 1)
    throw refuse(
      'Expected one of --all, --since and --products, got several. Each says by itself which products are meant.',
    );
  const options = parseExportOptions({
    ...flags,
    noPrice: !price,
    since: since ?? null,
    products: products ?? null,
    account: account ?? null,
    marketplace: marketplace ?? null,
  });
  return { mode: send ? 'send' : display ? 'display' : 'verify', display, options };
}
