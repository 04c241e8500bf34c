import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { messageOf } from '../core/errors.js';
import type { DownloadedFile } from './amazon-account.js';
import { DocumentNotSaved } from './amazon-errors.js';

/**
 * Writes the bytes of a download to a file that appears only when it is whole: until then it is called `<path>.part`.
 *
 * @throws DocumentNotSaved when the file cannot be written (a full disk, a read-only folder); what reading the bytes throws
 */
export async function saveDocument(bytes: AsyncIterable<Uint8Array>, path: string): Promise<DownloadedFile> {
  const partPath = `${path}.part`;
  const file = await onDisk(path, open(partPath, 'w', 0o600));
  try {
    const sizeBytes = await writeAll(bytes, file, path).finally(() => file.close());
    await onDisk(path, rename(partPath, path));
    return { path, sizeBytes };
  } catch (error) {
    await rm(partPath, { force: true });
    throw error;
  }
}

async function writeAll(bytes: AsyncIterable<Uint8Array>, file: FileHandle, path: string): Promise<number> {
  let sizeBytes = 0;
  for await (const chunk of bytes) {
    await onDisk(path, file.writeFile(chunk));
    sizeBytes += chunk.length;
  }
  await onDisk(path, file.sync());
  return sizeBytes;
}

async function onDisk<T>(path: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new DocumentNotSaved({ path, reason: messageOf(error) }, { cause: error });
  }
}
