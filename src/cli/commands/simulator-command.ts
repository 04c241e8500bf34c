import type { Command } from 'commander';
import { z } from 'zod';
import { addCommand, type CommandHost } from '../add-command.js';
import { textLines } from '../answer.js';
import { untilAborted } from '../until-aborted.js';
import { addSimulatorFaultCommands } from './simulator-fault-commands.js';

/** `simulator`: the simulated Amazon in the foreground, until Ctrl-C; below it the commands that let it fail. */
export function addSimulatorCommand(root: Command, host: CommandHost): void {
  const simulator = addCommand(root, host, {
    call: 'simulator',
    summary: 'run the simulated Amazon of this database, until Ctrl-C',
    input: z.object({}),
    run: async (_input, cli) => {
      const { url, own } = await (await cli.program()).simulator.start();
      if (!own)
        return {
          data: { url, own },
          text: textLines([`Another process runs the simulated Amazon already, at ${url}`]),
        };
      await host.answer({
        data: { url, own },
        text: textLines([`The simulated Amazon answers at ${url}`, 'Stop it with Ctrl-C.']),
      });
      await untilAborted(cli.terminal.signal);
      return null;
    },
  });
  addSimulatorFaultCommands(simulator, host);
}
