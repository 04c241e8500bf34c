import type { AmazonAccount } from '../../amazon/amazon-account.js';
import type { HeldLock } from '../../db/lock-store.js';
import type { JournalEntry } from '../journal/journal.js';
import type { Handover } from '../listings/listing-service.js';
import type { Part } from '../offers/offer-settings.js';
import { partMask } from '../queue/queue-row.js';
import type { FeedKind } from '../reports/feed.js';
import { closeDocuments, type PassBatch, passOver } from './account-export.js';
import type { PlacedSku } from './documents/place-sku.js';
import { RunDocuments } from './documents/run-documents.js';
import type { SentDocument } from './documents/send-document.js';
import { neededPartsOfFrame, sendDocuments } from './documents/send-documents.js';
import type { ExportDependencies } from './export-dependencies.js';
import { partsOf } from './export-options.js';
import type { AccountScope } from './export-scope.js';
import { passGroups } from './owed-parts.js';
import type { AccountFrame } from './plan/account-frame.js';
import type { PlannedSku } from './plan/plan-batch.js';
import { DELETION_DROPPED } from './plan/plan-withdrawals.js';
import type { RunRecorder } from './preview-export.js';
import { logLine } from './run/log-line.js';
import type { Run } from './run/run.js';
import { type WorkChunk, workChunk } from './waiting-work.js';

/** One account of a send run, ready to be worked on. */
export interface SendSubject {
  readonly scope: AccountScope;
  readonly frame: AccountFrame;
  readonly amazon: AmazonAccount;
  readonly lock: HeldLock;
  readonly productsPerClaim: number;
  /** Products whose items the tally has counted: later rounds look at them again. */
  readonly counted: Set<string>;
}

/** What a round did: with no document sent, nothing more can go before something settles. */
export interface RoundResult {
  readonly claimedProducts: number;
  readonly sent: readonly SentDocument[];
}

/**
 * One round of a send run: claims products as long as they fit into one document per kind, then sends the documents.
 *
 * So no figure is old when it leaves, and a catalogue of any size goes document by document.
 */
export async function sendRound(
  subject: SendSubject,
  recorder: RunRecorder,
  on: ExportDependencies,
): Promise<RoundResult> {
  const round = await openRound(subject, recorder, on);
  const worked: WorkedChunk[] = [];
  while (!round.isFull()) {
    const chunks = await claim(subject, recorder, on);
    if (chunks.length === 0) break;
    for (const chunk of chunks) worked.push(await work(chunk, { subject, round, recorder, on }));
  }
  const documents = await closeDocuments(round.documents);
  const sent = await sendDocuments(documents, { subject, recorder, on });
  // Only now, with everything handed over: a settlement of earlier feeds may let rows go from here on.
  for (const one of worked) await recordPlan(one, { subject, recorder, on });
  for (const { chunk } of worked) await endUnsent(chunk, subject, on);
  return { claimedProducts: worked.reduce((sum, { chunk }) => sum + chunk.productIds.length, 0), sent };
}

/** Claimed products that were looked at, with how many parts of each must go later. */
interface WorkedChunk {
  readonly chunk: WorkChunk;
  readonly waitingByProduct: ReadonlyMap<number, number>;
}

interface Round {
  readonly documents: RunDocuments;
  readonly isOpen: (marketplaceId: number, kind: FeedKind) => boolean;
  readonly isFull: () => boolean;
}

async function openRound({ scope }: SendSubject, { run }: RunRecorder, on: ExportDependencies): Promise<Round> {
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
    isOpen: (marketplaceId, kind) => openKeys.has(`${marketplaceId}/${kind}`),
    isFull: () => documents.isNearlyFull,
  };
}

async function claim(
  subject: SendSubject,
  { run }: RunRecorder,
  on: ExportDependencies,
): Promise<readonly WorkChunk[]> {
  const { marketplaces } = subject.scope;
  const rows = await on.queue.claim({
    runId: run.id,
    marketplaceIds: marketplaces.map((one) => one.id),
    parts: partMask(partsOfRun(subject, run)),
    maxProducts: subject.productsPerClaim,
    productIds: run.options.products,
  });
  const shops = new Set(rows.map((row) => row.shopId));
  return [...shops].map((shopId) =>
    workChunk(
      shopId,
      rows.filter((row) => row.shopId === shopId),
      { options: run.options, preview: false },
    ),
  );
}

/** What a run compares on its marketplaces; a row of one that exports less has nothing of the rest to compare. */
function partsOfRun({ frame }: SendSubject, { options }: Run): ReadonlySet<Part> {
  const selected = frame.marketplaces.filter((one) => one.selected);
  return new Set(selected.flatMap((one) => [...partsOf(options, one.settings.parts)]));
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
  const waitingByProduct = new Map<number, number>();
  for (const group of await passGroups(
    chunk.productIds,
    { accountId: scope.account.id, shopId, options },
    on.listings,
  )) {
    const pass = { frame, shopId, options: group.options, order, ...round, signal: recorder.signal };
    for await (const batch of passOver({ kind: 'products', productIds: group.productIds }, pass, on))
      await workBatch(batch, { shopId, waiting: waitingByProduct, subject, recorder, on });
  }
  return { chunk, waitingByProduct };
}

