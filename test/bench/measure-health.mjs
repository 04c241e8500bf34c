import { Agent, request } from 'node:http';

// Orders a run of everything at a service that runs, asks for its health every 20 ms until the run has ended, and says how long the
// answers took. Runs in a process of its own, so that its own work delays no answer.

const EVERY_MS = 20;
const { BENCH_SERVICE = '', BENCH_TOKEN = '', BENCH_MODE = 'verify' } = process.env;
const agent = new Agent({ keepAlive: true });

/**
 * @param {string} path
 * @param {{ method?: string, body?: string, headers?: Record<string, string> }} [options]
 * @returns {Promise<{ status: number, text: string }>}
 */
function ask(path, { method = 'GET', body = '', headers = {} } = {}) {
  return new Promise((resolve, reject) => {
    const asked = request(`${BENCH_SERVICE}${path}`, { agent, method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    asked.on('error', reject).end(body);
  });
}

const headers = { authorization: `Bearer ${BENCH_TOKEN}`, 'content-type': 'application/json' };
const options = { all: true, wait: BENCH_MODE === 'send', account: 'simulator', marketplace: 'FR' };
const startedAtMs = performance.now();
const ordered = await ask('/api/v1/runs', {
  method: 'POST',
  headers,
  body: JSON.stringify({ mode: BENCH_MODE, options }),
});
if (ordered.status !== 202) throw new Error(`Expected the run to be taken, got ${ordered.status}: ${ordered.text}`);
const { id } = JSON.parse(ordered.text);

/** @type {number[]} */
const tookMs = [];
/** @type {Set<Promise<void>>} */
const asked = new Set();
// Not one after the other: an answer that is late must not keep the next question from being asked.
const asking = setInterval(() => {
  const askedAtMs = performance.now();
  const answered = ask('/health').then(({ status }) => {
    if (status !== 200) throw new Error(`Expected the service to be healthy, got ${status}.`);
    tookMs.push(performance.now() - askedAtMs);
    asked.delete(answered);
  });
  asked.add(answered);
}, EVERY_MS);
let run = { status: 'running', totals: { items: 0, sent: 0 } };
while (run.status === 'running') {
  await new Promise((resolve) => setTimeout(resolve, 500));
  run = JSON.parse((await ask(`/api/v1/runs/${id}`, { headers })).text);
}
const endedAtMs = performance.now();
clearInterval(asking);
await Promise.all(asked);
agent.destroy();
tookMs.sort((one, other) => one - other);
const at = (/** @type {number} */ share) =>
  Math.round((tookMs[Math.floor(share * (tookMs.length - 1))] ?? 0) * 10) / 10;
process.stdout.write(
  JSON.stringify({
    mode: BENCH_MODE,
    status: run.status,
    items: run.totals.items,
    sent: run.totals.sent,
    runMs: Math.round(endedAtMs - startedAtMs),
    answers: tookMs.length,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    maxMs: at(1),
  }),
);
