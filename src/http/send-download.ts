import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

/** How a browser should keep a file. */
export interface DownloadFile {
  /** Of our own making: letters, digits, dots and hyphens. */
  readonly name: string;
  readonly type: string;
}

/** Streams a file to the browser, as text in UTF-8; a visitor who goes away ends the reading. */
export async function sendDownload(response: Response, content: Readable, file: DownloadFile): Promise<void> {
  response.attachment(file.name).set('Content-Type', `${file.type}; charset=utf-8`);
  response.set('Cache-Control', 'no-store');
  try {
    await pipeline(content, response);
  } catch (error) {
    // Whoever closes the window ends the download; that is no failure.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}
