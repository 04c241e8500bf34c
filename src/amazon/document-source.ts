import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { pipeline as pipelineToEnd } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { DocumentSource } from './amazon-account.js';

/**
 * A file, uploaded byte for byte.
 *
 * @throws the file system's own error when the file cannot be read
 */
export async function documentFromFile(path: string): Promise<DocumentSource> {
  const { size } = await stat(path);
  return { sizeBytes: size, open: () => createReadStream(path) };
}

/**
 * A gzip file of the archive, uploaded unzipped. It is read once more to count its bytes, which an upload has to name first.
 *
 * @throws the file system's or zlib's own error when the file cannot be read or is damaged
 * @source Feeds API 2021-06-30 has no compression for uploads, only for downloads
 */
export async function documentFromGzipFile(path: string): Promise<DocumentSource> {
  const open = (): Readable => {
    // Errors of the file reach the reader through the unzipper, which the pipeline destroys with them.
    return pipeline(createReadStream(path), createGunzip(), () => undefined);
  };
  let sizeBytes = 0;
  await pipelineToEnd(open(), async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) sizeBytes += chunk.length;
  });
  return { sizeBytes, open };
}

/** A text, uploaded as UTF-8 without a byte order mark. */
export function documentFromText(text: string): DocumentSource {
  const bytes = Buffer.from(text, 'utf8');
  return { sizeBytes: bytes.length, open: () => Readable.from([bytes], { objectMode: false }) };
}
