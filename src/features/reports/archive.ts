import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline as pipeStreams, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { defineError } from '../../core/errors.js';
import { makeFolder } from '../../core/make-folder.js';
import { nameDiskFull, translateWriteError } from './translate-write-error.js';

export const ArchivedFileMissing = defineError<{ path: string }>(
  'ARCHIVED_FILE_MISSING',
  404,
  ({ path }) =>
    `Expected the archived file ${path} in the data folder, found none. It may have been cleaned up, or FEEDBRIDGE_DATA points elsewhere.`,
);

/** Documents sent and answers received, kept compressed in the data folder; paths are relative to it, so the folder can move. */
export class Archive {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The file's place on this machine. */
  absolute(path: string): string {
    return join(this.#folder, path);
  }

  /**
   * A path for a new file, by day, whose folder exists: `documents/2026/11/21/NAME`.
   *
   * @throws DataFolderNotWritable, DiskFull
   */
  async reserve(kind: 'documents' | 'results' | 'logs', name: string, atMs: number): Promise<string> {
    const day = new Date(atMs).toISOString().slice(0, 10).replaceAll('-', '/');
    const path = `${kind}/${day}/${name}`;
    const folder = dirname(this.absolute(path));
    await mkdir(folder, { recursive: true }).catch((error: unknown) => {
      throw translateWriteError(error, folder);
    });
    return path;
  }

  /** Keeps a text as a compressed file. */
  async write(path: string, text: string): Promise<void> {
    const absolute = this.absolute(path);
    await pipeline([text], createGzip({ level: 6 }), createWriteStream(absolute)).catch((error: unknown) => {
      throw translateWriteError(error, absolute);
    });
  }

  /**
   * Opens an archived file uncompressed.
   *
   * @throws ArchivedFileMissing
   */
  async open(path: string): Promise<Readable> {
    const absolute = this.absolute(path);
    const found = await stat(absolute).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') throw new ArchivedFileMissing({ path }, { cause: error });
      throw error;
    });
    if (!found.isFile()) throw new ArchivedFileMissing({ path });
    // Ends the file with its reader, also with one that stops in the middle. What goes wrong is told to the reader.
    return pipeStreams(createReadStream(absolute), createGunzip(), () => undefined);
  }

  /** Reads an archived file as text; for those known to be small. */
  async read(path: string): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const chunk of await this.open(path)) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString('utf8');
  }

  /** Writes an archived file uncompressed to a place of the person's choice. */
  async exportTo(path: string, target: string): Promise<void> {
    makeFolder(dirname(target));
    await pipeline(await this.open(path), createWriteStream(target)).catch((error: unknown) => {
      throw nameDiskFull(error, target);
    });
  }

  async remove(path: string): Promise<void> {
    await rm(this.absolute(path), { force: true });
  }
}
