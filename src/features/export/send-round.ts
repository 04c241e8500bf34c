import { groupBy } from '../../core/group-by.js';
import { partMask } from '../queue/queue-row.js';
import type { FeedKind } from '../reports/feed.js';
import { closeDocuments, type PassBatch, passOver } from './account-export.js';
import { SendingStopped } from './account-now.js';
import type { PlacedSku } from './documents/place-sku.js';
import { RunDocuments } from './documents/run-documents.js';
import type { SentDocument } from './documents/send-document.js';
import { sendDocuments } from './documents/send-documents.js';
import { endRound, endUnplaced, lessWaiting, moreWaiting, type PlacedRows, partsOfRun } from './end-work.js';
import type { ExportDependencies } from './export-dependencies.js';
import { abandonAside, decideAside } from './guard/decide-aside.js';
import type { SetAsideSku } from './guard/set-aside.js';
import { passGroups } from './owed-parts.js';
import { shopsOfFrame } from './plan/account-frame.js';
import { markHeirs, rememberWork } from './remember-work.js';
import { logLine } from './run/log-line.js';
import type { RunRecorder } from './run/run-recorder.js';
import type { SendSubject } from './send-subject.js';
import { suspectTurns } from './suspect-turns.js';
import { type WorkChunk, workChunk } from './waiting-work.js';
import { WorkedChunk } from './worked-chunk.js';

/**
 * One round of a send run: claims products as long as they fit into one document per kind, then sends the documents.
 *
 * So no figure is old when it leaves, and a catalogue of any size goes document by document. Memory holds a claim and what the documents
 * carry, however many products are looked at.
 *
 * @returns what became of the documents; with none sent, nothing more can go before something settles
 * @throws SendingStopped when the account may be sent to no more; nothing of this round was sent then
 */
export async function sendRound(
  begun: SendSubject,
  recorder: RunRecorder,
  on: ExportDependencies,
): Promise<readonly SentDocument[]> {
  const openedAtMs = on.clock.nowMs();
  const round = await openRound(begun, recorder, on);
  try {
    const { subject, placed } = await fillRound(begun, { round, recorder, on });
    const { documents: open, aside } = round;
    const waitingLess = await decideAside(aside, { documents: open, guard: begun.guard, recorder, on });
    const documents = await closeDocuments(round.documents);
    const leftOutByProduct = new Map<string, number>();
    const sent = await sendDocuments(documents, { subject, recorder, on, openedAtMs, leftOutByProduct });
    await endRound(
      placed.map((one) => moreWaiting(lessWaiting(one, waitingLess), leftOutByProduct)),
      { subject, recorder, on },
    );
    return sent;
  } catch (error) {
    if (error instanceof SendingStopped) {
      abandonAside(round.aside, recorder);
      for (const filled of await closeDocuments(round.documents)) recorder.tally.addUnsent(filled);
    }
    throw error;
  }
}

/** @returns the subject with its newest settings, and what was placed */
async function fillRound(
  begun: SendSubject,
  { round, recorder, on }: Omit<WorkContext, 'subject'>,
): Promise<{ readonly subject: SendSubject; readonly placed: readonly PlacedRows[] }> {
  const placed: PlacedRows[] = [];
  let subject = begun;
  while (!round.isFull()) {
    const chunks = await claim(subject, recorder, on);
    // After the claim, so that no row is judged by settings older than its mark; after the last one, so that the account still wants it.
    subject = { ...subject, frame: await subject.frameNow() };
    if (chunks.length === 0) break;
    for (const chunk of chunks) {
      const worked = await work(chunk, { subject, round, recorder, on });
      placed.push(await endUnplaced(worked, { subject, recorder, on }));
    }
  }
  return { subject, placed };
}

interface Round {
  readonly documents: RunDocuments;
  /** What the guard must count before it goes. */
  readonly aside: SetAsideSku[];
  readonly isOpen: (marketplaceId: number, kind: FeedKind) => boolean;
  readonly isFull: () => boolean;
}

