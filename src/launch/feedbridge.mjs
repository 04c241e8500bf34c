#!/usr/bin/env node
import { runProgram } from './run-program.mjs';

// The `feedbridge` command.
await runProgram('src/cli/feedbridge.js');
