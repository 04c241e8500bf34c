// Sweeps a catalogue by the compiled program: the whole of it, then its stock when nothing changed, then its stock when one product in a hundred
// has other stock. Runs in a process of its own, without tsx, whose loader slows the program down; settings come from the environment.

const { compose } = await import(new URL('../../dist/src/compose.js', import.meta.url).href);
const { loadConfiguration } = await import(
  new URL('../../dist/src/config/load-configuration.js', import.meta.url).href
);

const program = await compose(loadConfiguration());
const cpuBefore = process.cpuUsage();
const startedAtMs = performance.now();
const found = process.env.BENCH_SWEEP === 'whole' ? await program.sweep.sweep() : await program.stockSweep.sweep();
const endedAtMs = performance.now();
const cpu = process.cpuUsage(cpuBefore);
await program.close();
process.stdout.write(
  JSON.stringify({
    ms: Math.round(endedAtMs - startedAtMs),
    cpuMs: Math.round((cpu.user + cpu.system) / 1000),
    ...found,
    peakRssMiB: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);
