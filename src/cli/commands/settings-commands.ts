import type { Command } from 'commander';
import { z } from 'zod';
import { changesOffers } from '../../features/settings/setting-change.js';
import type { SettingView } from '../../features/settings/setting-service.js';
import { addCommand, type CommandHost } from '../add-command.js';
import { type Answer, textLines } from '../answer.js';
import { ACTOR, type CommandLine } from '../command-line.js';
import { flag, named, narrowing } from '../input-kinds.js';
import { chosenScope, type Narrowing } from '../marketplace-choice.js';
import { consentToChange, consentToSkuSource, markedText } from '../offer-changes.js';
import { tableLines } from '../table.js';

const scoped = { ...narrowing, name: named('the name of a setting') };
const scopeOptions = [
  ['--account <name>', 'for this account only'],
  ['--marketplace <country>', 'for this marketplace only: FR, or ACCOUNT/FR'],
] as const;
const consent = ['--yes', 'ask nothing; change sku-source although listings exist'] as const;

/** `settings`: what a person may change while the service runs. */
export function addSettingsCommands(root: Command, host: CommandHost): void {
  const settings = root.command('settings').description('what may be changed while the service runs');
  addReading(settings, host);
  addWriting(settings, host);
}

function addReading(settings: Command, host: CommandHost): void {
  addCommand(settings, host, {
    call: 'list',
    summary: 'show every setting with the value that holds',
    options: [...scopeOptions],
    input: z.object(narrowing),
    run: async (input, cli) => {
      const program = await cli.program();
      const views = await program.settings.list(await chosenScope(input, program));
      return { data: views, text: textLines(listLines(views)) };
    },
  });
  addCommand(settings, host, {
    call: 'get <name>',
    summary: 'show the value of one setting',
    options: [...scopeOptions],
    input: z.object(scoped),
    run: async (input, cli) => {
      const program = await cli.program();
      const view = await program.settings.show(input.name, await chosenScope(input, program));
      return { data: view, text: textLines([view.text]) };
    },
  });
}

function addWriting(settings: Command, host: CommandHost): void {
  addCommand(settings, host, {
    call: 'set <name> <value>',
    summary: 'give a setting a value',
    options: [...scopeOptions, consent],
    input: z.object({ ...scoped, value: z.string(), yes: flag }),
    run: async (input, cli) => change(input, cli, input.value),
  });
  addCommand(settings, host, {
    call: 'unset <name>',
    summary: 'take a value back, so that the wider one or the default holds again',
    options: [...scopeOptions, consent],
    input: z.object({ ...scoped, yes: flag }),
    run: async (input, cli) => change(input, cli, null),
  });
}

async function change(
  input: Narrowing & { readonly name: string; readonly yes: boolean },
  cli: CommandLine,
  value: string | null,
): Promise<Answer> {
  const program = await cli.program();
  const scope = await chosenScope(input, program);
  const planned = await program.settings.plan(input.name, value, scope);
  const skus = await consentToSkuSource(planned, input.yes, { program, cli });
  // A new SKU source has had its question where there was something to ask.
  const silent = input.yes || planned.name === 'sku-source';
  const { agreed, preview } = await consentToChange(planned, silent, { program, cli });
  if (!agreed) return { data: { saved: false }, text: textLines(['Nothing was changed.']) };
  // On a terminal the question stands for --yes.
  const by = { actor: ACTOR, confirmed: input.yes || skus !== null };
  const view = await (value === null
    ? program.settings.unset(input.name, scope, by)
    : program.settings.set(input.name, value, scope, by));
  const where = input.marketplace ?? input.account ?? 'everywhere';
  return {
    data: { ...view, preview, ...(skus === null ? {} : { skus }) },
    text: textLines([
      `${view.name} is ${JSON.stringify(view.text)} for ${where} (${originOf(view)}).`,
      ...(changesOffers(planned) ? [markedText(view.marked)] : []),
    ]),
  };
}

function originOf({ origin }: SettingView): string {
  return origin === 'default' ? 'the default' : `set for ${origin === 'global' ? 'everything' : `this ${origin}`}`;
}

function listLines(views: readonly SettingView[]): readonly string[] {
  return tableLines(views, [
    { heading: 'Setting', text: (row) => row.name },
    { heading: 'Value', text: (row) => row.text },
    { heading: 'From', text: (row) => row.origin },
    { heading: 'Meaning', text: ({ description, unit }) => (unit === '' ? description : `${description} (${unit})`) },
  ]);
}
