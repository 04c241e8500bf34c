import { pipeline } from 'node:stream/promises';
import { type Request, type Response, Router } from 'express';
import type { Clock } from '../../core/clock.js';
import type { RequestFault } from '../faults/fault-order.js';
import type { DocumentStore, StoredDocument } from '../state/document-store.js';
import type { DocumentLinks, LinkPurpose } from './document-links.js';
import { beginStruck, mayAnswer, type RequestFaults } from './request-faults.js';

export interface DocumentRouteParts {
  readonly clock: Clock;
  readonly documents: DocumentStore;
  readonly links: DocumentLinks;
  readonly faults: RequestFaults;
}

/** Uploads and downloads by signed link, refusing in XML as S3 does. Headers of the Selling Partner API have no place here. */
export function documentRoutes(parts: DocumentRouteParts): Router {
  const router = Router();
  router.put('/:documentId', (request, response) => upload(parts, request, response));
  router.get('/:documentId', (request, response) => download(parts, request, response));
  return router;
}

async function upload(parts: DocumentRouteParts, request: Request, response: Response): Promise<void> {
  const contentType = request.get('content-type') ?? '';
  const document = await allowed(parts, { request, response, method: 'PUT', contentType });
  if (document === null) return;
  const fault = await parts.faults.drawAside('uploadDocument', document.sellerId);
  if (!begins(fault, response)) return;
  await parts.documents.write(document.documentId, request, parts.clock.nowMs());
  if (await mayAnswer(fault, response)) response.status(200).end();
}

async function download(parts: DocumentRouteParts, request: Request, response: Response): Promise<void> {
  const document = await allowed(parts, { request, response, method: 'GET', contentType: '' });
  if (document === null) return;
  const fault = await parts.faults.drawAside('downloadDocument', document.sellerId);
  if (!begins(fault, response) || !(await mayAnswer(fault, response))) return;
  response.status(200).set('content-type', document.contentType);
  if (queryOf(request).get('response-content-encoding') === 'gzip') response.set('content-encoding', 'gzip');
  const { documents } = parts;
  const bytes = document.compressed
    ? documents.openGzip(document.documentId)
    : documents.openPlain(document.documentId);
  await pipeline(bytes, response);
}

/** Whether a struck request goes on; else it has been refused or cut. */
function begins(fault: RequestFault | null, response: Response): boolean {
  const beginning = beginStruck(fault, response);
  if (beginning === 'act') return true;
  if (beginning === 'cut') response.destroy();
  else refuse(response, beginning.refuse, 'SlowDown', 'Please reduce your request rate.');
  return false;
}

interface Attempt {
  readonly request: Request;
  readonly response: Response;
  readonly method: 'GET' | 'PUT';
  readonly contentType: string;
}

/** The document that a request may touch, or null when it has been refused. */
async function allowed(parts: DocumentRouteParts, attempt: Attempt): Promise<StoredDocument | null> {
  const { request, response, method, contentType } = attempt;
  const document = await parts.documents.find(String(request.params.documentId));
  if (document === null) return refuse(response, 404, 'NoSuchKey', 'The specified key does not exist.');
  if (request.get('x-amz-access-token') !== undefined || request.get('authorization') !== undefined)
    return refuse(response, 403, 'AccessDenied', 'There were headers present in the request which were not signed');
  const purpose: LinkPurpose = { method, sellerId: document.sellerId, documentId: document.documentId, contentType };
  const check = await parts.links.check(purpose, queryOf(request), parts.clock.nowMs());
  if (check === 'expired') return refuse(response, 403, 'AccessDenied', 'Request has expired');
  if (check === 'mismatch')
    return refuse(
      response,
      403,
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    );
  return document;
}

function refuse(response: Response, status: number, code: string, message: string): null {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  response.status(status).type('application/xml').send(body);
  return null;
}

function queryOf(request: Request): URLSearchParams {
  return new URL(request.originalUrl, 'http://simulator').searchParams;
}
