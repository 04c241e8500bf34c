import type { Command } from 'commander';
import { z } from 'zod';
import { assembleCommands } from '../../compose/assemble-commands.js';
import { readReferencesFile } from '../../features/shop-writes/references-file.js';
import type { PlannedCodes } from '../../features/shop-writes/shop-write-service.js';
import { addCommand, type CommandHost } from '../add-command.js';
import { type Answer, textLines } from '../answer.js';
import { ACTOR, type CommandLine } from '../command-line.js';
import { flag, idOf, named } from '../input-kinds.js';
import { chosenShop } from '../marketplace-choice.js';
import { counted } from '../plain-words.js';
import { readArgumentFile } from '../read-argument-file.js';
import { tableLines } from '../table.js';

const input = z.object({ file: named('a file'), shop: idOf('a shop').optional(), yes: flag });

/** `shop import-references`: writes references, EANs and UPCs of a CSV file to the shop; without `--yes` only says what would change. */
export function addShopImportReferencesCommand(shop: Command, host: CommandHost): void {
  addCommand(shop, host, {
    call: 'import-references <file>',
    summary: 'write references, EANs and UPCs of a CSV file to the shop; without --yes only say what would change',
    options: [
      ['--shop <id>', 'shop context that is written to (the first one)'],
      ['--yes', 'write'],
    ],
    input,
    run: (wanted, cli) => importReferences(wanted, cli),
  });
}

async function importReferences({ file, shop, yes }: z.output<typeof input>, cli: CommandLine): Promise<Answer> {
  const lines = readReferencesFile(await readArgumentFile(file, cli));
  const program = await cli.program();
  const shopId = chosenShop(shop, program);
  const { shopWrites } = assembleCommands(program);
  const planned = await shopWrites.planCodes(shopId, lines);
  if (planned.length === 0)
    return {
      data: { changes: [], written: 0 },
      text: textLines(['The shop has all of it already: nothing is to be written.']),
    };
  const table = tableLines(planned.flatMap(changesOf), [
    { heading: 'product', text: ({ productId }) => productId, right: true },
    { heading: 'combination', text: ({ combinationId }) => combinationId || null, right: true },
    { heading: 'field', text: ({ field }) => field },
    { heading: 'before', text: ({ before }) => before },
    { heading: 'after', text: ({ after }) => after },
  ]);
  if (!yes) {
    const fix = `Nothing was written. Write ${counted(planned.length, 'item')} with --yes.`;
    return { data: { changes: planned, written: 0 }, text: textLines([...table, fix]) };
  }
  let written = 0;
  const skipped: string[] = [];
  for await (const one of shopWrites.writeCodes(shopId, planned, ACTOR)) {
    if (one.status === 'written') written += 1;
    else
      skipped.push(`Product ${one.productId}, combination ${one.combinationId} changed meanwhile and was left alone.`);
  }
  const done = `${counted(written, 'item')} written and read back.`;
  const text = textLines([...table, ...skipped, done]);
  return { data: { changes: planned, written }, text, exitCode: skipped.length === 0 ? 0 : 1 };
}

interface ShownChange {
  readonly productId: number;
  readonly combinationId: number;
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

function changesOf({ productId, combinationId, before, changes }: PlannedCodes): readonly ShownChange[] {
  const fields = [
    ['reference', 'reference'],
    ['ean13', 'EAN'],
    ['upc', 'UPC'],
  ] as const;
  return fields.flatMap(([name, field]) => {
    const after = changes[name];
    return after === undefined ? [] : [{ productId, combinationId, field, before: before[name], after }];
  });
}