async function openRound({ scope, guard }: SendSubject, { run }: RunRecorder, on: ExportDependencies): Promise<Round> {
  await guard.openRound();
  const open = await on.feeds.open(scope.account.id);
  const openKeys = new Set(open.map((feed) => `${feed.marketplaceId}/${feed.kind}`));
  const name = `run-${run.id}-${scope.account.name}-${on.clock.nowMs()}`;
  const pathStart = await on.archive.reserve('documents', name, run.createdAtMs);
  const documents = new RunDocuments({
    archive: on.archive,
    pathStart,
    merchantId: scope.account.sellerId,
    whenFull: 'wait',
  });
  return {
    documents,
    aside: [],
    isOpen: (marketplaceId, kind) => openKeys.has(`${marketplaceId}/${kind}`),
    isFull: () => documents.isNearlyFull,
  };
}

async function claim(
  subject: SendSubject,
  { run }: RunRecorder,
  on: ExportDependencies,
): Promise<readonly WorkChunk[]> {
  const rows = await on.queue.claim({
    runId: run.id,
    marketplaceIds: subject.scope.marketplaces.map((one) => one.id),
    parts: partMask(partsOfRun(subject, run)),
    maxProducts: subject.productsPerClaim,
    productIds: run.options.products,
  });
  const byShop = groupBy(rows, (row) => row.shopId);
  return [...byShop].map(([shopId, some]) => workChunk(shopId, some, { options: run.options, preview: false }));
}

interface WorkContext {
  readonly subject: SendSubject;
  readonly round: Round;
  readonly recorder: RunRecorder;
  readonly on: ExportDependencies;
}

async function work(chunk: WorkChunk, { subject, round, recorder, on }: WorkContext): Promise<WorkedChunk> {
  const { frame, scope } = subject;
  const { shopId, order } = chunk;
  const { options } = recorder.run;
  const worked = new WorkedChunk(chunk, recorder.run.id);
  const of = { accountId: scope.account.id, shopIds: shopsOfFrame(frame), options };
  const turns = await suspectTurns(chunk.productIds, { ...of, poolMarketplaceId: frame.poolMarketplace.id }, on);
  for (const group of await passGroups(turns, of, on.listings)) {
    const pass = {
      frame,
      shopId,
      options: group.options,
      order,
      ...round,
      lock: subject.lock,
      guard: subject.guard,
      signal: recorder.signal,
    };
    for await (const batch of passOver({ kind: 'products', productIds: group.productIds }, pass, on))
      await workBatch(batch, { worked, subject, round, recorder, on });
  }
  return worked;
}

async function workBatch(
  batch: PassBatch,
  { worked, subject, round, recorder, on }: WorkContext & { worked: WorkedChunk },
): Promise<void> {
  const { scope } = subject;
  const { shopId } = worked.chunk;
  const skus = [...batch.skus];
  recorder.tally.addProducts(batch.productIds.filter((id) => worked.isFresh(id)).length);
  for (const [productId, some] of groupBy(skus, (sku) => worked.productOf(sku)))
    record(productId, some, { worked, round, recorder, newlyHeld: batch.watch?.newlyHeld(some) ?? 0 });
  if (batch.watch) await on.guard.record(batch.watch.findings, subject.guard.run);
  await rememberWork(skus, scope, on);
  await markHeirs(skus, { shopId, batch, scope }, on);
  await recorder.log.drain();
  const { products, items } = recorder.tally.totals;
  recorder.progress({ phase: 'computing', products, productsTotal: null, items, feedsOpen: 0 });
}

function record(
  productId: number,
  skus: readonly PlacedSku[],
  at: Pick<WorkContext, 'round' | 'recorder'> & { readonly worked: WorkedChunk; readonly newlyHeld: number },
): void {
  const { worked, round, recorder, newlyHeld } = at;
  const { tally, log } = recorder;
  const fresh = worked.isFresh(productId);
  if (!fresh) tally.addAgain(skus, worked.leftWaiting.get(productId) ?? 0, newlyHeld);
  for (const sku of skus) {
    worked.note(sku);
    if (fresh) tally.addSku(sku);
    if (sku.aside) round.aside.push(setAside(sku, sku.aside, worked));
    else if (fresh || sku.parts.some((part) => part.decision === 'send')) log.append(logLine(sku));
  }
}

function setAside(sku: PlacedSku, parts: SetAsideSku['parts'], worked: WorkedChunk): SetAsideSku {
  return { parts, logLine: logLine(sku), shopId: worked.chunk.shopId, productIds: worked.productsOf(sku) };
}
