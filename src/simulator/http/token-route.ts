import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { Clock } from '../../core/clock.js';
import { sellerOfRefreshToken, simulatorCredentials } from '../credentials.js';
import type { SellerStore } from '../state/seller-store.js';
import { ACCESS_TOKEN_SECONDS, makeAccessToken } from './access-token.js';
import { beginStruck, mayAnswer, type RequestFaults } from './request-faults.js';

const TokenRequest = z.object({
  grant_type: z.string(),
  refresh_token: z.string().optional(),
  client_id: z.string(),
  client_secret: z.string(),
});

export interface TokenRouteParts {
  readonly sellers: SellerStore;
  readonly clock: Clock;
  readonly faults: RequestFaults;
}

interface TokenAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, string | number>>;
}

/**
 * POST /auth/o2/token, the grant `refresh_token` only.
 *
 * @source Login with Amazon: answers and errors in the form of OAuth 2
 */
export function tokenRoute({ sellers, clock, faults }: TokenRouteParts): RequestHandler {
  return async function answerTokenRequest(request, response) {
    const parsed = TokenRequest.safeParse(request.body);
    const sellerId = parsed.success ? sellerOfRefreshToken(parsed.data.refresh_token ?? '') : null;
    const fault = sellerId === null ? null : await faults.drawAside('getAccessToken', sellerId);
    const beginning = beginStruck(fault, response);
    if (beginning === 'cut') {
      response.destroy();
      return;
    }
    const answer =
      beginning !== 'act'
        ? refuse(beginning.refuse, 'server_error', 'The authorization server cannot answer now. Try again later.')
        : parsed.success
          ? await grant(parsed.data, sellers, clock.nowMs())
          : refuse(400, 'invalid_request', 'The request is missing a required parameter or is malformed.');
    if (!(await mayAnswer(fault, response))) return;
    response.status(answer.status).set('cache-control', 'no-store').json(answer.body);
  };
}

async function grant(request: z.infer<typeof TokenRequest>, sellers: SellerStore, nowMs: number): Promise<TokenAnswer> {
  if (request.grant_type !== 'refresh_token')
    return refuse(
      400,
      'unsupported_grant_type',
      'The authorization grant type is not supported by the authorization server.',
    );
  const sellerId = sellerOfRefreshToken(request.refresh_token ?? '');
  const known = simulatorCredentials(sellerId ?? '');
  if (request.client_id !== known.clientId || request.client_secret !== known.clientSecret)
    return refuse(401, 'invalid_client', 'Client authentication failed');
  const key = sellerId === null ? null : await sellers.signingKey(sellerId);
  if (sellerId === null || key === null)
    return refuse(
      400,
      'invalid_grant',
      "The request has an invalid grant parameter : refresh_token. User may have revoked or didn't grant the permission.",
    );
  const body = {
    access_token: makeAccessToken(sellerId, key, nowMs),
    refresh_token: known.refreshToken,
    token_type: 'bearer',
    expires_in: ACCESS_TOKEN_SECONDS,
  };
  return { status: 200, body };
}

function refuse(status: number, error: string, description: string): TokenAnswer {
  return { status, body: { error, error_description: description } };
}
