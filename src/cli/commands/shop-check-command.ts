import type { Command } from 'commander';
import { z } from 'zod';
import { addCommand, type CommandHost } from '../add-command.js';
import { textLines } from '../answer.js';
import { factLines } from '../table.js';

/** `shop check`: the connection to the shop and its installation. */
export function addShopCheckCommand(shop: Command, host: CommandHost): void {
  addCommand(shop, host, {
    call: 'check',
    summary: 'look at the connection, the rights, the shops and what is wrong with the catalogue',
    input: z.object({}),
    run: async (_input, cli) => {
      const program = await cli.program();
      const survey = await program.shop.survey();
      return { data: survey, text: textLines(factLines([['Connection', survey.connection]])) };
    },
  });
}
