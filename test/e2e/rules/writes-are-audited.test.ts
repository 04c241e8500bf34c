import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import type { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CommandLine } from '../../../src/cli/command-line.js';
import { feedbridgeCommand } from '../../../src/cli/feedbridge-command.js';
import { createApp } from '../../../src/compose/assemble-http.js';
import { systemClock } from '../../../src/core/clock.js';
import { type Db, openDatabase } from '../../../src/db/open-database.js';
import { Audit } from '../../../src/features/users/audit.js';
import { dumpTables } from '../../support/export-snapshots.js';
import { Bridge } from '../cli/bridge.js';
import { openApp, type RunningApp } from '../http/running-app.js';
import { tokenIn, type Visitor } from '../http/visitor.js';

/** A write as a person makes it, and the audit's word for it. */
interface Write {
  readonly argv: readonly string[];
  readonly action: string;
  readonly input?: string;
  /** The word for what it begins once that stands. */
  readonly follows?: string;
  /** What must be so before. */
  readonly prepare?: (db: Db) => Promise<unknown>;
}

const ADD = '--name acme --region EU --seller-id A1ACME --client-id c --marketplaces FR --secrets-file acme.secrets';

/** By command; each stands on what those before it left. */
const WRITING_COMMANDS: Readonly<Record<string, Write>> = {
  'account add': { argv: ADD.split(' '), action: 'account-add' },
  'account marketplace': { argv: ['simulator/UK', 'off'], action: 'marketplace-off' },
  'account test': {
    argv: ['simulator'],
    action: 'account-state',
    prepare: (db) => db('account').where({ name: 'simulator' }).update({ state: 'needs-authorization' }),
  },
  'settings set': { argv: ['products-per-claim', '500'], action: 'setting-set' },
  'settings unset': { argv: ['products-per-claim'], action: 'setting-unset' },
  'option set': { argv: ['1', 'title', 'A knife'], action: 'option-set' },
  'option clear': { argv: ['1'], action: 'option-clear' },
  'user add': { argv: ['anna'], action: 'user-add', input: 'correct horse battery' },
  'token add': { argv: ['erp'], action: 'token-add' },
  'token revoke': { argv: ['erp'], action: 'token-revoke' },
  'shop hook-key create': { argv: ['shop'], action: 'hook-key-create' },
  'shop hook-key remove': { argv: ['shop'], action: 'hook-key-remove' },
  'queue mark': { argv: ['--products', '1,5', '--action', 'create'], action: 'queue-mark' },
  'queue remove': { argv: ['--all'], action: 'queue-remove' },
  'listing confirm': {
    argv: ['KNIFE-01-L16', '--account', 'simulator'],
    action: 'listing-confirm',
    prepare: (db) =>
      db('pool_listing')
        .insert({
          account_id: 1,
          sku: 'KNIFE-01-L16',
          shop_id: 1,
          product_id: 2,
          combination_id: 0,
          channel: '',
          created_at_ms: 0,
        })
        .onConflict(['account_id', 'sku'])
        .merge(['product_id', 'combination_id']),
  },
  'listing read': { argv: ['--account', 'simulator'], action: 'listing-read' },
  'task run': { argv: ['fetch-reports'], action: 'task-run' },
  export: { argv: ['--products', '1', '--marketplace', 'simulator/FR', '--send'], action: 'run-start' },
  'run discard': { argv: ['1'], action: 'run-discard', prepare: (db) => holdSomething(db, 1) },
  'run release': { argv: ['1'], action: 'run-release', follows: 'run-start', prepare: (db) => holdSomething(db, 1) },
};

/** Something that a run holds, without any line. */
async function holdSomething(db: Db, runId: number): Promise<void> {
  const hold = { run_id: runId, account_id: 1, kind: 'price', line_count: 0, state: 'held', created_at_ms: 0 };
  await db('hold').insert(hold).onConflict(['run_id', 'account_id', 'kind']).merge(['state']);
}

