import { main } from '../../../src/cli/feedbridge.js';

// The command as a process of its own; src/launch does the same with the built program.
process.exitCode = await main(process.argv.slice(2));
