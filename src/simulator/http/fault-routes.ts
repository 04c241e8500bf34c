import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import type { Clock } from '../../core/clock.js';
import type { Db } from '../../db/open-database.js';
import { FateStore, type FateSubject } from '../faults/fate-store.js';
import { FaultOrder } from '../faults/fault-order.js';
import { type FaultRule, FaultStore } from '../faults/fault-store.js';
import { feedKindOf } from '../processing/feed-kinds.js';
import { REPORT_TYPES } from '../processing/make-report.js';
import type { WorkLine } from '../processing/work-line.js';
import { feedIdOf } from '../state/feed-store.js';
import { reportIdOf } from '../state/report-store.js';
import type { SellerStore } from '../state/seller-store.js';
import { describeFaults } from './list-query.js';

export interface FaultRouteParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly sellers: SellerStore;
  readonly workLine: WorkLine;
}

const Orders = z.object({ faults: z.array(FaultOrder) });
const Release = z.object({ id: z.string().optional() });
const Removal = z.object({ id: z.coerce.number().int().min(1).optional() });

interface FaultsView {
  readonly faults: readonly Readonly<Record<string, unknown>>[];
  /** Ids of the feeds and reports that wait to be released. */
  readonly stuck: readonly string[];
}

interface Refusal {
  readonly status: number;
  readonly message: string;
}

/**
 * Faults on command. They are kept in the database, so they outlast a restart. Every answer but that of a refusal is the new state,
 * { faults: [{ id, times, seen, drawn, …FaultOrder }], stuck: [feed or report id] }.
 *
 * - GET    /faults
 * - PUT    /faults { faults: [FaultOrder] } puts these in place of all others
 * - POST   /faults { faults: [FaultOrder] } adds these
 * - DELETE /faults?id= takes one away, or all; what was drawn before keeps its fate
 * - POST   /release { id } lets a stuck feed or report go on, or all of them
 *
 * 400 with { message } says what is wrong with an order; 404 that there is no such fault or nothing stuck of that id.
 */
export function faultRoutes(parts: FaultRouteParts): Router {
  const router = Router();
  const inTurn =
    <T>(schema: z.ZodType<T>, act: (input: T, parts: FaultRouteParts) => Promise<Refusal | null>) =>
    async (request: Request, response: Response) => {
      const parsed = schema.safeParse(request.method === 'DELETE' ? request.query : (request.body ?? {}));
      if (!parsed.success) return void response.status(400).json({ message: describeFaults(parsed.error) });
      const done = await parts.workLine.run(async () => ({
        refusal: await act(parsed.data, parts),
        view: await view(parts.db),
      }));
      if (done.refusal === null) response.json(done.view);
      else response.status(done.refusal.status).json({ message: done.refusal.message });
    };
  router.get('/faults', async (_request, response) => {
    response.json(await parts.workLine.run(() => view(parts.db)));
  });
  router.put('/faults', inTurn(Orders, replace));
  router.post('/faults', inTurn(Orders, add));
  router.delete('/faults', inTurn(Removal, remove));
  router.post('/release', inTurn(Release, release));
  return router;
}

async function replace(input: z.output<typeof Orders>, parts: FaultRouteParts): Promise<Refusal | null> {
  return (await mistake(input.faults, parts.sellers)) ?? write(input.faults, parts, { instead: true });
}

async function add(input: z.output<typeof Orders>, parts: FaultRouteParts): Promise<Refusal | null> {
  return (await mistake(input.faults, parts.sellers)) ?? write(input.faults, parts, { instead: false });
}

/** All or none of them. */
async function write(
  orders: readonly FaultOrder[],
  { db, clock }: FaultRouteParts,
  { instead }: { readonly instead: boolean },
): Promise<null> {
  await db.transaction(async (trx) => {
    const store = new FaultStore(trx);
    if (instead) await store.remove(null);
    for (const order of orders) await store.add(order, clock.nowMs());
  });
  return null;
}

async function remove({ id }: z.output<typeof Removal>, { db }: FaultRouteParts): Promise<Refusal | null> {
  const removed = await new FaultStore(db).remove(id ?? null);
  return id !== undefined && removed === 0 ? refused(404, `There is no fault ${id}. GET /faults shows them.`) : null;
}

async function release({ id }: z.output<typeof Release>, { db, clock }: FaultRouteParts): Promise<Refusal | null> {
  const fates = new FateStore(db);
  const wanted = (await fates.held()).filter((one) => id === undefined || idOf(one) === id);
  for (const subject of wanted) await fates.release(subject, clock.nowMs());
  return id !== undefined && wanted.length === 0 ? refused(404, `There is no stuck feed or report ${id}.`) : null;
}

/** A fault that could never strike would make a test pass for nothing. */
async function mistake(orders: readonly FaultOrder[], sellers: SellerStore): Promise<Refusal | null> {
  for (const order of orders) {
    const { sellerId } = order;
    if (sellerId !== undefined && (await sellers.signingKey(sellerId)) === null)
      return refused(400, `Expected the sellerId of a simulated seller, got ${sellerId}.`);
    const types = 'types' in order ? (order.types ?? []) : [];
    const unknown = types.find((type) => feedKindOf(type) === null && !REPORT_TYPES.includes(type));
    if (unknown !== undefined) return refused(400, `Expected a feed or report type that is simulated, got ${unknown}.`);
  }
  return null;
}

function refused(status: number, message: string): Refusal {
  return { status, message };
}

async function view(db: Db): Promise<FaultsView> {
  const faults = (await new FaultStore(db).list()).map(shown);
  return { faults, stuck: (await new FateStore(db).held()).map(idOf) };
}

function shown({ id, order, times, seen, drawn }: FaultRule): Readonly<Record<string, unknown>> {
  return { id, ...order, times, seen, drawn };
}

function idOf({ work, id }: FateSubject): string {
  return work === 'feed' ? feedIdOf(id) : reportIdOf(id);
}
