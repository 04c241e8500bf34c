import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compose, type Feedbridge } from '../../src/compose.js';
import type { Configuration } from '../../src/config/configuration.js';
import type { LogFields, Logger } from '../../src/core/logger.js';
import { type Db, openDatabase } from '../../src/db/open-database.js';
import type { Account, Marketplace } from '../../src/features/accounts/account.js';
import { parseExportOptions } from '../../src/features/export/export-options.js';
import type { Run } from '../../src/features/export/run/run.js';
import type { DiskSpace } from '../../src/features/reports/disk-watch.js';
import type { LockTimes } from '../../src/scheduler/keep-lock.js';
import { createDemoEdits, type DemoEdits } from '../../src/shop/demo-shop/demo-edits.js';
import { HandClock } from './hand-clock.js';

/** A whole program on a data folder, a database and a clock of its own; waiting moves the clock, so nothing sleeps. */
export interface ExportProgram {
  readonly program: Feedbridge;
  readonly clock: HandClock;
  /** Its data folder; documents, answers and logs are in there. */
  readonly folder: string;
  /** Every line that it logged, as JSON. */
  readonly logLines: readonly string[];
  /** Closes the program and keeps its folder, for another one on the same data. */
  stop(): Promise<void>;
  /** Closes it and removes the folder that was made for it; one that was given stays. */
  close(): Promise<void>;
}

export interface ExportProgramOptions {
  /** As FEEDBRIDGE_DATABASE takes it. */
  readonly databaseUrl: string;
  /** As FEEDBRIDGE_SHOP takes it; left out = the demo shop, seeded on the clock's day. */
  readonly shopUrl?: string;
  readonly clock?: HandClock;
  /** Left out = a new one. */
  readonly folder?: string;
  /** Left out = the one of all programs in this process. */
  readonly sealingKey?: Buffer;
  readonly lockTimes?: LockTimes;
  /** Left out = the system's own disk. */
  readonly diskSpace?: DiskSpace;
}

/** One key for all programs, so that another one on the same data can open the secrets. */
export const SEALING_KEY = randomBytes(32);

/** Composes a program as the service does. */
export async function openExportProgram(options: ExportProgramOptions): Promise<ExportProgram> {
  const clock = options.clock ?? new HandClock();
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'feedbridge-test-'));
  const configuration: Configuration = {
    databaseUrl: options.databaseUrl,
    shop: options.shopUrl === undefined ? { kind: 'demo' } : { kind: 'prestashop', url: options.shopUrl },
    dataFolder: folder,
    shopWebserviceUrl: null,
    sealingKeys: [options.sealingKey ?? SEALING_KEY],
    host: '127.0.0.1',
    port: 0,
    logLevel: 'silent',
  };
  const logLines: string[] = [];
  const program = await compose(configuration, {
    clock,
    logger: lineLogger(logLines),
    pause: pauseByHand(clock),
    ...(options.lockTimes ? { lockTimes: options.lockTimes } : {}),
    ...(options.diskSpace ? { diskSpace: options.diskSpace } : {}),
  });
  const stop = () => program.close();
  const close = async () => {
    await stop();
    if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
  };
  return { program, clock, folder, logLines, stop, close };
}

/** What is edited in the back office of the demo shop, and its tables for edits that have no name; `end` closes the file. */
export async function openDemoOffice({
  folder,
  clock,
}: ExportProgram): Promise<DemoEdits & { db: Db; end(): Promise<void> }> {
  const db = await openDatabase(`sqlite:${join(folder, 'demo-shop.sqlite')}`);
  return { ...createDemoEdits({ db, clock }), db, end: () => db.destroy() };
}

/** Sends with options in the words of the CLI; waits for every answer unless told not to. */
export function send({ program }: ExportProgram, options: object = {}, wait = true): Promise<Run> {
  return program.export.send(parseExportOptions(options), { requestedBy: 'test', wait });
}

/** Displays with options in the words of the CLI. */
export function display({ program }: ExportProgram, options: object = {}): Promise<Run> {
  return program.export.preview('display', parseExportOptions(options), { requestedBy: 'test' });
}

export interface SellerOptions {
  /** Left out = the seller's own. */
  readonly name?: string;
  /** Where its Amazon answers; left out = the simulator, which has no listings of it yet. */
  readonly baseUrl?: string;
  readonly countries?: readonly string[];
  /** Whether a person has released its first send already; left out = yes. */
  readonly released?: boolean;
}

export const SELLER = {
  name: 'seller',
  sellerId: 'A1TESTSELLER',
  clientId: 'amzn1.application-oa2-client.of-the-test',
  clientSecret: 'amzn1.oa2-cs.v1.never-to-be-read-anywhere',
  refreshToken: 'Atzr|never-to-be-read-anywhere',
} as const;

/** Adds an account that may be sent to, selling in France alone unless told otherwise. */
export async function addSeller(
  { program, clock }: ExportProgram,
  options: SellerOptions = {},
): Promise<SellerAccount> {
  const { name = SELLER.name, baseUrl = 'simulator', countries = ['FR'], released = true } = options;
  const shop = await program.shop.catalogue(1).context();
  const tokenUrl = baseUrl === 'simulator' ? baseUrl : `${baseUrl}/auth/o2/token`;
  const login = baseUrl === 'simulator' ? program.simulator.secrets(SELLER.sellerId) : {};
  const added = await program.accounts.add(
    { ...SELLER, name, ...login, region: 'EU', shop, baseUrl, tokenUrl, feedFormat: 'xml', marketplaces: countries },
    'test',
  );
  if (released) await program.accounts.releaseFirstSend(added.id);
  const account = await program.accounts.byId(added.id);
  const scope = { kind: 'account', accountId: account.id } as const;
  await program.settings.set('sending', 'on', scope, { actor: 'test' });
  const marketplaces = await program.accounts.marketplaces(account.id);
  const seed = { sellerId: SELLER.sellerId, marketplaces, items: [], nowMs: clock.nowMs() };
  if (account.simulator) await program.simulator.seed(seed);
  return { account, marketplaces };
}

export interface SellerAccount {
  readonly account: Account;
  readonly marketplaces: readonly Marketplace[];
}

/** Moves the clock on and asks for the feeds on their way, until none is left. */
export async function settleFeeds({ program, clock }: ExportProgram, accountId: number): Promise<void> {
  for (let tries = 0; tries < 20; tries += 1) {
    if ((await program.feeds.open(accountId)).every((feed) => feed.amazonFeedId === null)) return;
    clock.advance(300_000);
    await program.poller.pollDue();
  }
  throw new Error('Expected every feed to end within 20 looks.');
}

function pauseByHand(clock: HandClock) {
  return (durationMs: number, signal?: AbortSignal): Promise<boolean> => {
    if (signal?.aborted) return Promise.resolve(false);
    clock.advance(durationMs);
    return Promise.resolve(true);
  };
}

function lineLogger(lines: string[]): Logger {
  const write = (level: string) => (message: string, fields?: LogFields) => {
    lines.push(JSON.stringify({ level, message, ...fields }));
  };
  return {
    error: write('error'),
    warn: write('warn'),
    info: write('info'),
    debug: write('debug'),
    child: () => lineLogger(lines),
  };
}
