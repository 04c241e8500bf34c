import type { PlacedSku } from './documents/place-sku.js';
import type { WorkChunk } from './waiting-work.js';

/** Claimed products while and after a round looks at them: what became of each, which decides when its rows may go. */
export class WorkedChunk {
  readonly chunk: WorkChunk;
  /** Products that this run had looked at before, with how many values of each it left waiting. */
  readonly leftWaiting: ReadonlyMap<number, number>;
  /** By product: how many values must go later. */
  readonly waitingByProduct = new Map<number, number>();
  readonly #claimed: ReadonlySet<number>;
  /** By SKU: products that were marked for its deletion. */
  readonly #deleting: ReadonlyMap<string, readonly number[]>;
  /** Products of which something is in a document of the round. */
  readonly #placed = new Set<number>();
  /** Products that made the round look at others. */
  readonly #bequeathing = new Set<number>();

  constructor(chunk: WorkChunk, runId: number) {
    this.chunk = chunk;
    this.#claimed = new Set(chunk.productIds);
    const deleting = new Map<string, number[]>();
    for (const { action, sku, productId } of chunk.rows)
      if (action === 'delete') deleting.set(sku, [...(deleting.get(sku) ?? []), productId]);
    this.#deleting = deleting;
    const leftWaiting = new Map<number, number>();
    for (const { productId, lookedRunId, leftWaiting: left } of chunk.rows)
      if (lookedRunId === runId) leftWaiting.set(productId, Math.max(left, leftWaiting.get(productId) ?? 0));
    this.leftWaiting = leftWaiting;
  }

  /** Whether this run looks at a product for the first time. */
  isFresh(productId: number): boolean {
    return !this.leftWaiting.has(productId);
  }

  /** The claimed product that a SKU was looked at for: the one that carries it, or else the one marked for its deletion. */
  productOf({ subject: { carrier } }: PlacedSku): number {
    if (this.#claimed.has(carrier.productId)) return carrier.productId;
    return this.#deleting.get(carrier.sku)?.[0] ?? carrier.productId;
  }

  /** Notes what became of a SKU for the product that it was looked at for, and for those marked for its deletion. */
  note(sku: PlacedSku): void {
    for (const productId of this.productsOf(sku)) this.#noteFor(productId, sku);
  }

  /** The product that a SKU was looked at for, and those marked for its deletion. */
  productsOf(sku: PlacedSku): readonly number[] {
    const deleting = this.#deleting.get(sku.subject.carrier.sku) ?? [];
    return [...new Set([this.productOf(sku), ...deleting])];
  }

  #noteFor(productId: number, { subject, parts }: PlacedSku): void {
    const waiting = parts.filter((part) => part.decision === 'wait').length;
    if (waiting > 0) this.waitingByProduct.set(productId, (this.waitingByProduct.get(productId) ?? 0) + waiting);
    if (parts.some((part) => part.decision === 'send')) this.#placed.add(productId);
    if ((subject.heirs ?? []).length > 0) this.#bequeathing.add(productId);
  }

  /** Products of which something goes with this round. */
  get placed(): readonly number[] {
    return this.chunk.productIds.filter((id) => this.#placed.has(id));
  }

  /** Products of which nothing goes with this round. */
  get unplaced(): readonly number[] {
    return this.chunk.productIds.filter((id) => !this.#placed.has(id));
  }

  /**
   * Those whose rows may end before the round does.
   *
   * What waits would be claimed again at once, and two products that sell under each other's SKUs would mark each other for ever.
   */
  get done(): readonly number[] {
    return this.unplaced.filter((id) => !this.waitingByProduct.has(id) && !this.#bequeathing.has(id));
  }
}
