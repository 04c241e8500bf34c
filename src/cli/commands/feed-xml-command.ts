import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { z } from 'zod';
import { addCommand, type CommandHost } from '../add-command.js';
import { textLines } from '../answer.js';
import { idOf, named } from '../input-kinds.js';
import { MarketplaceNames } from '../marketplace-names.js';
import { feedView } from '../run-view.js';

/** `feed xml`: the document exactly as it was sent. */
export function addFeedXmlCommand(feed: Command, host: CommandHost): void {
  addCommand(feed, host, {
    call: 'xml <id>',
    summary: 'print the document as it was sent, byte for byte',
    options: [['--out <file>', 'write it there instead']],
    input: z.object({ id: idOf('a feed'), out: named('a file').optional() }),
    run: async ({ id, out }, cli) => {
      const program = await cli.program();
      const found = await program.feeds.find(id);
      const names = await MarketplaceNames.of(program);
      const document = await program.feeds.document(found);
      if (out === undefined)
        return {
          data: { feed: feedView(found, names), document: await textIf(cli.json, document) },
          text: utf8(document),
        };
      const file = cli.path(out);
      await pipeline(document, createWriteStream(file));
      return { data: { feed: feedView(found, names), file }, text: textLines([`Written to ${file}`]) };
    },
  });
}

/** Whole characters, wherever the file was cut while reading. */
function utf8(document: Readable): AsyncIterable<string> {
  return document.setEncoding('utf8');
}

async function textIf(wanted: boolean, document: Readable): Promise<string | undefined> {
  if (!wanted) return undefined;
  let text = '';
  for await (const piece of utf8(document)) text += piece;
  return text;
}
