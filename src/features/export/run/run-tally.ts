import type { Part } from '../../offers/offer-settings.js';
import { isRaised } from '../../offers/part-values.js';
import type { PlacedSku } from '../documents/place-sku.js';
import type { FilledDocument } from '../documents/run-documents.js';
import { noTotals, type PassedOver, type RunDocument, type RunTotals } from './run.js';

type Counts = { -readonly [K in keyof RunTotals]: RunTotals[K] };

/** Adds up what a run looked at and what came of it. */
export class RunTally {
  readonly #counts: Counts = { ...noTotals };
  readonly #reasons: Record<string, number> = {};
  readonly #changes: Record<string, number> = {};

  get totals(): RunTotals {
    const reasons = { ...this.#reasons };
    const changes = { ...this.#changes };
    return { ...this.#counts, reasons, changes };
  }

  addProducts(products: number): void {
    this.#counts.products += products;
  }

  /** One SKU that the run looks at for the first time; a SKU that nothing carries is no item, but its parts count. */
  addSku({ subject, parts }: PlacedSku): void {
    const counts = this.#counts;
    const { prepared, memory } = subject;
    if (prepared) {
      counts.items += 1;
      if (!prepared.sellable) counts.stopped += 1;
      else if (prepared.skuFault) counts.skuFaults += 1;
      if (subject.verdicts.some((verdict) => verdict.kind === 'create')) counts.createFaults += 1;
      if (subject.verdicts.some((verdict) => verdict.kind === 'price')) counts.priceFaults += 1;
      for (const { code } of subject.verdicts) this.#reasons[code] = (this.#reasons[code] ?? 0) + 1;
    }
    for (const part of parts) {
      if (part.decision === 'send') this.#addChange(part.part);
      else if (part.decision === 'wait') counts.waiting += 1;
      else if (part.decision === 'in-flight') counts.inFlight += 1;
      else if (part.decision === 'equal') counts.equal += 1;
      else if (part.decision === 'held') counts.held += 1;
      else counts.leftAlone += 1;
      if (
        part.part === 'quantity' &&
        part.decision === 'send' &&
        isRaised(memory?.quantity?.effectiveValue ?? null, part.value)
      )
        counts.raised += 1;
    }
  }

  /**
   * The SKUs of one product that the run has counted before.
   *
   * @param leftWaiting how many of its values the run left waiting then: what of them neither goes nor waits now was left alone
   * @param newlyHeld how many of its values are held only now; the others that are held are counted already
   */
  addAgain(skus: readonly PlacedSku[], leftWaiting: number, newlyHeld: number): void {
    const now = { sent: 0, waiting: 0, ended: 0 };
    for (const { part, decision } of skus.flatMap(({ parts }) => parts)) {
      if (decision === 'wait') now.waiting += 1;
      if (decision === 'left-alone' || decision === 'rejected') now.ended += 1;
      if (decision !== 'send') continue;
      now.sent += 1;
      this.#addChange(part);
    }
    const decided = leftWaiting - now.sent - now.waiting - newlyHeld;
    this.#counts.held += newlyHeld;
    this.#counts.waiting += now.waiting - leftWaiting;
    this.#counts.leftAlone += Math.min(now.ended, Math.max(0, decided));
  }

  addDocument({ document }: Pick<FilledDocument, 'document'>): void {
    const { messageType, messages } = document;
    this.#counts.messages = {
      ...this.#counts.messages,
      [messageType]: (this.#counts.messages[messageType] ?? 0) + messages,
    };
  }

  /** Keeps what a display rendered, as plain rows. */
  setDocuments(documents: readonly RunDocument[]): void {
    this.#counts.documents = documents.map(({ marketplaceId, messageType, messages, bytes, path }) => ({
      marketplaceId,
      messageType,
      messages,
      bytes,
      path,
    }));
  }

  #addChange(part: string): void {
    this.#counts.sent += 1;
    this.#changes[part] = (this.#changes[part] ?? 0) + 1;
  }

  /** Values of a document that did not reach Amazon, or of which nobody knows, were not sent. */
  addUnsent({ handovers }: Pick<FilledDocument, 'handovers'>): void {
    this.#counts.sent -= handovers.length;
    this.#counts.unsent += handovers.length;
    for (const { part } of handovers) this.#changes[part] = (this.#changes[part] ?? 0) - 1;
  }

  /** Values counted as sent that wait for the next round after all. */
  addPutBack(handovers: readonly { readonly part: Part }[]): void {
    this.#counts.sent -= handovers.length;
    this.#counts.waiting += handovers.length;
    for (const { part } of handovers) this.#changes[part] = (this.#changes[part] ?? 0) - 1;
  }

  /** Values counted as sent that the guard holds after all. */
  addHeld(parts: readonly Part[]): void {
    this.#counts.sent -= parts.length;
    this.#counts.held += parts.length;
    for (const part of parts) this.#changes[part] = (this.#changes[part] ?? 0) - 1;
  }

  /** Values counted as waiting that are left alone after all. */
  addLeftAlone(values: number): void {
    this.#counts.waiting -= values;
    this.#counts.leftAlone += values;
  }

  setPassedOver(passedOver: readonly PassedOver[]): void {
    this.#counts.passedOver = passedOver;
  }

  addFeed(): void {
    this.#counts.feeds += 1;
  }
}
