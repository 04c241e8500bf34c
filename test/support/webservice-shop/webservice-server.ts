import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { answerRequest, type ShopModel } from './answer-request.js';
import { type SeenRequest, TEST_KEY, type WireAnswer } from './wire.js';

/** What happens instead of an answer: another one, or a cut connection, or none for ever. */
export type Fault = WireAnswer | 'cut' | 'silence';

export interface WebserviceServer {
  /** "http://KEY@127.0.0.1:port/api?shop=1". */
  url(shops: string): string;
  readonly seen: SeenRequest[];
  /** Most requests that were under way at once. */
  mostAtOnce(): number;
  /** Gives faults before answers, as long as the function returns one. */
  disturb(fault: (request: SeenRequest) => Fault | null): void;
  stop(): Promise<void>;
}

/** Starts a PrestaShop Webservice on a free port; without a model it only gives the faults that it is told. */
export async function startWebserviceServer(model: ShopModel | null): Promise<WebserviceServer> {
  const seen: SeenRequest[] = [];
  let disturb: (request: SeenRequest) => Fault | null = () => null;
  let running = 0;
  let most = 0;
  const server = createServer((request, response) => {
    running += 1;
    most = Math.max(most, running);
    response.on('close', () => {
      running -= 1;
    });
    void handle(request, response);
  });
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://shop');
    const path = url.pathname.replace(/^.*\/api\/?/, '');
    const one = { method: request.method ?? '', path, query: url.searchParams, body: await readText(request) };
    seen.push(one);
    const fault = disturb(one);
    if (fault === 'silence') return;
    if (fault === 'cut') {
      request.socket.destroy();
      return;
    }
    const answer = fault ?? answerRequest(model, one, request.headers.authorization ?? '');
    response.writeHead(answer.status, { 'content-type': 'text/xml;charset=utf-8', ...answer.headers });
    response.end(answer.body);
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: (shops) => `http://${TEST_KEY}@127.0.0.1:${port}/api?shop=${shops}`,
    seen,
    mostAtOnce: () => most,
    disturb: (fault) => {
      disturb = fault;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
