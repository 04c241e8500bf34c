import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { parseExportOptions } from '../../../../src/features/export/export-options.js';
import type { PartDecision } from '../../../../src/features/export/plan/plan-part.js';
import { ArchiveTidying, type TidyingParts } from '../../../../src/features/export/retention/archive-tidying.js';
import { noTotals, type RunMode, type RunStatus } from '../../../../src/features/export/run/run.js';
import { RunLog } from '../../../../src/features/export/run/run-log.js';
import type { RunLogLine } from '../../../../src/features/export/run/run-log-line.js';
import { runLogLines, takeLines } from '../../../../src/features/export/run/run-log-lines.js';
import { RunStore } from '../../../../src/features/export/run/run-store.js';
import { QueueService } from '../../../../src/features/queue/queue-service.js';
import { Archive } from '../../../../src/features/reports/archive.js';
import { FeedFiles } from '../../../../src/features/reports/feed-files.js';
import { FeedService } from '../../../../src/features/reports/feed-service.js';
import { FeedStore } from '../../../../src/features/reports/feed-store.js';
import { HandClock } from '../../../support/hand-clock.js';
import { describeEachDatabase, type TestDatabase } from '../../../support/test-databases.js';

const DAY_MS = 24 * 3_600_000;

const line = (sku: string, decisions: readonly PartDecision[], more: Partial<RunLogLine> = {}): RunLogLine => ({
  sku,
  shopId: 1,
  productId: 7,
  combinationId: 0,
  verdicts: [],
  parts: decisions.map((decision) => ({
    marketplaceId: 1,
    part: 'price',
    value: '{"decision":"send","kind":"no"}',
    before: null,
    decision,
    why: null,
  })),
  notes: [],
  ...more,
});

