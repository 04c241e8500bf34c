import type { Request, RequestHandler } from 'express';
import { HostForeign } from './http-errors.js';
import { isLoopback } from './loopback.js';

const ALL_ADDRESSES = new Set(['0.0.0.0', '::', '[::]']);

/**
 * Answers 421 to requests for any name but ours, so that a web page whose name is made to point here (DNS rebinding) gets nothing.
 *
 * Ours are the names of this machine's loopback and the configured host; where that is "all addresses", also the address over
 * which the request came, since no web page can have a bare address of ours as its name.
 *
 * @param configuredHost as HOST says
 */
export function refuseForeignHosts(configuredHost: string): RequestHandler {
  const everywhere = ALL_ADDRESSES.has(configuredHost);
  const allowed = everywhere || isLoopback(configuredHost) ? 'http://127.0.0.1' : `http://${configuredHost}`;
  return function refuseForeignHost(request, _response, next) {
    const host = hostNameOf(request);
    const known = isLoopback(host) || host === bare(configuredHost) || (everywhere && host === arrivedAt(request));
    next(known ? undefined : new HostForeign({ host: host.slice(0, 100), allowed }));
  };
}

/** The name in the `Host` header, lower case, without port, brackets and final dot; empty when there is none. */
function hostNameOf(request: Request): string {
  const match = /^(\[[0-9a-f:.]+\]|[^:[\]]*)(?::\d*)?$/i.exec(request.headers.host ?? '');
  return bare(match?.[1] ?? '').replace(/\.$/, '');
}

function bare(host: string): string {
  return host.toLowerCase().replace(/^\[|\]$/g, '');
}

function arrivedAt(request: Request): string {
  return (request.socket.localAddress ?? '').replace(/^::ffff:/, '').toLowerCase();
}
