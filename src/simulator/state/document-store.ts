import { createHash, randomUUID } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { Db } from '../../db/open-database.js';

/** A document as it is announced; its bytes are apart. */
export interface StoredDocument {
  readonly documentId: string;
  readonly sellerId: string;
  readonly contentType: string;
  /** True when it is handed out as gzip and announced as such. */
  readonly compressed: boolean;
  /** Bytes, not compressed. */
  readonly sizeBytes: number;
  readonly uploaded: boolean;
}

/** Gzipped bytes in one row: base64 makes 256 KiB of them, far below any packet limit. */
const PART_BYTES = 192 * 1024;

/** Documents older than this are taken away; Amazon keeps results 28 days. */
const KEPT_MS = 28 * 24 * 3_600_000;

/**
 * Documents inside the database, gzipped and cut into rows.
 *
 * Not files: so the simulator needs no folder, its whole state is one database that survives a restart and can be moved, and a
 * second process sees the same. Reading and writing hold one piece at a time; 25,000 messages are about 1 MiB gzipped.
 */
export class DocumentStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /** Announces a document without bytes. */
  async create(document: {
    readonly sellerId: string;
    readonly contentType: string;
    readonly compressed: boolean;
    readonly nowMs: number;
  }): Promise<string> {
    const documentId = `amzn1.tortuga.4.eu.${randomUUID()}.SIMULATED`;
    await this.#db('sim_document').insert({
      document_id: documentId,
      seller_id: document.sellerId,
      content_type: document.contentType,
      compressed: document.compressed ? 1 : 0,
      size_bytes: 0,
      created_at_ms: document.nowMs,
      uploaded_at_ms: null,
    });
    return documentId;
  }

  async find(documentId: string): Promise<StoredDocument | null> {
    const row = await this.#db('sim_document').where({ document_id: documentId }).first();
    if (row === undefined) return null;
    return {
      documentId: row.document_id,
      sellerId: row.seller_id,
      contentType: row.content_type,
      compressed: Number(row.compressed) === 1,
      sizeBytes: Number(row.size_bytes),
      uploaded: row.uploaded_at_ms !== null,
    };
  }

  /**
   * Puts a document's bytes, replacing earlier ones; it counts as uploaded only when the source has ended well.
   *
   * @throws what the source throws, for example when the uploader's connection breaks
   */
  async write(documentId: string, source: AsyncIterable<Uint8Array | string>, nowMs: number): Promise<void> {
    await this.#db('sim_document').where({ document_id: documentId }).update({ uploaded_at_ms: null });
    await this.#db('sim_document_part').where({ document_id: documentId }).delete();
    let sizeBytes = 0;
    const counted = async function* () {
      for await (const piece of source) {
        const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
        sizeBytes += bytes.length;
        yield bytes;
      }
    };
    await pipeline(counted, createGzip({ level: 1 }), (zipped) => this.#writeParts(documentId, zipped));
    await this.#db('sim_document')
      .where({ document_id: documentId })
      .update({ uploaded_at_ms: nowMs, size_bytes: sizeBytes });
  }

  /** The bytes as they were written. */
  openPlain(documentId: string): AsyncIterable<Uint8Array> {
    const unzipped = createGunzip();
    // The failure reaches the reader through the stream itself, which pipeline destroys with it.
    pipeline(this.openGzip(documentId), unzipped).catch(() => undefined);
    return unzipped;
  }

  /** The SHA-256 over the bytes as they were written, in hexadecimal digits. */
  async sha256(documentId: string): Promise<string> {
    const hash = createHash('sha256');
    for await (const piece of this.openPlain(documentId)) hash.update(piece);
    return hash.digest('hex');
  }

  /** The bytes as one gzip file. */
  async *openGzip(documentId: string): AsyncGenerator<Buffer> {
    for (let part = 0; ; part += 1) {
      const row = await this.#db('sim_document_part').where({ document_id: documentId, part }).first('body');
      if (row === undefined) return;
      yield Buffer.from(String(row.body), 'base64');
    }
  }

  /** Takes away documents that Amazon would not keep any more either. */
  async removeOld(nowMs: number): Promise<void> {
    const old = () => this.#db('sim_document').where('created_at_ms', '<', nowMs - KEPT_MS);
    await this.#db('sim_document_part').whereIn('document_id', old().select('document_id')).delete();
    await old().delete();
  }

  async #writeParts(documentId: string, zipped: AsyncIterable<Buffer>): Promise<void> {
    let part = 0;
    let waiting = Buffer.alloc(0);
    const insert = async (body: Buffer) => {
      await this.#db('sim_document_part').insert({ document_id: documentId, part, body: body.toString('base64') });
      part += 1;
    };
    for await (const piece of zipped) {
      waiting = Buffer.concat([waiting, piece]);
      while (waiting.length >= PART_BYTES) {
        await insert(waiting.subarray(0, PART_BYTES));
        waiting = waiting.subarray(PART_BYTES);
      }
    }
    if (waiting.length > 0) await insert(waiting);
  }
}
