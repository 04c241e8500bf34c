import { z } from 'zod';
import type { ListFilter } from '../state/list-filter.js';
import { PROCESSING_STATUSES } from '../state/processing-status.js';
import { type ApiAnswer, invalidInput } from './api-answer.js';

/** @source Both models: records are kept, and listed by default, 90 days */
const LONGEST_AGE_MS = 90 * 24 * 3_600_000;

const csv = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (typeof value === 'string' ? value : value.join(',')).split(',').filter((one) => one !== ''));
const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

const ListQuery = z.object({
  types: csv.pipe(z.array(z.string()).min(1).max(10)),
  marketplaceIds: csv
    .pipe(
      z
        .array(z.string().regex(/^[A-Z0-9]+$/))
        .min(1)
        .max(10),
    )
    .default([]),
  processingStatuses: csv.pipe(z.array(z.enum(PROCESSING_STATUSES)).min(1)).default([]),
  pageSize: z.coerce.number().int().min(1).max(100).default(10),
  createdSince: instant.optional(),
  createdUntil: instant.optional(),
});

const NextToken = z.object({
  types: z.array(z.string()),
  marketplaceIds: z.array(z.string()),
  statuses: z.array(z.enum(PROCESSING_STATUSES)),
  sinceMs: z.number(),
  untilMs: z.number(),
  pageSize: z.number(),
  beforeId: z.number(),
});

/**
 * Reads the parameters of getFeeds or getReports.
 *
 * @param typesName "feedTypes" or "reportTypes"; required unless a nextToken comes alone
 * @returns the filter, or the refusal to answer with
 * @source Feeds API 2021-06-30: nextToken is the only parameter of its call; createdSince reaches back 90 days
 */
export function readListQuery(
  query: Readonly<Record<string, unknown>>,
  typesName: 'feedTypes' | 'reportTypes',
  nowMs: number,
): ListFilter | ApiAnswer {
  if (query.nextToken !== undefined) {
    if (Object.keys(query).length > 1) return invalidInput('nextToken must be the only parameter.');
    const token = NextToken.safeParse(decodeToken(String(query.nextToken)));
    return token.success ? token.data : invalidInput('nextToken is not valid.');
  }
  const parsed = ListQuery.safeParse({ ...query, types: query[typesName] });
  if (!parsed.success) return invalidInput(describeFaults(parsed.error, typesName));
  const { types, marketplaceIds, processingStatuses, pageSize, createdSince, createdUntil } = parsed.data;
  const sinceMs = createdSince ?? nowMs - LONGEST_AGE_MS;
  if (sinceMs < nowMs - LONGEST_AGE_MS) return invalidInput('createdSince must not be more than 90 days ago.');
  const untilMs = createdUntil ?? nowMs;
  return { types, marketplaceIds, statuses: processingStatuses, sinceMs, untilMs, pageSize, beforeId: null };
}

/**
 * Cuts what was found down to one page.
 *
 * @param found up to one row more than the page holds, which tells whether another page follows
 * @source Feeds API 2021-06-30: nextToken is returned when the number of results exceeds the page size, so not after an exactly full page
 */
export function pageOf<T extends { readonly id: number }>(
  filter: ListFilter,
  found: readonly T[],
): { readonly rows: readonly T[]; readonly nextToken: { readonly nextToken?: string } } {
  const rows = found.slice(0, filter.pageSize);
  const last = rows.at(-1);
  if (last === undefined || found.length <= filter.pageSize) return { rows, nextToken: {} };
  const token = Buffer.from(JSON.stringify({ ...filter, beforeId: last.id })).toString('base64url');
  return { rows, nextToken: { nextToken: token } };
}

/** What zod found, as one sentence for an error's details. */
export function describeFaults(error: z.ZodError, typesName = 'types'): string {
  return error.issues
    .map((issue) => `${issue.path.join('.').replace(/^types/, typesName) || 'body'}: ${issue.message}`)
    .join('; ');
}

function decodeToken(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
