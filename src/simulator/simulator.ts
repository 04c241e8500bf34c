import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express } from 'express';
import { type Clock, pause } from '../core/clock.js';
import { randomId } from '../core/ids.js';
import { type Logger, silentLogger } from '../core/logger.js';
import type { Db } from '../db/open-database.js';
import { FaultBook } from './faults/fault-book.js';
import { answerFailure, answerUnknownRoute } from './http/answer-failure.js';
import { ApiGate } from './http/api-gate.js';
import { controlRoutes } from './http/control-routes.js';
import { DocumentLinks } from './http/document-links.js';
import { documentRoutes } from './http/document-routes.js';
import { feedRoutes } from './http/feed-routes.js';
import { reportRoutes } from './http/report-routes.js';
import { RequestFaults } from './http/request-faults.js';
import { type Quotas, TokenBuckets } from './http/token-buckets.js';
import { tokenRoute } from './http/token-route.js';
import { type Delays, USUAL_DELAYS } from './processing/delays.js';
import { FeedCourse } from './processing/feed-course.js';
import { ReportMaker } from './processing/make-report.js';
import { type DocumentCheck, FeedProcessor } from './processing/process-feed.js';
import { ReportCourse } from './processing/report-course.js';
import { SaleCourse } from './processing/sale-course.js';
import { WorkLine } from './processing/work-line.js';
import { type RandomSource, seededRandom } from './random-source.js';
import { DocumentStore } from './state/document-store.js';
import { FeedStore } from './state/feed-store.js';
import { ListingStore } from './state/listing-store.js';
import { ReportStore } from './state/report-store.js';
import { SellerStore } from './state/seller-store.js';

export interface SimulatorOptions {
  /** Migrated; the simulator keeps everything in its sim_ tables. */
  readonly db: Db;
  readonly clock: Clock;
  readonly logger?: Logger;
  readonly delays?: Partial<Delays>;
  /** Default: the same course every time. */
  readonly random?: RandomSource;
  /** Default: none. */
  readonly quotas?: Quotas;
  /** A further check of each feed document; when it finds faults, nothing of the feed is applied. It gets the whole text. */
  readonly validateDocument?: DocumentCheck;
}

export interface ListenOptions {
  /** 0 = any free one (default). */
  readonly port?: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
}

/** How long requests that are being answered may hold up a stop. */
const STOP_PATIENCE_MS = 5_000;
const STOP_PAUSE_MS = 20;

/** A local Amazon over HTTP: login, Feeds API, Reports API, document links, and a back door to look inside. */
export class Simulator {
  readonly #options: SimulatorOptions;
  readonly #documents: DocumentStore;
  readonly #workLine: WorkLine;
  readonly #server: Server;
  #url = '';

  constructor(options: SimulatorOptions) {
    const { db, clock, random = seededRandom('feedbridge') } = options;
    const delays = { ...USUAL_DELAYS, ...options.delays };
    const sellers = new SellerStore(db);
    const listings = new ListingStore(db);
    const feeds = new FeedStore(db);
    const reports = new ReportStore(db);
    const documents = new DocumentStore(db);
    const validateDocument = options.validateDocument ?? null;
    const effectiveMs = delays.effectiveMs;
    const feedProcessor = new FeedProcessor({ db, sellers, documents, feeds, random, effectiveMs, validateDocument });
    const reportMaker = new ReportMaker({ sellers, listings, documents, random });
    const book = new FaultBook(db);
    // Sales first: at one instant the clock comes before what a feed writes then.
    const workLine = new WorkLine(clock, [
      new SaleCourse(db),
      new FeedCourse({ db, feeds, feedProcessor, delays, faults: book }),
      new ReportCourse({ db, reports, reportMaker, delays, faults: book }),
    ]);
    const faults = new RequestFaults({ clock, book, workLine });
    const gate = new ApiGate({ clock, sellers, buckets: new TokenBuckets(options.quotas ?? {}), faults, workLine });
    const links = new DocumentLinks(sellers);
    const baseUrl = () => this.#url;
    const app = makeApp(options.logger ?? silentLogger, (routes) => {
      routes.post('/auth/o2/token', express.urlencoded({ extended: false }), tokenRoute({ sellers, clock, faults }));
      routes.use('/_documents', documentRoutes({ clock, documents, links, faults }));
      routes.use(
        '/_simulator',
        express.json(),
        controlRoutes({ db, clock, sellers, listings, workLine, instance: randomId() }),
      );
      // Read as text: what is no JSON is refused by the operation, after its token was checked.
      routes.use(express.text({ type: 'application/json' }));
      routes.use('/feeds/2021-06-30', feedRoutes(gate, { clock, sellers, documents, feeds, links, baseUrl }));
      routes.use('/reports/2021-06-30', reportRoutes(gate, { clock, sellers, documents, reports, links, baseUrl }));
    });
    this.#options = options;
    this.#documents = documents;
    this.#workLine = workLine;
    this.#server = createServer(app);
  }

  /**
   * Listens.
   *
   * @returns the address to use as base URL of an account, without a slash at the end; the token URL is `${url}/auth/o2/token`
   * @throws the system's error when the port is taken
   */
  async start({ port = 0, host = '127.0.0.1' }: ListenOptions = {}): Promise<{ readonly url: string }> {
    await this.#documents.removeOld(this.#options.clock.nowMs());
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, host, resolve);
    });
    const address = this.#server.address() as AddressInfo;
    this.#url = `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`;
    return { url: this.#url };
  }

  /** Takes no more connections and waits for what is in hand; the state stays in the database. */
  async stop(): Promise<void> {
    let open = true;
    this.#server.close(() => {
      open = false;
    });
    await this.#workLine.idle();
    for (let waitedMs = 0; open && waitedMs < STOP_PATIENCE_MS; waitedMs += STOP_PAUSE_MS) {
      this.#server.closeIdleConnections();
      await pause(STOP_PAUSE_MS);
    }
    this.#server.closeAllConnections();
  }
}

function makeApp(logger: Logger, mount: (routes: Express) => void): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use((_request, response, next) => {
    response.set('x-amzn-RequestId', randomUUID());
    next();
  });
  mount(app);
  app.use(answerUnknownRoute);
  app.use(answerFailure(logger));
  return app;
}
