import type { Command } from 'commander';
import type { CommandHost } from '../add-command.js';
import { addQueueLatencyCommand } from './queue-latency-command.js';
import { addQueueListCommand } from './queue-list-command.js';
import { addQueueMarkCommand } from './queue-mark-command.js';
import { addQueueRemoveCommand } from './queue-remove-command.js';

/** `queue`: what waits to be looked at. */
export function addQueueCommands(root: Command, host: CommandHost): void {
  const queue = root.command('queue').description('what waits to be looked at and sent');
  addQueueListCommand(queue, host);
  addQueueLatencyCommand(queue, host);
  addQueueMarkCommand(queue, host);
  addQueueRemoveCommand(queue, host);
}
