import { subscribe } from 'node:diagnostics_channel';
import { writeSync } from 'node:fs';
import { FeedbridgeError } from '../../../src/core/errors.js';
import { openExportProgram, send } from '../../support/export-program.js';

// A process for tests: sends what waits, stops itself (SIGSTOP) when it is about to hand over the first document, and when somebody wakes
// it goes on as if nothing had been. Arguments: database, data folder, sealing key.
const [databaseUrl = '', folder = '', sealingKey = ''] = process.argv.slice(2);
let hasStopped = false;
subscribe('http.client.request.start', (message) => {
  const { request } = message as { request: { method: string; path: string } };
  if (hasStopped || request.method !== 'POST' || !request.path.endsWith('/documents')) return;
  hasStopped = true;
  writeSync(1, 'stopping\n');
  process.kill(process.pid, 'SIGSTOP');
});
const lockTimes = { ttlMs: 1_000, renewEveryMs: 250 };
const shop = await openExportProgram({ databaseUrl, folder, sealingKey: Buffer.from(sealingKey, 'base64'), lockTimes });
try {
  await send(shop, {}, true);
  writeSync(1, 'sent\n');
} catch (error) {
  writeSync(1, `${error instanceof FeedbridgeError ? error.code : String(error)}\n`);
} finally {
  await shop.close();
}
