import { z } from 'zod';
import type { DocumentLink } from './document-transfer.js';

/** An identifier of Amazon's: any text but an empty one. */
export const id = z.string().min(1);

export const processingStatus = z.enum(['IN_QUEUE', 'IN_PROGRESS', 'DONE', 'CANCELLED', 'FATAL']);

/** An ISO 8601 time with zone, turned into the form of our tables: "2026-11-21T14:05:09.120Z". */
export const time = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());

export const optionalTime = time.nullish().transform((value) => value ?? null);

export const optionalId = id.nullish().transform((value) => value ?? null);

export const marketplaceIds = z
  .array(id)
  .nullish()
  .transform((ids) => ids ?? []);

/** A link of Amazon's storage. */
export const linkUrl = z.url({ protocol: /^https?$/ });

/** The same answer announces feed documents and report documents. */
export const documentLink = z
  .object({ url: linkUrl, compressionAlgorithm: z.enum(['GZIP']).nullish() })
  .transform((answer): DocumentLink => ({ url: answer.url, gzip: answer.compressionAlgorithm === 'GZIP' }));

/** A list of Amazon's, one page: its `nextToken` asks for the next one. */
export const nextToken = z
  .string()
  .nullish()
  .transform((token) => token || null);
