import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as it came, headers in the letter case of the wire. */
export interface ReceivedRequest {
  readonly method: string;
  /** Path with query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

/** What the server does with a request: an answer, or a way to break off. */
export type Reaction =
  | { readonly status: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }
  | { readonly breakOff: 'before-answer' | 'within-body' }
  | { readonly stallAfter: string }
  | { readonly silent: true };

/** A real HTTP server that speaks as Amazon does: each path gives its reactions one after the other, the last one for ever. */
export class AmazonServer {
  readonly requests: ReceivedRequest[] = [];
  readonly #reactions = new Map<string, Reaction[]>();
  readonly #server = createServer((request, response) => {
    this.#receive(request, response).catch((error: unknown) => response.destroy(error as Error));
  });

  async open(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.on('POST /auth/o2/token', { status: 200, body: tokenBody('Atza|one') });
    return this;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** @param route method and path without query, for example "POST /feeds/2021-06-30/feeds" */
  on(route: string, ...reactions: readonly Reaction[]): this {
    this.#reactions.set(route, [...reactions]);
    return this;
  }

  /** Requests of one route, in order. */
  received(route: string): readonly ReceivedRequest[] {
    return this.requests.filter((request) => routeOf(request) === route);
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const received: ReceivedRequest = {
      method: request.method ?? '',
      url: request.url ?? '',
      headers: request.headers,
      rawHeaders: request.rawHeaders,
      body: Buffer.concat(chunks),
    };
    this.requests.push(received);
    react(this.#next(routeOf(received)), response);
  }

  #next(route: string): Reaction {
    const reactions = this.#reactions.get(route) ?? [];
    const next = reactions.length > 1 ? reactions.shift() : reactions[0];
    return next ?? { status: 404, body: refusal('NotFound', `no ${route}`) };
  }
}

/** The body of a successful token answer. */
export function tokenBody(accessToken: string, expiresIn = 3600): object {
  return { access_token: accessToken, refresh_token: 'Atzr|answered', token_type: 'bearer', expires_in: expiresIn };
}

/** The body of a refusal of the Selling Partner API. */
export function refusal(code: string, message: string, details = ''): object {
  return { errors: [{ code, message, details }] };
}

function routeOf(request: ReceivedRequest): string {
  return `${request.method} ${request.url.split('?')[0]}`;
}

function react(reaction: Reaction, response: ServerResponse): void {
  if ('silent' in reaction) return;
  if ('stallAfter' in reaction) {
    response.writeHead(200, { 'content-type': 'text/plain', 'content-length': '100' }).write(reaction.stallAfter);
    return;
  }
  if ('breakOff' in reaction) {
    if (reaction.breakOff === 'before-answer') response.socket?.destroy();
    else response.writeHead(202, { 'content-length': '100' }).write('{"feedId":', () => response.socket?.destroy());
    return;
  }
  const { status, body, headers } = reaction;
  const raw = typeof body === 'string' || Buffer.isBuffer(body);
  response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-RequestId': 'request-1', ...headers });
  response.end(raw ? body : JSON.stringify(body ?? {}));
}
