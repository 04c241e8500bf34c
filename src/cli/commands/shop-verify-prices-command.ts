import type { Command } from 'commander';
import { z } from 'zod';
import { verifyPricesOf } from '../../compose/price-verification.js';
import { readShopSetting, type ShopSetting } from '../../config/shop-setting.js';
import type { PriceVerification } from '../../features/price-verification/verify-prices.js';
import { addCommand, type CommandHost } from '../add-command.js';
import { type Answer, textLines } from '../answer.js';
import type { CommandLine } from '../command-line.js';
import { instant, limit, named } from '../input-kinds.js';
import { priceMismatchLines } from '../price-mismatch-lines.js';
import { WrongUse } from '../wrong-use.js';

const ADDRESS = 'mysql://USER:PASSWORD@HOST:PORT/DATABASE?prefix=ps_&shop=1';

/** `shop verify-prices`: computes a table of prices by the engine of the export and compares. */
export function addShopVerifyPricesCommand(shop: Command, host: CommandHost): void {
  addCommand(shop, host, {
    call: 'verify-prices',
    summary: 'compute prices that PrestaShop computed, and compare every cent',
    options: [
      ['--shop <url>', `the shop's database, ${ADDRESS} (that of FEEDBRIDGE_SHOP)`],
      ['--csv <file>', 'what PrestaShop computed: CSV with a header, plain or gzipped'],
      ['--limit <count>', 'check only so many lines'],
      ['--at <instant>', 'the instant that counts for dated prices, such as 2026-11-21T14:00:00Z (now)'],
      ['--out <file>', 'write every computed line into a CSV file of the same form'],
    ],
    input: z.object({
      shop: named("the address of a shop's database").optional(),
      csv: named('a CSV file'),
      limit,
      at: instant.optional(),
      out: named('a file').optional(),
    }),
    run: async (input, cli) => {
      const url = input.shop === undefined ? configuredShop(cli) : givenShop(input.shop, cli);
      const result = await verifyPricesOf(url, {
        csv: cli.path(input.csv),
        out: input.out === undefined ? null : cli.path(input.out),
        limit: input.limit ?? null,
        atMs: input.at === undefined ? Date.now() : Date.parse(input.at),
        signal: cli.terminal.signal,
      });
      return toAnswer(result);
    },
  });
}

function givenShop(text: string, cli: CommandLine): string {
  const setting = readShopSetting(text);
  if ('expected' in setting)
    throw new WrongUse({ reason: `Expected --shop to be ${setting.expected}, got ${setting.received}.` });
  const url = databaseOf(setting.value, '--shop');
  if (new URL(text).password !== '')
    cli.remark(
      'The password in --shop is seen by every user of this machine: leave --shop out and set FEEDBRIDGE_SHOP.',
    );
  return url;
}

function configuredShop(cli: CommandLine): string {
  return databaseOf(cli.configuration.shop, 'FEEDBRIDGE_SHOP');
}

/** The demo shop's prices were never computed by PrestaShop, and a Webservice gives PrestaShop's own. */
function databaseOf(shop: ShopSetting, place: string): string {
  if ('url' in shop && shop.url.startsWith('mysql:')) return shop.url;
  throw new WrongUse({
    reason: `Expected ${place} to be ${ADDRESS}, got another kind of shop: only the tables of a PrestaShop can be compared with what it computed.`,
  });
}

function toAnswer({ checked, mismatches, first, unknownColumns }: PriceVerification): Answer {
  const lines = [
    `checked ${checked}`,
    `mismatches ${mismatches}`,
    ...(checked === 0 ? ['Nothing was checked: the table has no line below its header.'] : []),
    ...(unknownColumns.length === 0 ? [] : [`columns passed over: ${unknownColumns.join(', ')}`]),
    ...first.flatMap(priceMismatchLines),
    ...(mismatches > first.length ? [`and ${mismatches - first.length} more`] : []),
  ];
  return {
    data: { checked, mismatches, unknownColumns, first: first.map(toPlain) },
    text: textLines(lines),
    exitCode: checked === 0 || mismatches > 0 ? 1 : 0,
  };
}

function toPlain({ row, lacks, differences, winner }: PriceVerification['first'][number]) {
  return { line: row.line, asked: row.asked, lacks, differences, idSpecificPrice: winner?.id ?? null };
}
