import { runProgram } from './run-program.mjs';

// `npm start`: the service.
await runProgram('src/main.js');
