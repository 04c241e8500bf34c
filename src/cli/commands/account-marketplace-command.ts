import type { Command } from 'commander';
import { z } from 'zod';
import { addCommand, type CommandHost } from '../add-command.js';
import { textLines } from '../answer.js';
import { ACTOR } from '../command-line.js';
import { named, oneOf } from '../input-kinds.js';
import { namedMarketplace } from '../marketplace-choice.js';
import { markedText } from '../offer-changes.js';

/** `account marketplace`: switches a marketplace on or off. */
export function addAccountMarketplaceCommand(account: Command, host: CommandHost): void {
  addCommand(account, host, {
    call: 'marketplace <marketplace> <on-or-off>',
    summary: 'switch a marketplace on or off: FR, or ACCOUNT/FR',
    input: z.object({ marketplace: named('FR or ACCOUNT/FR'), onOrOff: oneOf(['on', 'off']) }),
    run: async ({ marketplace, onOrOff }, cli) => {
      const program = await cli.program();
      const found = await namedMarketplace({ marketplace }, program);
      const to = { active: onOrOff === 'on', reason: 'Switched off by a person.' };
      const marked = await program.accounts.setActive(found.id, to, ACTOR);
      const name = `${found.accountName}/${found.country}`;
      const said = `${name} is ${onOrOff === 'on' ? 'active' : 'inactive'}. ${markedText(marked)}`;
      return { data: { marketplace: name, active: onOrOff === 'on', marked }, text: textLines([said]) };
    },
  });
}