/** Commands without a write of a person's; `setup` writes by the services whose writes stand above. */
const OTHER_COMMANDS = [
  ...['account list', 'doctor', 'feed check', 'feed list', 'feed report', 'feed show', 'feed xml', 'listing list'],
  ...['listing show', 'migrate', 'option get', 'option list', 'queue latency', 'queue list', 'run list', 'run show'],
  ...['serve', 'settings get', 'settings list', 'setup', 'task list', 'token list', 'user list'],
  ...['shop check', 'shop hook-key list', 'shop install-triggers', 'shop uninstall-triggers', 'shop verify-prices'],
  // They write in the shop alone, and into the audit before they do: test/contract/shop/webservice/shop-writes.
  ...['shop import-references', 'shop set-stock'],
  // They steer the simulated Amazon, which is the world outside.
  ...['simulator', 'simulator fault add', 'simulator fault list', 'simulator fault remove', 'simulator release'],
];

/** Locks are taken before anything is written, and the simulated Amazon is the world outside. */
const isOurs = (table: string) => !/^(audit|lock|sim_.*)$/.test(table);

async function dump(db: Db) {
  return Object.fromEntries(Object.entries(await dumpTables(db)).filter(([table]) => isOurs(table)));
}

/** While it lasts, nothing can be written into the audit. */
async function withoutAudit<T>(db: Db, work: () => Promise<T>): Promise<T> {
  await db.raw("CREATE TRIGGER no_audit BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no audit'); END");
  try {
    return await work();
  } finally {
    await db.raw('DROP TRIGGER no_audit');
  }
}

describe('A write on the command line', () => {
  let bridge: Bridge;
  let db: Db;
  beforeAll(async () => {
    bridge = new Bridge();
    bridge.write('acme.secrets', 'CLIENT_SECRET=s\nREFRESH_TOKEN=r\n');
    await bridge.run('setup');
    db = await openDatabase(`sqlite:${join(bridge.folder, 'var', 'feedbridge.sqlite')}`);
  });
  afterAll(async () => {
    await db?.destroy();
    bridge?.remove();
  });

  it('is known for each command there is', () => {
    const known = [...Object.keys(WRITING_COMMANDS), ...OTHER_COMMANDS];
    expect(known.toSorted()).toEqual(allCommands().toSorted());
  });

  it.each(Object.entries(WRITING_COMMANDS))('"%s" stands or falls with its audit', async (name, write) => {
    const { argv, input = '', action, follows, prepare } = write;
    const call = [...name.split(' '), ...argv];
    await prepare?.(db);
    const before = await dump(db);
    const refused = await withoutAudit(db, () => bridge.runIn({ input }, ...call));
    expect(refused.code, refused.err).not.toBe(0);
    expect(await dump(db)).toEqual(before);

    const [last] = await new Audit(db, systemClock).list({ limit: 1 });
    expect(await bridge.runIn({ input }, ...call)).toMatchObject({ code: 0 });
    const rows = (await new Audit(db, systemClock).list({ limit: 10 })).filter((row) => row.id > (last?.id ?? 0));
    expect(rows).toMatchObject([...(follows ? [{ action: follows }] : []), { actor: 'cli', action }]);
    expect(await dump(db)).not.toEqual(before);
  });
});

