import { accessSync, constants } from 'node:fs';
import type { Command } from 'commander';
import type { Feedbridge } from '../../compose.js';
import { makeFolder } from '../../core/make-folder.js';
import { exportScope } from '../../features/export/export-scope.js';
import type { Run } from '../../features/export/run/run.js';
import { addCommand, type CommandHost } from '../add-command.js';
import { type Answer, textLines } from '../answer.js';
import { ACTOR, type CommandLine } from '../command-line.js';
import { exportAnswer } from '../export-answer.js';
import { consentToSend } from '../export-consent.js';
import { type ExportInput, type ExportOrder, exportFlags, exportInput, exportOrder } from '../export-input.js';
import { namedMarketplace } from '../marketplace-choice.js';
import { MarketplaceNames } from '../marketplace-names.js';
import { type OnProgress, watched } from '../watched-run.js';

/** `export`: the main job, from what waits to what Amazon says of it. */
export function addExportCommand(root: Command, host: CommandHost): void {
  addCommand(root, host, {
    call: 'export',
    summary: 'look at what waits, show what would be sent, or send it',
    options: [...exportFlags],
    input: exportInput,
    run: exportOffers,
  });
}

async function exportOffers(input: ExportInput, cli: CommandLine): Promise<Answer> {
  const order = exportOrder(input);
  const folder = input.out === undefined ? null : writableFolder(cli.path(input.out));
  const program = await cli.program();
  const { account, marketplace } = input;
  if (marketplace !== undefined) await namedMarketplace({ account, marketplace }, program);
  // Before there is a run: a name that does not exist makes none.
  const scopes = await exportScope(order.options, program.accounts);
  if (order.mode === 'send' && !(await consentToSend({ order, yes: input.yes, scopes }, { program, cli })))
    return { data: { run: null }, text: textLines(['Nothing was sent.']) };
  const run = await watched(cli, (onProgress) => execute(order, input.wait, { program, cli, onProgress }));
  const files = folder === null ? null : await program.export.exportDocuments(run, folder);
  return exportAnswer({ order, run, files, program, names: await MarketplaceNames.of(program) });
}

/** Looked at before anything is sent: a run that ends with an error must not have sent everything. */
function writableFolder(folder: string): string {
  makeFolder(folder);
  accessSync(folder, constants.W_OK);
  return folder;
}

function execute(
  { mode, options }: ExportOrder,
  wait: boolean,
  { program, cli, onProgress }: { program: Feedbridge; cli: CommandLine; onProgress: OnProgress },
): Promise<Run> {
  const request = { requestedBy: ACTOR, signal: cli.terminal.signal, onProgress };
  return mode === 'send'
    ? program.export.send(options, { ...request, wait })
    : program.export.preview(mode, options, request);
}
