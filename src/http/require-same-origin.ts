import type { Request, RequestHandler } from 'express';
import { OriginForeign } from './http-errors.js';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether a request may change something. */
export function isWrite(request: Request): boolean {
  return !READING.has(request.method);
}

/**
 * Refuses writes that do not come from a page of this service, by what the browser itself says of their origin.
 *
 * Every browser says it (Origin since 2020, Sec-Fetch-Site since 2023); what says nothing is no browser and belongs to the API.
 */
export function requireSameOrigin(): RequestHandler {
  return function requireOwnOrigin(request, _response, next) {
    const fault = isWrite(request) ? originFault(request) : null;
    next(fault === null ? undefined : new OriginForeign({ origin: fault }));
  };
}

function originFault(request: Request): string | null {
  const { origin, host } = request.headers;
  const site = request.get('sec-fetch-site');
  if (site === 'cross-site' || site === 'same-site') return 'of another site';
  if (origin === undefined) return site === 'same-origin' ? null : 'that does not say where it comes from';
  if (URL.canParse(origin) && new URL(origin).host === host?.toLowerCase()) return null;
  return `from ${JSON.stringify(origin.slice(0, 100))}`;
}
