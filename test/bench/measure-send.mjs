// Marks every product and sends what waits by the compiled program, until Amazon has answered everything and nothing waits.
// Runs in a process of its own, without tsx, whose loader slows the program down; settings come from the environment.

const { compose } = await import(new URL('../../dist/src/compose.js', import.meta.url).href);
const { loadConfiguration } = await import(
  new URL('../../dist/src/config/load-configuration.js', import.meta.url).href
);
const { parseExportOptions } = await import(
  new URL('../../dist/src/features/export/export-options.js', import.meta.url).href
);

const SHOP_ID = 1;
const program = await compose(loadConfiguration());
const [marketplace] = (await program.accounts.marketplaces()).filter(
  (/** @type {{ country: string }} */ one) => one.country === 'FR',
);
const beganAtMs = performance.now();
const products = await program.shop.catalogue(SHOP_ID).countProducts({ kind: 'all' });
for (let first = 1; first <= products; first += 1_000) {
  const productIds = Array.from({ length: Math.min(1_000, products - first + 1) }, (_, index) => first + index);
  await program.queue.mark(
    { shopId: SHOP_ID, productIds, marketplaceIds: [marketplace.id], action: 'update' },
    'bench',
  );
}
const cpuBefore = process.cpuUsage();
const startedAtMs = performance.now();
const options = parseExportOptions({ account: 'simulator', marketplace: 'FR' });
const { id } = await program.export.send(options, { requestedBy: 'bench', wait: true });
const endedAtMs = performance.now();
const cpu = process.cpuUsage(cpuBefore);
const { totals } = await program.export.find(id);
const queued = await program.queue.list({ marketplaceIds: [marketplace.id], afterId: 0, limit: 1 });
await program.close();
process.stdout.write(
  JSON.stringify({
    ms: Math.round(endedAtMs - startedAtMs),
    cpuMs: Math.round((cpu.user + cpu.system) / 1000),
    markMs: Math.round(startedAtMs - beganAtMs),
    items: totals.items,
    sent: totals.sent,
    accepted: totals.accepted,
    equal: totals.equal,
    feeds: totals.feeds,
    queued: queued.length,
    peakRssMiB: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);
