import { ensureBuild } from '../../src/launch/ensure-build.mjs';
import { BENCH_USAGE, readBenchArguments } from './bench-arguments.js';
import { benchExport } from './bench-export.js';
import { benchHealth } from './bench-health.js';
import { benchSend } from './bench-send.js';
import { benchSweep } from './bench-sweep.js';

// `npm run bench -- export|send|sweep|health --items N`: one JSON object on standard output, progress on standard error.
const wanted = readBenchArguments(process.argv.slice(2));
if (wanted === null) {
  process.stderr.write(`${BENCH_USAGE}\n`);
  process.exitCode = 2;
} else {
  await ensureBuild();
  const bench = { export: benchExport, send: benchSend, sweep: benchSweep, health: benchHealth }[wanted.subject];
  const figures = await bench(wanted, (line) => process.stderr.write(`${line}\n`));
  process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
}
