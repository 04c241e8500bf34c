import { seedSimulator } from '../../../src/simulator/seed-simulator.js';
import { Simulator, type SimulatorOptions } from '../../../src/simulator/simulator.js';
import { HandClock } from '../../support/hand-clock.js';
import { sharedFolder } from '../../support/shared-material.js';
import { type DatabaseName, openTestDatabase, type TestDatabase } from '../../support/test-databases.js';
import { xsdFactsValidator } from '../../support/xsd-facts-validator.js';
import { SimulatorClient } from './simulator-client.js';

export const FRANCE = { id: 'A13V1IB3VIYZZH', country: 'FR', currency: 'EUR' };
export const BRITAIN = { id: 'A1F83G8C2ARO7P', country: 'UK', currency: 'GBP' };

/** EAN codes by what the simulated catalogue knows of them. */
export const CODES = {
  one: '4006381333009',
  another: '4006381333016',
  third: '4006381333023',
  none: '4006381333399',
  several: '4006381333061',
  otherBrand: '4006381333207',
  restricted: '4006381333030',
} as const;

/** A running simulator on a database of its own, with a hand-moved clock. */
export class SimulatorBench {
  readonly database: TestDatabase;
  readonly clock = new HandClock();
  readonly #options: Partial<SimulatorOptions>;
  #simulator: Simulator | null = null;
  client = new SimulatorClient('', '');

  private constructor(database: TestDatabase, options: Partial<SimulatorOptions>) {
    this.database = database;
    this.#options = options;
  }

  /** Opens one with the seller SELLER1 in France and Britain, without any listing. */
  static async open(name: DatabaseName, options: Partial<SimulatorOptions> = {}): Promise<SimulatorBench> {
    const bench = new SimulatorBench(await openTestDatabase(name), options);
    const { db } = bench.database;
    await seedSimulator(db, {
      sellerId: 'SELLER1',
      marketplaces: [FRANCE, BRITAIN],
      skus: [],
      nowMs: bench.clock.nowMs(),
    });
    await db('sim_offer').delete();
    await db('sim_listing').delete();
    await bench.start();
    return bench;
  }

  async start(changes: Partial<SimulatorOptions> = {}): Promise<void> {
    const check = sharedFolder() === null ? {} : { validateDocument: xsdFactsValidator() };
    const { db } = this.database;
    this.#simulator = new Simulator({ db, clock: this.clock, ...check, ...this.#options, ...changes });
    const { url } = await this.#simulator.start();
    this.client = new SimulatorClient(url, 'SELLER1');
    await this.client.logIn();
  }

  async stop(): Promise<void> {
    await this.#simulator?.stop();
  }

  async close(): Promise<void> {
    await this.stop();
    await this.database.drop();
  }

  /** Sends a document, lets its time pass and gives its processing report. */
  async process(
    feedType: string,
    xml: string,
    marketplaces: readonly { readonly id: string }[] = [FRANCE],
  ): Promise<string> {
    const ids = marketplaces.map(({ id }) => id);
    const feedId = await this.client.submit(feedType, xml, ids);
    this.clock.advance(60_000);
    return this.client.processingReport(feedId);
  }
}

/** An envelope of a seller around payloads, each `[payload]` or `[payload, operation]`. */
export function envelope(
  messageType: string,
  messages: readonly (readonly [string, string?])[],
  sellerId = 'SELLER1',
): string {
  const texts = messages.map(
    ([payload, operation = 'Update'], index) =>
      `<Message><MessageID>${index + 1}</MessageID><OperationType>${operation}</OperationType><${messageType}>${payload}</${messageType}></Message>\n`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<AmazonEnvelope><Header><DocumentVersion>1.01</DocumentVersion><MerchantIdentifier>${sellerId}</MerchantIdentifier></Header>
<MessageType>${messageType}</MessageType>
${texts.join('')}</AmazonEnvelope>`;
}

export const product = (sku: string, code: string, inside = '') =>
  `<SKU>${sku}</SKU><StandardProductID><Type>EAN</Type><Value>${code}</Value></StandardProductID>${inside}`;
export const inventory = (sku: string, quantity: number, inside = '') =>
  `<SKU>${sku}</SKU><Quantity>${quantity}</Quantity>${inside}`;
export const price = (sku: string, amount: string, inside = '') =>
  `<SKU>${sku}</SKU><StandardPrice currency="EUR">${amount}</StandardPrice>${inside}`;

/** The four figures of a processing report's summary. */
export function summaryOf(report: string): readonly number[] {
  return ['Processed', 'Successful', 'WithError', 'WithWarning'].map((name) =>
    Number(new RegExp(`<Messages${name}>(\\d+)<`).exec(report)?.[1]),
  );
}

/** Each result of a processing report as "messageId result code sku". */
export function resultsOf(report: string): readonly string[] {
  return [...report.matchAll(/<Result>([\s\S]*?)<\/Result>/g)].map(([, result = '']) => {
    const value = (name: string) => new RegExp(`<${name}>([^<]*)<`).exec(result)?.[1] ?? '-';
    return `${value('MessageID')} ${value('ResultCode')} ${value('ResultMessageCode')} ${value('SKU')}`;
  });
}
