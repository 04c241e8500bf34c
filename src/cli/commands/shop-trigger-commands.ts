import type { Command } from 'commander';
import { z } from 'zod';
import { installationScript, removalScript, SCRIPT_FORMS } from '../../features/shop-changes/trigger-script.js';
import { addCommand, type CommandHost } from '../add-command.js';
import { textLines } from '../answer.js';

const input = z.object({ form: z.enum(SCRIPT_FORMS, { error: SCRIPT_FORMS.join(' or ') }).default('client') });

const options = [
  ['--form <form>', 'client (default): for the mysql client; phpmyadmin: for its SQL page, with $$ as delimiter'],
] as const;

/** `shop install-triggers` and `shop uninstall-triggers`: print SQL for the shop's own account to run; neither runs any. */
export function addShopTriggerCommands(shop: Command, host: CommandHost): void {
  addCommand(shop, host, {
    call: 'install-triggers',
    summary: "print the SQL that lets the shop's database write its changes down, for the shop's own account to run",
    options,
    input,
    run: async ({ form }, cli) => {
      const { lines, ...data } = await installationScript(await cli.program(), form);
      cli.remark(
        'Nothing has been run. Run what is printed, give the right in its last line, then look with "feedbridge doctor".',
      );
      return { data, text: textLines(lines) };
    },
  });
  addCommand(shop, host, {
    call: 'uninstall-triggers',
    summary: 'print the SQL that removes those triggers and what they wrote, in whichever state they are',
    options,
    input,
    run: async ({ form }, cli) => {
      const { lines, ...data } = removalScript(await cli.program(), form);
      cli.remark('Nothing has been run. Run what is printed, then look with "feedbridge doctor".');
      return { data, text: textLines(lines) };
    },
  });
}
