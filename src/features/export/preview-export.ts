import type { CatalogueSelection } from '../../shop/catalogue.js';
import { closeDocuments, type Pass, passOver } from './account-export.js';
import { type FilledDocument, RunDocuments } from './documents/run-documents.js';
import type { ExportDependencies } from './export-dependencies.js';
import type { ExportOptions } from './export-options.js';
import { type AccountScope, exportScope } from './export-scope.js';
import { passGroups } from './owed-parts.js';
import { type AccountFrame, accountFrame, shopsOfFrame } from './plan/account-frame.js';
import { GoneProducts } from './plan/gone-products.js';
import type { WorkOrder } from './plan/planned-sku.js';
import { logLine } from './run/log-line.js';
import type { Run } from './run/run.js';
import type { RunRecorder } from './run/run-recorder.js';
import { waitingWork } from './waiting-work.js';

/**
 * Verify and display: computes what a send would do now and changes nothing, anywhere, but the run's own row, log and documents.
 *
 * @returns the documents of a display, in the order in which they would be sent
 */
export async function previewExport(recorder: RunRecorder, on: ExportDependencies): Promise<readonly FilledDocument[]> {
  const documents: FilledDocument[] = [];
  for (const scope of await exportScope(recorder.run.options, on.accounts))
    documents.push(...(await previewAccount(scope, recorder, on)));
  return documents;
}

async function previewAccount(
  scope: AccountScope,
  recorder: RunRecorder,
  on: ExportDependencies,
): Promise<readonly FilledDocument[]> {
  const { run } = recorder;
  const frame = await accountFrame(scope.account, new Set(scope.marketplaces.map((one) => one.id)), on);
  if (frame === null) return [];
  const documents = run.mode === 'display' ? await openDocuments(run, scope, on) : null;
  for (const shopId of new Set(scope.marketplaces.map((one) => one.shopId))) {
    const pass = { frame, shopId, documents, isOpen: () => false, signal: recorder.signal };
    for await (const { selection, options, order, total } of previewWork(shopId, scope, { frame, recorder, on })) {
      const gone = selection.kind === 'all' ? new GoneProducts(on.listings.productIds(scope.account.id, shopId)) : null;
      await record(selection, { ...pass, options, order }, { recorder, on, total, gone });
      const productIds = (await gone?.rest()) ?? [];
      if (productIds.length > 0)
        await record(
          { kind: 'products', productIds },
          { ...pass, options, order },
          { recorder, on, total, gone: null },
        );
    }
  }
  const closed = documents ? await closeDocuments(documents) : [];
  for (const document of closed) recorder.tally.addDocument(document);
  return closed;
}

interface PreviewWork {
  readonly selection: CatalogueSelection;
  readonly options: ExportOptions;
  readonly order: WorkOrder;
  readonly total: number | null;
}

/** What a person asked for, or else what waits in the queue. */
async function* previewWork(
  shopId: number,
  scope: AccountScope,
  { frame, recorder, on }: { frame: AccountFrame; recorder: RunRecorder; on: ExportDependencies },
): AsyncGenerator<PreviewWork> {
  const { options } = recorder.run;
  if (options.all || options.products !== null || options.since !== null) {
    for await (const { selection, total } of askedWork(shopId, scope, { options, on }))
      yield { selection, options, order: unmarked(recorder), total };
    return;
  }
  const marketplaceIds = scope.marketplaces.filter((one) => one.shopId === shopId).map((one) => one.id);
  const of = { accountId: scope.account.id, shopIds: shopsOfFrame(frame), options };
  for await (const { productIds: waiting, order } of waitingWork(
    shopId,
    { marketplaceIds, options, preview: true },
    on.queue,
  ))
    for (const group of await passGroups([waiting], of, on.listings))
      yield {
        selection: { kind: 'products', productIds: group.productIds },
        options: group.options,
        order,
        total: null,
      };
}

/** What changed since an instant, the products named, or everything. */
async function* askedWork(
  shopId: number,
  { account }: AccountScope,
  { options, on }: { options: ExportOptions; on: ExportDependencies },
): AsyncGenerator<Pick<PreviewWork, 'selection' | 'total'>> {
  if (options.since !== null) {
    for await (const productIds of on.changedSince({ accountId: account.id, shopId }, Date.parse(options.since)))
      yield { selection: { kind: 'products', productIds }, total: null };
    return;
  }
  const selection: CatalogueSelection =
    options.products === null ? { kind: 'all' } : { kind: 'products', productIds: options.products };
  yield { selection, total: await on.shop.catalogue(shopId).countProducts(selection) };
}

function unmarked(recorder: RunRecorder): WorkOrder {
  const { options } = recorder.run;
  return {
    options,
    rules: () => ({ revision: Number.MAX_SAFE_INTEGER, everything: options.all, preview: true }),
    create: () => false,
    deletions: () => new Set(),
    erases: () => false,
  };
}

async function record(
  selection: CatalogueSelection,
  pass: Pass,
  to: { recorder: RunRecorder; on: ExportDependencies; total: number | null; gone: GoneProducts | null },
): Promise<void> {
  const { log, tally, progress } = to.recorder;
  for await (const batch of passOver(selection, pass, to.on)) {
    tally.addProducts(batch.productIds.length);
    await to.gone?.pass(batch.productIds);
    for (const sku of batch.skus) {
      tally.addSku(sku);
      log.append(logLine(sku));
    }
    await log.drain();
    const { products, items } = tally.totals;
    progress({ phase: 'computing', products, productsTotal: to.total, items, feedsOpen: 0 });
  }
}

async function openDocuments(run: Run, scope: AccountScope, on: ExportDependencies): Promise<RunDocuments> {
  const pathStart = await on.archive.reserve('documents', `run-${run.id}-${scope.account.name}`, run.createdAtMs);
  return new RunDocuments({ archive: on.archive, pathStart, merchantId: scope.account.sellerId, whenFull: 'next' });
}
