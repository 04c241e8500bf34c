import express, { type RequestHandler, Router } from 'express';
import type { Clock } from '../../core/clock.js';
import { AttemptLimit } from '../../http/attempt-limit.js';
import { TooManyAttempts } from '../../http/http-errors.js';
import { NoticeSignatureWrong, TooManyBadSignatures } from './notice-errors.js';
import type { NoticeInbox } from './notice-inbox.js';
import { readNoticeHead } from './notice-signature.js';

/** A thousand changes are some 110 kB. */
const BODY_LIMIT = '256kb';

export interface NoticeRouteParts {
  readonly inbox: NoticeInbox;
  readonly clock: Clock;
  /** Tells whoever marks products that there is something to do. */
  readonly noticed: () => void;
}

/**
 * `POST /hooks/shop`: notices of changes, from the shop's own program (docs/shop/notices.md).
 *
 * The signature is its access rule: browsers cannot make one, so that neither cookies nor origins mean anything here.
 */
export function noticeRoutes({ inbox, clock, noticed }: NoticeRouteParts): Router {
  const routes = Router();
  const badSignatures = new AttemptLimit(clock);
  const receive: RequestHandler = async (request, response) => {
    const head = readNoticeHead(request.headers);
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const { nonce, changeCount } = await inbox.receive(head, body).catch((error: unknown) => {
      if (error instanceof NoticeSignatureWrong) countBadSignature(badSignatures, head.keyId);
      throw error;
    });
    response.status(202).json({ nonce, accepted: changeCount });
    noticed();
  };
  // Compressed bodies are refused: signed is what is sent, and a small one could unpack to a large one.
  routes.post('/shop', express.raw({ type: () => true, limit: BODY_LIMIT, inflate: false }), receive);
  return routes;
}

/** Right signatures are never counted nor slowed: who knows a key's id only must not be able to shut its shop out. */
function countBadSignature(limit: AttemptLimit, keyId: string): void {
  try {
    limit.attempt(keyId);
  } catch (error) {
    if (error instanceof TooManyAttempts) throw new TooManyBadSignatures(error.details, { cause: error });
    throw error;
  }
}