describeEachDatabase('Tidying the archive', (_name, open) => {
  let database: TestDatabase;
  let folder: string;
  let clock: HandClock;
  let archive: Archive;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'feedbridge-test-'));
    clock = new HandClock();
    archive = new Archive(folder);
    for (const table of ['feed', 'run', 'run_log', 'setting']) await database.db(table).delete();
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const tidy = (on: Archive = archive) => {
    const { db } = database;
    const parts = { db, clock, archive: on, files: new FeedFiles(db, { clock, archive: on }) };
    const settings = {
      load: async () => ({ get: (name: string) => (name === 'keep-unchanged-log-lines-days' ? 14 : 400) }),
    };
    return new ArchiveTidying({
      ...parts,
      settings,
      queue: new QueueService(db, clock),
    } as unknown as TidyingParts).tidy();
  };
  const touch = (path: string) => {
    mkdirSync(dirname(archive.absolute(path)), { recursive: true });
    writeFileSync(archive.absolute(path), 'x');
    return path;
  };
  const files = () =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile())
      .map((one) => one.name)
      .toSorted();
  /** A run now; it has ended unless told otherwise. */
  const run = async (mode: RunMode, status: RunStatus = 'done') => {
    const store = new RunStore(database.db);
    const nowMs = clock.nowMs();
    const id = await store.create({ mode, options: parseExportOptions({}), requestedBy: 'test', owner: 'test', nowMs });
    const path = await archive.reserve('documents', `run-${id}-demo-FR-price-1.xml.gz`, nowMs);
    const document = { marketplaceId: 1, messageType: 'Price', messages: 1, bytes: 1, path };
    const documents = mode === 'display' ? [document] : [];
    if (status !== 'running') await store.end(id, { status, totals: { ...noTotals, documents }, fault: '', nowMs });
    return { id, path: mode === 'verify' ? path : touch(path) };
  };
  /** A feed of a run of its own, with its answer; `isOpen` = Amazon has not ended it. */
  const feed = async ({ isOpen = false } = {}) => {
    const store = new FeedStore(database.db);
    const { id: runId, path } = await run('send');
    const nowMs = clock.nowMs();
    const marketplaceId = runId;
    const words = {
      kind: 'price',
      messageType: 'Price',
      feedType: 'POST_PRODUCT_PRICING_DATA',
      format: 'xml',
    } as const;
    const document = { messages: 1, documentBytes: 1, documentPath: path };
    const id = await store.insertIntent({ runId, accountId: 1, marketplaceId, ...words, ...document }, nowMs);
    const resultPath = touch(await archive.reserve('results', `feed-${id}.xml.gz`, nowMs));
    if (!isOpen) await store.close(id, { status: 'done', resultPath, nowMs });
    return id;
  };
  const log = async (lines: readonly RunLogLine[]) => {
    const { id } = await run('verify');
    const written = new RunLog(archive, await archive.reserve('logs', `run-${id}.ndjson.gz`, clock.nowMs()));
    for (const one of lines) written.append(one);
    await written.close();
    await new RunStore(database.db).saveLog(id, { path: written.path, lines: written.lines, bytes: written.bytes });
    return id;
  };
  const linesOf = async (runId: number) =>
    (await takeLines(runLogLines(runId, { db: database.db, archive }), 100)).map((one) => one.sku);

  it('removes the document and the answer of a feed settled 400 days ago, never those of an open one; the row says when', async () => {
    const old = await feed();
    const unsettled = await feed({ isOpen: true });
    clock.advance(DAY_MS);
    const younger = await feed();
    clock.advance(400 * DAY_MS - 1);
    expect(await tidy()).toMatchObject({ feeds: 1, strayFiles: 0 });
    expect(files()).toHaveLength(4);
    const service = new FeedService(database.db, archive);
    expect((await service.find(old)).removedAtMs).toBe(clock.nowMs());
    await expect(service.document(await service.find(old))).rejects.toThrow(
      `The document of feed ${old} was removed from the archive on 2027-12-27`,
    );
    await expect(service.result(await service.find(old))).rejects.toMatchObject({ code: 'FILE_REMOVED', status: 410 });
    for (const id of [unsettled, younger]) {
      expect((await service.find(id)).removedAtMs).toBeNull();
      expect(existsSync(archive.absolute((await service.find(id)).documentPath))).toBe(true);
    }
    expect(await tidy()).toEqual({ feeds: 0, displays: 0, logsRemoved: 0, logsThinned: 0, strayFiles: 0 });
  });

  it('removes run logs and the documents of displays likewise', async () => {
    const logged = await log([line('A', ['send'])]);
    const shown = await run('display');
    clock.advance(400 * DAY_MS);
    await tidy();
    expect(files()).toHaveLength(2);
    clock.advance(1);
    expect(await tidy()).toMatchObject({ displays: 1, logsRemoved: 1 });
    expect(files()).toEqual([]);
    clock.advance(DAY_MS);
    await tidy();
    expect(readdirSync(join(folder, 'logs/2026/11'))).toEqual([]);
    clock.advance(-DAY_MS);
    await expect(linesOf(logged)).rejects.toThrow(`The log of run ${logged} was removed`);
    const found = await new RunStore(database.db).find(shown.id);
    expect(found?.totals.documents).toMatchObject([{ messages: 1, removedAtMs: clock.nowMs() }]);
  });

  it('takes out of a log what was unchanged, after 14 days, and notes the new figures', async () => {
    const verdict = { code: 'draft', kind: 'stop', sentence: '', advice: '', marketplaceIds: [] } as const;
    const id = await log([
      line('EQUAL', ['equal', 'equal']),
      line('GOES', ['equal', 'send']),
      line('NOTHING', []),
      line('STOPPED', [], { verdicts: [verdict as never] }),
      line('REJECTED', ['rejected']),
      line('NOTED', ['equal'], { notes: ['a remark'] }),
    ]);
    clock.advance(14 * DAY_MS);
    expect(await tidy()).toMatchObject({ logsThinned: 0 });
    clock.advance(1);
    expect(await tidy()).toMatchObject({ logsThinned: 1 });
    expect(await linesOf(id)).toEqual(['GOES', 'STOPPED', 'REJECTED', 'NOTED']);
    const kept = await new RunStore(database.db).findLog(id);
    expect(kept).toMatchObject({ lines: 4, thinnedAtMs: clock.nowMs(), removedAtMs: null });
    expect(await tidy()).toMatchObject({ logsThinned: 0 });
  });

  it('leaves the log of a run as it is when it cannot be rewritten, and says so once the others are done', async () => {
    const damaged = await log([line('A', ['send'])]);
    const whole = await log([line('B', ['equal'])]);
    const { path = '' } = (await new RunStore(database.db).findLog(damaged)) ?? {};
    writeFileSync(archive.absolute(path), 'no gzip');
    clock.advance(15 * DAY_MS);
    await expect(tidy()).rejects.toThrow('incorrect header check');
    expect(await linesOf(whole)).toEqual([]);
    expect(files()).toEqual([`run-${damaged}.ndjson.gz`, `run-${whole}.ndjson.gz`]);
  });

  it('says of no log that it was removed that it only does not find, as with another data folder', async () => {
    const id = await log([line('EQUAL', ['equal']), line('GOES', ['send'])]);
    clock.advance(15 * DAY_MS);
    const elsewhere = new Archive(mkdtempSync(join(tmpdir(), 'feedbridge-test-')));
    expect(await tidy(elsewhere)).toMatchObject({ logsRemoved: 0, logsThinned: 0 });
    const { path = '' } = (await new RunStore(database.db).findLog(id)) ?? {};
    mkdirSync(dirname(elsewhere.absolute(path)), { recursive: true });
    expect(await tidy(elsewhere)).toMatchObject({ logsRemoved: 0, logsThinned: 0 });
    rmSync(elsewhere.absolute(''), { recursive: true });
    expect(await linesOf(id)).toEqual(['EQUAL', 'GOES']);
    expect(await tidy()).toMatchObject({ logsThinned: 1 });
  });

  it('removes what stopped runs left a day later, and nothing that is of a run under way, of yesterday, or unknown', async () => {
    const stopped = await run('send', 'interrupted');
    const working = await run('send', 'running');
    await feed();
    touch(join(dirname(stopped.path), 'run-999999-demo-FR-price-1.xml.gz'));
    touch(join(dirname(stopped.path), 'notes.txt'));
    const all = files();
    clock.advance(DAY_MS);
    expect(await tidy()).toMatchObject({ strayFiles: 0 });
    clock.advance(DAY_MS);
    expect(await tidy()).toMatchObject({ strayFiles: 1 });
    expect(existsSync(archive.absolute(stopped.path))).toBe(false);
    expect(existsSync(archive.absolute(working.path))).toBe(true);
    expect(files()).toHaveLength(all.length - 1);
  });

  it('that is cut short at any moment is done by the next one', async () => {
    for (let allowed = 0; ; allowed += 1) {
      for (const table of ['feed', 'run', 'run_log']) await database.db(table).delete();
      rmSync(folder, { recursive: true, force: true });
      const removed = await feed();
      await log([line('A', ['send'])]);
      await run('display');
      clock.advance(390 * DAY_MS);
      const thinned = await log([line('EQUAL', ['equal']), line('GOES', ['send'])]);
      clock.advance(15 * DAY_MS);
      const wasCut = await tidy(new CutArchive(folder, allowed)).then(
        () => false,
        () => true,
      );
      await tidy();
      expect(files()).toEqual([`run-${thinned}.ndjson.gz`]);
      expect(await linesOf(thinned)).toEqual(['GOES']);
      expect((await new FeedService(database.db, archive).find(removed)).removedAtMs).not.toBeNull();
      if (!wasCut) {
        expect(allowed).toBeGreaterThan(4);
        break;
      }
    }
  });
});

/** An archive of a process that dies after so many changes. */
class CutArchive extends Archive {
  #left: number;

  constructor(folder: string, left: number) {
    super(folder);
    this.#left = left;
  }

  override async remove(path: string): Promise<void> {
    this.#pass();
    await super.remove(path);
  }

  override async replace(path: string, by: { readonly by: string }): Promise<void> {
    this.#pass();
    await super.replace(path, by);
  }

  #pass(): void {
    if (this.#left <= 0) throw new Error('The process was killed.');
    this.#left -= 1;
  }
}
