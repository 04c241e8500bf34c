import type { Db } from '../../db/open-database.js';
import { seededRandom } from '../random-source.js';
import { LogStore } from '../state/log-store.js';
import { FateStore, type FateSubject } from './fate-store.js';
import {
  type FaultOrder,
  isRequestFault,
  type OperationName,
  type RequestFault,
  type WorkFault,
} from './fault-order.js';
import { type FaultRule, FaultStore } from './fault-store.js';

/** Texts by which faults name feeds. */
export interface FeedContents {
  readonly skus: ReadonlySet<string>;
  readonly messageIds: ReadonlySet<string>;
}

/** A feed or report that is about to start. */
export interface WorkOccasion {
  readonly subject: FateSubject;
  readonly type: string;
  readonly sellerId: string;
  readonly atMs: number;
  /** Those of the wanted texts that a feed holds; asked only when a fault names some. */
  find(wanted: FeedContents): Promise<FeedContents>;
}

export interface RequestOccasion {
  readonly operation: OperationName;
  readonly sellerId: string;
  readonly atMs: number;
}

type WorkRule = FaultRule & { readonly order: WorkFault };

/** Of each stage but `messages` at most one fault strikes; one that ends a feed leaves nothing to the stages behind it. */
const STAGES = ['hold', 'end', 'messages', 'report'] as const;

const STAGE_OF: Readonly<Record<WorkFault['kind'], (typeof STAGES)[number]>> = {
  stuck: 'hold',
  cancelled: 'end',
  fatal: 'end',
  'whole-feed-error': 'end',
  'transient-error': 'messages',
  'several-lines': 'messages',
  'report-cut': 'report',
  'report-empty': 'report',
  'report-html': 'report',
};

const FEEDS_ONLY: readonly string[] = ['whole-feed-error', 'transient-error', 'several-lines'];

/** Draws commanded faults. What it draws is counted and logged in one transaction. Needs the work line: nobody else may draw meanwhile. */
export class FaultBook {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /** Whether any fault may strike such a request now. */
  async threatens(occasion: RequestOccasion): Promise<boolean> {
    return (await this.#rulesFor(occasion)).length > 0;
  }

  /** The first commanded fault that strikes a request, or null. */
  async forRequest(occasion: RequestOccasion): Promise<RequestFault | null> {
    const rules = await this.#rulesFor(occasion);
    if (rules.length === 0) return null;
    return this.#db.transaction(async (trx) => {
      for (const rule of rules) {
        if (!(await strikes(rule, trx))) continue;
        const { operation, sellerId, atMs } = occasion;
        await log(trx, { rule, sellerId, atMs, feedId: null, struck: { operation } });
        return rule.order;
      }
      return null;
    });
  }

  /**
   * Draws for a feed or report, once in its life, and keeps it as its fate.
   *
   * @param start what happens with it then, in the same transaction
   */
  async forWork(
    occasion: WorkOccasion,
    start: (trx: Db, faults: readonly WorkFault[]) => Promise<void>,
  ): Promise<void> {
    const rules = await this.#fitting(occasion);
    await this.#db.transaction(async (trx) => {
      const faults = await drawByStage(rules, occasion, trx);
      await new FateStore(trx).put(occasion.subject, faults);
      await start(trx, faults);
    });
  }

  async #rulesFor({ operation, sellerId }: RequestOccasion) {
    const live = await new FaultStore(this.#db).live(sellerId);
    return live.flatMap((rule) => {
      const { order } = rule;
      if (!isRequestFault(order) || order.operations?.includes(operation) === false) return [];
      return [{ ...rule, order }];
    });
  }

  async #fitting({ subject, type, sellerId, find }: WorkOccasion): Promise<readonly WorkRule[]> {
    const live = await new FaultStore(this.#db).live(sellerId);
    const rules = live.flatMap((rule): readonly WorkRule[] => {
      const { order } = rule;
      if (isRequestFault(order) || order.types?.includes(type) === false) return [];
      if (subject.work === 'report' && (FEEDS_ONLY.includes(order.kind) || namesContents(order))) return [];
      return [{ ...rule, order }];
    });
    const naming = rules.map(({ order }) => order).filter(namesContents);
    if (naming.length === 0) return rules;
    const found = await find({
      skus: new Set(naming.flatMap((order) => order.skus ?? [])),
      messageIds: new Set(naming.flatMap((order) => messageIdsOf(order))),
    });
    return rules.filter(({ order }) => !namesContents(order) || holds(order, found));
  }
}

async function drawByStage(
  rules: readonly WorkRule[],
  { subject, type, sellerId, atMs }: WorkOccasion,
  trx: Db,
): Promise<readonly WorkFault[]> {
  const drawn: WorkFault[] = [];
  const struck = subject.work === 'feed' ? { type } : { type, report: subject.id };
  const feedId = subject.work === 'feed' ? subject.id : null;
  for (const stage of STAGES) {
    for (const rule of rules.filter(({ order }) => STAGE_OF[order.kind] === stage)) {
      if (!(await strikes(rule, trx))) continue;
      await log(trx, { rule, sellerId, atMs, feedId, struck });
      drawn.push(rule.order);
      if (stage !== 'messages') break;
    }
    if (stage === 'end' && drawn.some(({ kind }) => STAGE_OF[kind] === 'end')) break;
  }
  return drawn;
}

/** Counts an occasion, and tells whether the fault strikes on it. */
async function strikes(rule: FaultRule, trx: Db): Promise<boolean> {
  const { every, probability, seed = 'feedbridge', kind } = rule.order;
  const turn = rule.seen + 1;
  const struck =
    probability === undefined ? turn % (every ?? 1) === 0 : seededRandom(seed)(`${kind} ${turn}`) < probability;
  await new FaultStore(trx).count(rule.id, struck);
  return struck;
}

async function log(
  trx: Db,
  strike: {
    readonly rule: FaultRule;
    readonly sellerId: string;
    readonly atMs: number;
    readonly feedId: number | null;
    readonly struck: Readonly<Record<string, unknown>>;
  },
): Promise<void> {
  const { rule, sellerId, atMs, feedId, struck } = strike;
  const what = { fault: rule.id, kind: rule.order.kind, ...struck };
  const place = { sku: '', marketplaceId: null, messageId: null };
  await new LogStore(trx).append(sellerId, [{ kind: 'fault-drawn', atMs, feedId, ...place, what }]);
}

function namesContents(order: WorkFault): boolean {
  return order.skus !== undefined || messageIdsOf(order).length > 0;
}

function messageIdsOf(order: WorkFault): readonly string[] {
  return 'messageIds' in order ? (order.messageIds ?? []) : [];
}

function holds(order: FaultOrder & WorkFault, found: FeedContents): boolean {
  return (
    (order.skus ?? []).some((sku) => found.skus.has(sku)) || messageIdsOf(order).some((id) => found.messageIds.has(id))
  );
}
