import type { RequestHandler } from 'express';
import { TokenNeeded } from './http-errors.js';

/** Lets only programs with a token use the API; a browser's cookies mean nothing here. @param verify the program's name, or null */
export function requireBearerToken(
  verify: (token: string) => Promise<{ readonly name: string } | null>,
): RequestHandler {
  return async function requireToken(request, response, next) {
    const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(request.get('authorization') ?? '')?.[1];
    const program = token === undefined ? null : await verify(token);
    if (program !== null) {
      response.locals.program = program.name;
      return next();
    }
    response.set('WWW-Authenticate', 'Bearer realm="feedbridge"');
    const received = token === undefined ? 'none' : 'one that is not known or was revoked';
    next(new TokenNeeded({ received }));
  };
}
