import type { Clock } from '../../core/clock.js';
import type { DocumentStore } from '../state/document-store.js';
import { type ApiAnswer, type ApiCall, notFound } from './api-answer.js';
import type { DocumentLinks } from './document-links.js';

export interface DocumentAnswerParts {
  readonly clock: Clock;
  readonly documents: DocumentStore;
  readonly links: DocumentLinks;
  /** Where the simulator listens. */
  baseUrl(): string;
}

/** Answers getFeedDocument and getReportDocument, which differ in the name of the id only. */
export async function answerDocument(
  { sellerId, params, query }: ApiCall,
  idName: 'feedDocumentId' | 'reportDocumentId',
  parts: DocumentAnswerParts,
): Promise<ApiAnswer> {
  const document = await parts.documents.find(params.id ?? '');
  if (document === null || document.sellerId !== sellerId || !document.uploaded)
    return notFound(`${idName} ${params.id} was not found.`);
  const { documentId, compressed } = document;
  const unzipByClient = compressed && query.enableContentEncodingUrlHeader === 'true';
  const url = await parts.links.make(
    { method: 'GET', sellerId, documentId, contentType: '' },
    { baseUrl: parts.baseUrl(), nowMs: parts.clock.nowMs(), unzipByClient },
  );
  return { status: 200, body: { [idName]: documentId, url, ...(compressed ? { compressionAlgorithm: 'GZIP' } : {}) } };
}
