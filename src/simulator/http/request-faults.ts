import type { Response } from 'express';
import { type Clock, pause } from '../../core/clock.js';
import type { FaultBook } from '../faults/fault-book.js';
import type { OperationName, RequestFault } from '../faults/fault-order.js';
import type { WorkLine } from '../processing/work-line.js';

/** What is to become of a request: a refusal with a status, nothing at all, or its effect. */
export type Beginning = { readonly refuse: number } | 'cut' | 'act';

/** Lets commanded faults strike requests, whatever their answers look like. */
export class RequestFaults {
  readonly #parts: { readonly clock: Clock; readonly book: FaultBook; readonly workLine: WorkLine };

  constructor(parts: { readonly clock: Clock; readonly book: FaultBook; readonly workLine: WorkLine }) {
    this.#parts = parts;
  }

  /** Draws for a request of an API, on the work line already. */
  draw(operation: OperationName, sellerId: string): Promise<RequestFault | null> {
    return this.#parts.book.forRequest({ operation, sellerId, atMs: this.#parts.clock.nowMs() });
  }

  /** Draws for a request that otherwise has no business on the work line, such as a download. */
  async drawAside(operation: OperationName, sellerId: string): Promise<RequestFault | null> {
    const occasion = { operation, sellerId, atMs: this.#parts.clock.nowMs() };
    if (!(await this.#parts.book.threatens(occasion))) return null;
    return this.#parts.workLine.run(() => this.draw(operation, sellerId));
  }
}

/** How a struck request begins; sets Retry-After where the refusal has one. */
export function beginStruck(fault: RequestFault | null, response: Response): Beginning {
  if (fault?.kind === 'cut-connection') return 'cut';
  if (fault?.kind !== 'answer') return 'act';
  if (fault.retryAfterSeconds !== undefined) response.set('Retry-After', String(fault.retryAfterSeconds));
  return { refuse: fault.status };
}

/**
 * What happens between a request's effect and its answer.
 *
 * @returns false when there is nobody left to answer
 */
export async function mayAnswer(fault: RequestFault | null, response: Response): Promise<boolean> {
  if (fault?.kind === 'lost-answer') {
    response.destroy();
    return false;
  }
  if (fault?.kind !== 'slow-answer') return true;
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  return pause(fault.delayMs, gone.signal);
}
