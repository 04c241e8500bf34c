import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { FeedbridgeError, messageOf } from '../core/errors.js';
import { CallAborted, DocumentDamaged, DocumentTooLarge } from './amazon-errors.js';

export interface ReadDocumentOptions {
  /** Of the link; for messages. */
  readonly host: string;
  readonly gzip: boolean;
  /** Unzipped bytes at which reading is given up; guards against a small file that unzips to a huge one. */
  readonly maxBytes: number;
  /** Longest wait for the next bytes. A slow reader is not counted. */
  readonly idleTimeoutMs: number;
  /** Any of them ends the reading. */
  readonly signals: readonly AbortSignal[];
}

/**
 * Reads the body of a download, unzipped, in chunks.
 *
 * @throws DocumentTooLarge beyond `maxBytes`; DocumentDamaged when the connection breaks or stalls, or the gzip data are cut or faulty; CallAborted by a signal
 */
export async function* readDocumentBytes(body: Readable, options: ReadDocumentOptions): AsyncGenerator<Uint8Array> {
  // The pipeline destroys the unzipper with the body's error, and the body when reading stops early.
  const plain = options.gzip ? pipeline(body, createGunzip(), () => undefined) : body;
  const abort = () => plain.destroy(new CallAborted({ operation: 'downloadDocument' }));
  for (const signal of options.signals) signal.addEventListener('abort', abort, { once: true });
  let sizeBytes = 0;
  try {
    if (options.signals.some((signal) => signal.aborted)) abort();
    for await (const chunk of chunksOf(plain, options)) {
      sizeBytes += chunk.length;
      if (sizeBytes > options.maxBytes) throw new DocumentTooLarge({ limitBytes: options.maxBytes });
      yield chunk;
    }
  } catch (error) {
    if (error instanceof FeedbridgeError) throw error;
    if (options.signals.some((signal) => signal.aborted)) throw new CallAborted({ operation: 'downloadDocument' });
    throw new DocumentDamaged({ host: options.host, reason: `a part of it (${messageOf(error)})` });
  } finally {
    for (const signal of options.signals) signal.removeEventListener('abort', abort);
    plain.destroy();
  }
}

async function* chunksOf(plain: Readable, options: ReadDocumentOptions): AsyncGenerator<Buffer> {
  const { host, idleTimeoutMs } = options;
  const chunks: AsyncIterator<Buffer> = plain[Symbol.asyncIterator]();
  const stall = () => plain.destroy(new DocumentDamaged({ host, reason: `no bytes for ${idleTimeoutMs} ms` }));
  for (;;) {
    const timer = setTimeout(stall, idleTimeoutMs);
    const next = await chunks.next().finally(() => clearTimeout(timer));
    if (next.done) return;
    yield next.value;
  }
}