async function workBatch(
  batch: PassBatch,
  context: Omit<WorkContext, 'round'> & { shopId: number; waiting: Map<number, number> },
): Promise<void> {
  const { shopId, waiting, subject, recorder, on } = context;
  const { counted } = subject;
  const first = batch.productIds.filter((id) => !counted.has(`${shopId}/${id}`));
  const fresh = new Set(first);
  for (const id of first) counted.add(`${shopId}/${id}`);
  recorder.tally.addProducts(first.length);
  const skus = [...batch.skus];
  for (const sku of skus) record(sku, { fresh: fresh.has(sku.subject.carrier.productId), recorder, waiting });
  await remember(skus, subject, on);
  await markHeirs(skus, { shopId, batch, subject, on });
  await recorder.log.drain();
  const { products, items } = recorder.tally.totals;
  recorder.progress({ phase: 'computing', products, productsTotal: null, items, feedsOpen: 0 });
}

function record(sku: PlacedSku, to: { fresh: boolean; recorder: RunRecorder; waiting: Map<number, number> }): void {
  const { tally, log } = to.recorder;
  const { productId } = sku.subject.carrier;
  const waits = sku.parts.filter((part) => part.decision === 'wait').length;
  if (waits > 0) to.waiting.set(productId, (to.waiting.get(productId) ?? 0) + waits);
  if (to.fresh) tally.addSku(sku);
  else tally.addLaterRound(sku);
  if (to.fresh || sku.parts.some((part) => part.decision === 'send')) log.append(logLine(sku));
}

/** Writes down what is known before anything is sent: intents to create, and values that must wait. */
async function remember(skus: readonly PlacedSku[], { scope }: SendSubject, on: ExportDependencies): Promise<void> {
  const atMs = on.clock.nowMs();
  const accountId = scope.account.id;
  for (const { id } of scope.marketplaces) {
    const asked = skus.filter(
      ({ subject }) => subject.createOn.includes(id) && needsIntent(subject.memory?.marketplaces.get(id)),
    );
    await on.listings.intendToCreate(
      accountId,
      id,
      asked.map(({ subject }) => subject.carrier),
      atMs,
    );
  }
  const waiting = skus.flatMap(({ subject, parts }): Handover[] =>
    parts
      .filter((part) => part.decision === 'wait' || part.decision === 'left-alone')
      .map((part) => ({
        ...subject.carrier,
        marketplaceId: part.marketplaceId,
        part: part.part,
        value: part.value,
        revision: subject.revision,
      })),
  );
  if (waiting.length > 0) await on.listings.desire(accountId, waiting, atMs);
  const dropped = skus.filter(({ subject }) => subject.notes.includes(DELETION_DROPPED));
  if (dropped.length > 0) await on.journal.write(dropped.map(({ subject }) => droppedDeletion(accountId, subject)));
}

/** Nothing of an heir's own changed, so nobody else would look at it. */
async function markHeirs(
  skus: readonly PlacedSku[],
  { shopId, batch, subject, on }: { shopId: number; batch: PassBatch; subject: SendSubject; on: ExportDependencies },
): Promise<void> {
  const here = new Set(batch.productIds);
  const productIds = [...new Set(skus.flatMap((one) => one.subject.heirs ?? []))].filter((id) => !here.has(id));
  const marketplaceIds = subject.scope.marketplaces.filter((one) => one.shopId === shopId).map((one) => one.id);
  if (productIds.length > 0) await on.queue.mark({ shopId, productIds, marketplaceIds, action: 'update' }, 'sku-heir');
}

function droppedDeletion(accountId: number, { carrier }: PlannedSku): JournalEntry {
  const { sku, productId } = carrier;
  return { level: 'warning', code: 'deletion-dropped', message: DELETION_DROPPED, accountId, sku, productId };
}

function needsIntent(known: { atAmazon: boolean | null; createIntent: boolean } | undefined): boolean {
  return known === undefined || (known.atAmazon !== true && !known.createIntent);
}

async function recordPlan(
  { chunk, waitingByProduct }: WorkedChunk,
  { subject, recorder, on }: Omit<WorkContext, 'round'>,
): Promise<void> {
  await on.queue.recordPlan(chunk.rows, { parts: partsOfRun(subject, recorder.run), waitingByProduct });
}

/** Lets go of products of which nothing is on its way: those that are done leave the queue, the others wait for the next round. */
async function endUnsent(chunk: WorkChunk, { scope, frame }: SendSubject, on: ExportDependencies): Promise<void> {
  const neededParts = neededPartsOfFrame(frame);
  const { shopId, productIds } = chunk;
  await on.db.transaction(async (transaction) => {
    const queue = on.queue.on(transaction);
    await queue.takeTurn();
    const inFlight = await on.listings.on(transaction).productsInFlight(scope.account.id, shopId, productIds);
    const ended = productIds.filter((id) => !inFlight.has(id));
    await queue.end({ shopId, productIds: ended, neededParts });
  });
}