describe('A write on a page or by the API', () => {
  let app: RunningApp;
  let visitor: Visitor;
  let token: string;
  beforeAll(async () => {
    app = await openApp();
    visitor = app.visitor();
    const checked = await visitor.run('/synchronization', { action: 'submit', products: '1,2,3,4,5', create: 'on' });
    await visitor.run(`${checked.path}/send`, { wait: 'on' });
    for (const runId of [1, 2]) await holdSomething(app.program.db, runId);
    await app.program.users.add({ name: 'anna', password: 'correct horse battery' }, 'test');
    token = await app.program.apiTokens.add('erp', 'test');
    await app.program.apiTokens.verify(token);
    visitor = app.visitor();
    await logIn();
  });
  afterAll(() => app?.close());

  const logIn = async () => {
    const _csrf = tokenIn((await visitor.get('/login')).text);
    const fields = { _csrf, name: 'anna', password: 'correct horse battery', next: '/' };
    return visitor.send('/login', fields);
  };
  const callApi = (path: string, body: object) =>
    app.request().post(path).set('Authorization', `Bearer ${token}`).send(body);
  const rejectedFeed = async () => {
    const feeds = await app.program.feeds.list({ limit: 100 });
    return feeds.find((feed) => (feed.errors ?? 0) > 0)?.id ?? 0;
  };
  const waitingMark = async () => {
    const marketplaceIds = (await app.program.accounts.marketplaces()).map((one) => one.id);
    const rows = await app.program.queue.list({ marketplaceIds, afterId: 0, limit: 1_000 });
    return String(rows.find((row) => row.claimedRunId === null)?.id);
  };
  const lastPreview = async () => (await app.program.export.list({ limit: 100 })).findLast((run) => run.id > 0)?.id;

  /** By route, with the audit's word for it. Logging out comes last: what follows would need another login. */
  const writes: Readonly<
    Record<string, readonly [action: string, () => Promise<{ status: number }>, follows?: string]>
  > = {
    '/login': ['login', logIn],
    '/queue/mark': ['queue-mark', () => visitor.post('/queue/mark', { products: '1,5', action: 'update' })],
    '/queue/remove': ['queue-remove', async () => visitor.post('/queue/remove', { ids: await waitingMark() })],
    '/report/:id/requeue': ['feed-requeue', async () => visitor.post(`/report/${await rejectedFeed()}/requeue`)],
    '/runs/:id/send': ['run-start', async () => visitor.post(`/runs/${await lastPreview()}/send`)],
    '/runs/:id/discard': ['run-discard', () => visitor.post('/runs/1/discard')],
    '/runs/:id/release': ['run-release', () => visitor.post('/runs/2/release'), 'run-start'],
    '/marks': ['queue-mark', () => callApi('/api/v1/marks', { productIds: [7] })],
    '/runs': ['run-start', () => callApi('/api/v1/runs', { mode: 'send' })],
    '/logout': ['logout', () => visitor.post('/logout')],
  };
  /** They make previews, which change nothing but their own row. */
  const previews = ['/synchronization'];
  /** A program of the shop sends it, no person. */
  const notices = ['/shop'];

  it('is known for each route there is', () => {
    const found = postRoutes((createApp(app.program).handler as unknown as { router: Layered }).router);
    expect(found.toSorted()).toEqual([...Object.keys(writes), ...previews, ...notices].toSorted());
  });

  it.each(Object.entries(writes))('"%s" stands or falls with its audit', async (_path, [action, write, follows]) => {
    const { db, audit } = app.program;
    await visitor.get('/synchronization');
    const before = await dump(db);
    expect((await withoutAudit(db, write)).status).toBeGreaterThanOrEqual(500);
    expect(await dump(db)).toEqual(before);

    const [last] = await audit.list({ limit: 1 });
    expect((await write()).status).toBeLessThan(400);
    const rows = (await audit.list({ limit: 10 })).filter((row) => row.id > (last?.id ?? 0));
    const actor = expect.stringMatching(/^(anna|token erp)$/);
    expect(rows).toMatchObject([...(follows ? [{ action: follows, actor }] : []), { action, actor }]);
    await untilIdle(app);
  });
});

/** The names of all commands that do something, groups left out. */
function allCommands(): readonly string[] {
  const cli = new CommandLine({ output: process.stdout, errors: process.stderr } as never, { json: false });
  // A group may be a command by itself; commander keeps what it then does in a field of its own.
  const doesSomething = (command: Command) => '_actionHandler' in command && command._actionHandler !== null;
  const leaves = (command: Command, path: readonly string[]): readonly string[] => [
    ...(doesSomething(command) ? [path.join(' ')] : []),
    ...command.commands.flatMap((one) => leaves(one, [...path, one.name()])),
  ];
  return leaves(feedbridgeCommand({ cli, answer: () => Promise.resolve() }), []);
}

/** Express's own table of routes, as far as it is looked at here. */
interface Layered {
  readonly stack: readonly {
    readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
    readonly handle: Partial<Layered>;
  }[];
}

/** The paths of everything that is not only looked at, without what they are mounted under. */
function postRoutes({ stack }: Layered): readonly string[] {
  return stack.flatMap(({ route, handle }) => {
    if (route !== undefined) return Object.keys(route.methods).every((one) => one === 'get') ? [] : [route.path];
    return handle.stack === undefined ? [] : postRoutes({ stack: handle.stack });
  });
}

/** One run at a time is made: the next write waits for the one that this one started. */
async function untilIdle({ program }: RunningApp): Promise<void> {
  while ((await program.export.list({ limit: 1, status: 'running' })).length > 0) await turn();
}
