import { workForService } from './compose/worker/work-for-service.js';

// The process beside the service that makes runs, sweeps and settlements with its own connection, so that pages stay quick.
// Ctrl-C, and the stop of a whole group of processes, reach it as well; when it ends is its service's to say.
process.on('SIGINT', () => undefined).on('SIGTERM', () => undefined);
workForService(process);
