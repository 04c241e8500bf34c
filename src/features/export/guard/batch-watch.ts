import type { PlannedPart } from '../plan/plan-sku.js';
import type { PlannedSku } from '../plan/planned-sku.js';
import { gravityOf, isNoGraver } from './grave-part.js';
import { type GraveChange, type GraveKind, type HeldLine, keyOfLine, type LineKey, type NewLine } from './hold.js';

/** What is written down when a grave value is handed to Amazon. */
export interface GraveNote {
  readonly line: LineKey;
  readonly change: GraveChange;
}

/** What becomes of a value that is planned to be sent; `unsure` = that is known when the whole round is. */
export type Judgement =
  | { readonly status: 'goes'; readonly note: GraveNote | null }
  | { readonly status: 'held' }
  | {
      readonly status: 'unsure';
      readonly kind: GraveKind;
      readonly line: NewLine;
      /** Whether an earlier change of it counts already. */
      readonly isCounted: boolean;
    };

/** A line that is held at once, or whose value is another now. */
export interface FoundLine {
  readonly kind: GraveKind;
  readonly line: NewLine;
  /** The hold under which it stands already; null = that of the run. */
  readonly holdId: number | null;
}

/** What looking at a batch found out about lines; to be written down before anything of the round is sent. */
export interface GuardFindings {
  readonly held: readonly FoundLine[];
  /** Lines whose value is grave no more. */
  readonly lifted: readonly LineKey[];
}

export interface WatchedBatch {
  /** Lines of the SKUs of the batch. */
  readonly lines: readonly HeldLine[];
  /** What of them has gone in the last day. */
  readonly gone: readonly GraveChange[];
  /** Kinds of which this run has seen too many. */
  readonly tripped: ReadonlySet<GraveKind>;
  /** The shop whose products are looked at: there they are marked when a line is released. */
  readonly shopId: number;
}

const GOES: Judgement = { status: 'goes', note: null };
const HELD: Judgement = { status: 'held' };

/** The guard's eye on one batch of products: what of it goes, what is held, and what must be counted first. */
export class BatchWatch {
  readonly #lines: Map<string, HeldLine>;
  readonly #gone: ReadonlyMap<string, GraveChange>;
  readonly #tripped: ReadonlySet<GraveKind>;
  readonly #shopId: number;
  readonly #held: FoundLine[] = [];
  readonly #lifted: LineKey[] = [];
  /** SKUs of which a price is held. */
  readonly #priceHeld: Set<string>;

  constructor({ lines, gone, tripped, shopId }: WatchedBatch) {
    this.#lines = new Map(lines.map((line) => [keyOfLine(line), line]));
    this.#gone = new Map(gone.map((change) => [keyOfChange(change.kind, change), change]));
    this.#tripped = tripped;
    this.#shopId = shopId;
    this.#priceHeld = new Set(
      lines.filter((one) => one.part === 'price' && one.state === 'held').map((one) => one.sku),
    );
  }

  get findings(): GuardFindings {
    return { held: this.#held, lifted: this.#lifted };
  }

  /** How many values of some SKUs of the batch are held since it was looked at. */
  newlyHeld(skus: readonly { readonly subject: PlannedSku }[]): number {
    const some = new Set(skus.map(({ subject }) => subject.carrier.sku));
    return this.#held.filter(({ line, holdId }) => holdId === null && some.has(line.sku)).length;
  }

  /** Whether a price of the SKU is held: a listing must not become buyable at the old one. */
  holdsPrice(sku: string): boolean {
    return this.#priceHeld.has(sku);
  }

  /** Notes that Amazon has the value already: nothing of it is held any more. */
  inStep(part: PlannedPart, { carrier }: PlannedSku): void {
    const line = this.#lines.get(keyOfLine({ ...part, sku: carrier.sku }));
    if (line) this.#lift(line);
  }

  /** @param today the marketplace's day */
  judge(part: PlannedPart, subject: PlannedSku, today: string): Judgement {
    const found = gravityOf(part, subject, today);
    const line = this.#lines.get(keyOfLine({ ...part, sku: subject.carrier.sku }));
    if (found === null) {
      if (line) this.#lift(line);
      return GOES;
    }
    const { kind, before } = found;
    const fresh = newLine(part, subject, { shopId: this.#shopId, valueBefore: before });
    if (line?.state === 'held') return this.#keep(line, { kind, line: fresh, holdId: line.holdId });
    if (line) {
      const mayGo = isNoGraver(part.value, { kind, seen: line.value, before, today });
      return mayGo ? goes(kind, fresh, false) : this.#hold({ kind, line: fresh, holdId: null });
    }
    const gone = this.#gone.get(keyOfChange(kind, fresh));
    if (gone && (kind !== 'price' || gone.value === part.value)) return goes(kind, fresh, gone.counts);
    if (this.#tripped.has(kind)) return this.#hold({ kind, line: fresh, holdId: null });
    return { status: 'unsure', kind, line: fresh, isCounted: gone?.counts ?? false };
  }

  #keep(line: HeldLine, found: FoundLine): Judgement {
    return line.value === found.line.value ? HELD : this.#hold(found);
  }

  #hold(found: FoundLine): Judgement {
    this.#held.push(found);
    if (found.kind === 'price') this.#priceHeld.add(found.line.sku);
    return HELD;
  }

  #lift(line: HeldLine): void {
    this.#lines.delete(keyOfLine(line));
    this.#lifted.push(line);
    const others = [...this.#lines.values()].some((one) => one.sku === line.sku && one.part === 'price');
    if (line.part === 'price' && !others) this.#priceHeld.delete(line.sku);
  }
}

/** What is noted when a value goes that the guard has looked at. */
export function noteOf(kind: GraveKind, line: NewLine, counts: boolean): GraveNote {
  const { sku, marketplaceId, value } = line;
  return { line, change: { kind, sku, marketplaceId, value, counts } };
}

function goes(kind: GraveKind, line: NewLine, counts: boolean): Judgement {
  return { status: 'goes', note: noteOf(kind, line, counts) };
}

function newLine(
  part: PlannedPart,
  { carrier, deletedBy }: PlannedSku,
  known: Pick<NewLine, 'shopId' | 'valueBefore'>,
): NewLine {
  const { sku, productId } = carrier;
  const { marketplaceId, value } = part;
  const isDeletion = deletedBy !== undefined;
  return { sku, marketplaceId, part: part.part, productId: deletedBy ?? productId, isDeletion, value, ...known };
}

function keyOfChange(kind: GraveKind, { sku, marketplaceId }: Pick<LineKey, 'sku' | 'marketplaceId'>): string {
  return `${kind}/${marketplaceId}/${sku}`;
}
