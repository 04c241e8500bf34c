// Runs one preview of the whole catalogue by the compiled program, as the service runs it: what the export itself costs.
// Runs in a process of its own, without tsx, whose loader slows the program down; settings come from the environment.

const { compose } = await import(new URL('../../dist/src/compose.js', import.meta.url).href);
const { loadConfiguration } = await import(
  new URL('../../dist/src/config/load-configuration.js', import.meta.url).href
);
const { parseExportOptions } = await import(
  new URL('../../dist/src/features/export/export-options.js', import.meta.url).href
);

const startedAtMs = performance.now();
const program = await compose(loadConfiguration());
const composedAtMs = performance.now();
const options = parseExportOptions({ all: true, create: true, account: 'simulator', marketplace: 'FR' });
const run = await program.export.preview('display', options, { requestedBy: 'bench' });
const endedAtMs = performance.now();
const cpu = process.cpuUsage();
await program.close();
const { items, messages, documents, ...totals } = run.totals;
process.stdout.write(
  JSON.stringify({
    ms: Math.round(endedAtMs - composedAtMs),
    startMs: Math.round(composedAtMs - startedAtMs),
    items,
    messages,
    sent: totals.sent,
    documents: documents.length,
    documentBytes: documents.reduce(
      (/** @type {number} */ sum, /** @type {{ bytes: number }} */ one) => sum + one.bytes,
      0,
    ),
    // Of all threads, the start included: on a busy machine it says more than the time that passed.
    cpuMs: Math.round((cpu.user + cpu.system) / 1000),
    peakRssMiB: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);
