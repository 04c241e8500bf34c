import type { Writable } from 'node:stream';
import { driverCode } from './file-errors.js';

/** Standard output as commands use it: waits while it is busy, and is quiet when its reader has gone (`… | head`). */
export class ResultStream {
  readonly #stream: Writable;
  #fault: Error | null = null;
  #begun = false;

  constructor(stream: Writable) {
    this.#stream = stream;
    stream.on('error', (error: Error) => {
      this.#fault ??= error;
    });
  }

  /** Whether anybody still reads; long results need not be made for nobody. */
  get isRead(): boolean {
    return this.#fault === null && !this.#stream.destroyed;
  }

  /** Whether a part of a result has been written: then an error must not be put behind it. */
  get hasBegun(): boolean {
    return this.#begun;
  }

  async write(text: string): Promise<void> {
    if (!this.isRead || text === '') return;
    this.#begun = true;
    await new Promise<void>((resolve) => {
      // The callback comes when the text has left this process, or with the error that kept it here.
      this.#stream.write(text, (error) => {
        if (error) this.#fault ??= error;
        resolve();
      });
    });
  }

  /** @throws what kept a result from being written, unless it is only that the reader has gone */
  assertWritten(): void {
    if (this.#fault !== null && driverCode(this.#fault) !== 'EPIPE') throw this.#fault;
  }
}
