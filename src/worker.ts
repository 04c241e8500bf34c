import { workForService } from './compose/worker/work-for-service.js';

// The process beside the service that makes runs, sweeps and settlements with its own connection, so that pages stay quick.
// Ctrl-C, the stop of a whole group of processes and the end of a terminal reach it as well; when it ends is its service's to say.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
workForService(process);
