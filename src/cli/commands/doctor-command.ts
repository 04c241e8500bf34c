import type { Command } from 'commander';
import { z } from 'zod';
import type { ShopSetting } from '../../config/shop-setting.js';
import { FeedbridgeError } from '../../core/errors.js';
import type { Check } from '../../features/doctor/check.js';
import { skipped } from '../../features/doctor/check.js';
import { checkConnections } from '../../features/doctor/check-connections.js';
import { checkDatabase } from '../../features/doctor/check-database.js';
import { checkDataFolder, checkNode, checkSealingKey } from '../../features/doctor/check-machine.js';
import { addCommand, type CommandHost } from '../add-command.js';
import { type Answer, type ExitCode, textLines } from '../answer.js';
import type { CommandLine } from '../command-line.js';
import { tableLines } from '../table.js';

/** `doctor`: looks at everything that the program needs, and says what to do about what is wrong. */
export function addDoctorCommand(root: Command, host: CommandHost): void {
  addCommand(root, host, {
    call: 'doctor',
    summary: 'check settings, database, data folder, key, shop and accounts, each with the fix',
    input: z.object({}),
    run: async (_input, cli) => toAnswer(await examine(cli)),
  });
}

interface Examination {
  readonly checks: readonly Check[];
  readonly exitCode: ExitCode;
}

async function examine(cli: CommandLine): Promise<Examination> {
  const node = await checkNode('20.20.0 or newer');
  const settings = checkSettings(cli);
  if (settings.status === 'failed') return { checks: [node, settings, skipped('all that they name')], exitCode: 2 };
  const { databaseUrl, dataFolder, sealingKeys } = cli.configuration;
  const ground = [
    node,
    settings,
    await checkDatabase(databaseUrl),
    await checkDataFolder(dataFolder),
    await checkSealingKey(sealingKeys, cli.terminal.environment),
  ];
  const sound = ground.every((one) => one.status === 'ok');
  const checks = [...ground, ...(sound ? await examineConnections(cli) : [skipped('shop'), skipped('accounts')])];
  return { checks, exitCode: checks.every((one) => one.status === 'ok') ? 0 : 1 };
}

const SHOP_KINDS = {
  demo: 'the demo shop',
  prestashop: 'a PrestaShop database',
  webservice: 'a PrestaShop by its Webservice',
} as const satisfies Record<ShopSetting['kind'], string>;

function checkSettings(cli: CommandLine): Check {
  try {
    const { shop } = cli.configuration;
    return {
      name: 'settings',
      status: 'ok',
      finding: `Every setting can be used; the shop is ${SHOP_KINDS[shop.kind]}.`,
    };
  } catch (error) {
    if (!(error instanceof FeedbridgeError)) throw error;
    return { name: 'settings', status: 'failed', finding: error.message };
  }
}

/** What is opened only for a program that stands: where it cannot be put together, the shop is what is left. */
async function examineConnections(cli: CommandLine): Promise<readonly Check[]> {
  try {
    const program = await cli.program();
    const open = program.amazon.open.bind(program.amazon);
    const checks: Check[] = [];
    for await (const one of checkConnections({ ...program, open })) checks.push(one);
    return checks;
  } catch (error) {
    if (!(error instanceof FeedbridgeError)) throw error;
    return [{ name: 'shop', status: 'failed', finding: error.message }, skipped('accounts')];
  }
}

function toAnswer({ checks, exitCode }: Examination): Answer {
  const rows = checks.flatMap(({ name, status, finding }) =>
    finding
      .split('\n')
      .map((line, index) => ({ name: index === 0 ? name : ' ', status: index === 0 ? status : ' ', line })),
  );
  const lines = tableLines(rows, [
    { heading: 'Check', text: (row) => row.name },
    { heading: 'Result', text: (row) => row.status },
    { heading: 'Finding', text: (row) => row.line },
  ]);
  return { data: { ok: exitCode === 0, checks }, text: textLines(lines), exitCode };
}
