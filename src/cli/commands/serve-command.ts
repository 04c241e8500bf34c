import type { Command } from 'commander';
import { z } from 'zod';
import { addCommand, type CommandHost } from '../add-command.js';
import { textLines } from '../answer.js';
import { untilAborted } from '../until-aborted.js';

/** `serve`: the service in the foreground, until Ctrl-C. */
export function addServeCommand(root: Command, host: CommandHost): void {
  addCommand(root, host, {
    call: 'serve',
    summary: 'run the service: pages, API and scheduled tasks, until Ctrl-C',
    input: z.object({}),
    run: async (_input, cli) => {
      // Loaded only here: the pages are most of the program, and no other command needs them.
      const { serve } = await import('../../main.js');
      const service = await serve(cli.configuration);
      try {
        await host.answer({
          data: { url: service.url },
          text: textLines([`Feedbridge runs at ${service.url}/`, 'Stop it with Ctrl-C.']),
        });
        await untilAborted(cli.terminal.signal);
      } finally {
        await service.stop();
      }
      return null;
    },
  });
}
