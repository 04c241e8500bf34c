import type { Command } from 'commander';
import { z } from 'zod';
import type { CheckedShop } from '../../features/shop-check/shop-check-service.js';
import { addCommand, type CommandHost } from '../add-command.js';
import { textLines } from '../answer.js';
import { checkedShopLines, checkedShopView, surveyLines } from '../shop-check-lines.js';

/** `shop check`: the connection to the shop, what is there, and what is wrong with the catalogue. Faults are no failure. */
export function addShopCheckCommand(shop: Command, host: CommandHost): void {
  addCommand(shop, host, {
    call: 'check',
    summary: 'look at the connection, the rights, the shops and what is wrong with the catalogue',
    input: z.object({}),
    run: async (_input, cli) => {
      const { shopCheck } = await cli.program();
      const survey = await shopCheck.survey();
      const shops: CheckedShop[] = [];
      for await (const one of shopCheck.shops(survey, cli.terminal.signal)) shops.push(one);
      const { details: _, ...rest } = survey;
      return {
        data: { ...rest, shops: shops.map(checkedShopView) },
        text: textLines(surveyLines(survey), ...shops.map(checkedShopLines)),
      };
    },
  });
}
