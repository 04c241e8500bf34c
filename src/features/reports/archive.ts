import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, opendir, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
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

export type ArchiveKind = 'documents' | 'results' | 'logs';

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
  async reserve(kind: ArchiveKind, name: string, atMs: number): Promise<string> {
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

  /** @throws ArchivedFileMissing */
  async assertKept(path: string): Promise<void> {
    const found = await stat(this.absolute(path)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') throw new ArchivedFileMissing({ path }, { cause: error });
      throw error;
    });
    if (!found.isFile()) throw new ArchivedFileMissing({ path });
  }

  /**
   * Opens an archived file uncompressed.
   *
   * @throws ArchivedFileMissing
   */
  async open(path: string): Promise<Readable> {
    await this.assertKept(path);
    // Ends the file with its reader, also with one that stops in the middle. What goes wrong is told to the reader.
    return pipeStreams(createReadStream(this.absolute(path)), createGunzip(), () => undefined);
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

  /** Puts one archived file in the place of another, at once and for good: whoever looks finds the old one or the new one, whole. */
  async replace(path: string, { by }: { readonly by: string }): Promise<void> {
    const file = await open(this.absolute(by), 'r');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(this.absolute(by), this.absolute(path));
  }

  /** The days that a kind has files of, oldest first, each as the folder of its files: `documents/2026/11/21`. */
  async *days(kind: ArchiveKind): AsyncGenerator<{ readonly folder: string; readonly startMs: number }> {
    for (const year of await this.#names(kind))
      for (const month of await this.#names(`${kind}/${year}`))
        for (const day of await this.#names(`${kind}/${year}/${month}`)) {
          const startMs = Date.parse(`${year}-${month}-${day}T00:00:00Z`);
          if (!Number.isNaN(startMs)) yield { folder: `${kind}/${year}/${month}/${day}`, startMs };
        }
  }

  /** The names of the files of a day, in pages and in no order. */
  async *files(folder: string, perPage = 500): AsyncGenerator<readonly string[]> {
    let page: string[] = [];
    for await (const entry of await opendir(this.absolute(folder))) {
      if (entry.isFile()) page.push(entry.name);
      if (page.length < perPage) continue;
      yield page;
      page = [];
    }
    if (page.length > 0) yield page;
  }

  /** Removes the folder of a day that has no files any more; any other stays. */
  async removeEmpty(folder: string): Promise<void> {
    await rmdir(this.absolute(folder)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST' && error.code !== 'ENOENT') throw error;
    });
  }

  async #names(folder: string): Promise<readonly string[]> {
    const names = await readdir(this.absolute(folder)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
      throw error;
    });
    return names.toSorted();
  }
}
