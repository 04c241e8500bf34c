import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * Headers that keep a browser from running or loading anything that is not ours: no inline script or style, no frames.
 *
 * The referrer policy is `same-origin` and not helmet's `no-referrer`, under which browsers send `Origin: null` with the forms of
 * our own pages. Plain HTTP is not upgraded: on 127.0.0.1 there is nothing to upgrade to.
 *
 * @source https://fetch.spec.whatwg.org/#append-a-request-origin-header (checked 2026-11)
 */
export function securityHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
    strictTransportSecurity: false,
  });
}
