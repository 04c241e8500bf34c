import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { projectRoot } from '../core/project-root.js';
import type { CommandHost } from './add-command.js';
import { addAccountCommands } from './commands/account-commands.js';
import { addDoctorCommand } from './commands/doctor-command.js';
import { addExportCommand } from './commands/export-command.js';
import { addFeedCommands } from './commands/feed-commands.js';
import { addListingCommands } from './commands/listing-commands.js';
import { addMigrateCommand } from './commands/migrate-command.js';
import { addOptionCommands } from './commands/option-commands.js';
import { addQueueCommands } from './commands/queue-commands.js';
import { addRunCommands } from './commands/run-commands.js';
import { addServeCommand } from './commands/serve-command.js';
import { addSettingsCommands } from './commands/settings-commands.js';
import { addSetupCommand } from './commands/setup-command.js';
import { addShopCommands } from './commands/shop-commands.js';
import { addSimulatorCommand } from './commands/simulator-command.js';
import { addTaskCommands } from './commands/task-commands.js';
import { addTokenCommands } from './commands/token-commands.js';
import { addUserCommands } from './commands/user-commands.js';

const GROUPS = [
  addServeCommand,
  addSetupCommand,
  addMigrateCommand,
  addDoctorCommand,
  addExportCommand,
  addQueueCommands,
  addRunCommands,
  addFeedCommands,
  addListingCommands,
  addAccountCommands,
  addShopCommands,
  addSettingsCommands,
  addOptionCommands,
  addTaskCommands,
  addUserCommands,
  addTokenCommands,
  addSimulatorCommand,
];

const EPILOGUE = `
Exit codes: 0 done, 1 failed, 2 wrong use or wrong settings, 3 held or partly rejected by Amazon.
The settings are read from the environment and from .env: see .env.example.`;

/** The whole command line with all its groups. */
export function feedbridgeCommand(host: CommandHost): Command {
  const { output, errors } = host.cli.terminal;
  const root = new Command('feedbridge')
    .description('The bridge between a PrestaShop shop and Amazon.')
    .version(version())
    .option('--json', 'print the result as JSON')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => output.write(text),
      writeErr: (text) => errors.write(text),
      // Said by the one place that says all errors.
      outputError: () => undefined,
    })
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', EPILOGUE);
  for (const addGroup of GROUPS) addGroup(root, host);
  return root;
}

function version(): string {
  const { version: text } = JSON.parse(readFileSync(join(projectRoot(), 'package.json'), 'utf8')) as {
    version: string;
  };
  return text;
}
