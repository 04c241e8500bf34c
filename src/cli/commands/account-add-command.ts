import type { Command } from 'commander';
import { z } from 'zod';
import type { SellingShop } from '../../features/accounts/new-account.js';
import { type AccountSecrets, parseSecretsFile } from '../../features/accounts/secrets-file.js';
import { addCommand, type CommandHost } from '../add-command.js';
import { type Answer, textLines } from '../answer.js';
import { askHidden } from '../ask-person.js';
import { ACTOR, type CommandLine } from '../command-line.js';
import { idOf, named, oneOf, textList } from '../input-kinds.js';
import { chosenShop } from '../marketplace-choice.js';
import { readArgumentFile } from '../read-argument-file.js';
import { WrongUse } from '../wrong-use.js';

const input = z.object({
  name: named('a name for the account'),
  region: z.preprocess((text) => (typeof text === 'string' ? text.toUpperCase() : text), oneOf(['EU', 'NA', 'FE'])),
  shop: idOf('a shop').optional(),
  sellerId: named("the seller's id at Amazon"),
  baseUrl: named('an address').optional(),
  tokenUrl: named('an address').optional(),
  clientId: named("the application's client id"),
  marketplaces: textList('countries separated by commas, such as FR,DE'),
  feedFormat: oneOf(['xml', 'json']).optional(),
  secretsFile: named('a file').optional(),
});

type Input = z.output<typeof input>;

/** `account add`: connects a seller account; its secrets come from a file or are asked for, never from arguments. */
export function addAccountAddCommand(account: Command, host: CommandHost): void {
  addCommand(account, host, {
    call: 'add',
    summary: 'connect a seller account; sending to it stays off until it is switched on',
    options: [
      ['--name <name>', 'how the account is called here'],
      ['--region <region>', 'EU, NA or FE'],
      ['--shop <id>', 'shop context that it sells from (the first one)'],
      ['--seller-id <id>', "the seller's id at Amazon"],
      ['--base-url <url>', "address of the API (Amazon's own of that region)"],
      ['--token-url <url>', "address of the login (Amazon's own)"],
      ['--client-id <id>', "the application's client id"],
      ['--marketplaces <countries>', 'FR,DE,…; DE:3 sells from shop 3'],
      ['--feed-format <format>', "xml or json (json at Amazon's own hosts, xml elsewhere)"],
      ['--secrets-file <file>', 'lines CLIENT_SECRET=… and REFRESH_TOKEN=…; - reads standard input'],
    ],
    input,
    run: async (wanted, cli) => add(wanted, cli),
  });
}

async function add(wanted: Input, cli: CommandLine): Promise<Answer> {
  const { shop: shopId, secretsFile, baseUrl, tokenUrl, feedFormat, marketplaces: marketplaceTexts, ...rest } = wanted;
  const secrets = await readSecrets(secretsFile, cli);
  const program = await cli.program();
  const contextOf = (id: number | undefined) => program.shop.catalogue(chosenShop(id, program)).context();
  const shop = await contextOf(shopId);
  const { countries, shopIds } = readMarketplaces(marketplaceTexts);
  const otherShops = new Map<string, SellingShop>();
  for (const [country, id] of shopIds) otherShops.set(country, await contextOf(id));
  const optional = {
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(tokenUrl === undefined ? {} : { tokenUrl }),
    ...(feedFormat === undefined ? {} : { feedFormat }),
  };
  const account = await program.accounts.add(
    { ...rest, ...optional, ...secrets, shop, otherShops, marketplaces: countries },
    ACTOR,
  );
  const marketplaces = await program.accounts.marketplaces(account.id);
  const lines = [
    `The account ${account.name} was added; it takes ${account.feedFormat.toUpperCase()} feeds.`,
    ...marketplaces.map(({ country, active, inactiveReason, shopId: from }) =>
      active
        ? `  ${country}  active${from === account.shopId ? '' : `, from shop ${from}`}`
        : `  ${country}  inactive: ${inactiveReason}`,
    ),
    `Test it:            feedbridge account test ${account.name}`,
    `See what would go:  feedbridge export --all --account ${account.name}`,
    `Allow sending:      feedbridge settings set sending on --account ${account.name}`,
  ];
  return { data: { account, marketplaces }, text: textLines(lines) };
}

/** "FR" and "DE:3": countries in upper case, and those with a shop of their own. */
function readMarketplaces(texts: readonly string[]) {
  const shopIds = new Map<string, number>();
  const countries = texts.map((text) => {
    const [name = '', id] = text.split(':');
    const country = name.trim().toUpperCase() === 'GB' ? 'UK' : name.trim().toUpperCase();
    if (id !== undefined && !/^[1-9]\d{0,8}$/.test(id.trim()))
      throw new WrongUse({
        reason: `Expected --marketplaces as FR,DE or DE:3 with the id of a shop, got ${JSON.stringify(text)}.`,
      });
    if (id !== undefined) shopIds.set(country, Number(id));
    return country;
  });
  return { countries, shopIds };
}

async function readSecrets(file: string | undefined, cli: CommandLine): Promise<AccountSecrets> {
  if (file !== undefined) return parseSecretsFile(await readArgumentFile(file, cli));
  if (!cli.mayAsk)
    throw new WrongUse({
      reason:
        'Expected --secrets-file with the lines CLIENT_SECRET=… and REFRESH_TOKEN=…; on a terminal they are asked for.',
    });
  const clientSecret = await askHidden('Client secret (not shown): ', cli.terminal);
  const refreshToken = await askHidden('Refresh token (not shown): ', cli.terminal);
  return { clientSecret: clientSecret.trim(), refreshToken: refreshToken.trim() };
}
