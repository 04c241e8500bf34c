import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { AmazonAccount, AmazonReports, ProcessingStatus } from '../../../../src/amazon/amazon-account.js';
import { createSealer } from '../../../../src/core/sealed-text.js';
import type { Account } from '../../../../src/features/accounts/account.js';
import { AccountService } from '../../../../src/features/accounts/account-service.js';
import { ListingReader } from '../../../../src/features/listings/listing-reader.js';
import { ListingService } from '../../../../src/features/listings/listing-service.js';
import { Audit } from '../../../../src/features/users/audit.js';
import { HandClock } from '../../../support/hand-clock.js';
import { offerMarksOn } from '../../../support/offer-marks.js';
import { describeEachDatabase, type TestDatabase } from '../../../support/test-databases.js';

const HEADER = 'seller-sku\tasin1\tprice\tquantity\tstatus\tfulfillment-channel\n';
const FR = 'A13V1IB3VIYZZH';
const DE = 'A1PA6795UKMFR9';

/** Amazon's reports as a table of texts by marketplace; each is ready at its second asking. */
class FakeReports {
  texts: Record<string, string> = {};
  end: { status: ProcessingStatus; documentId: string | null } | null = null;
  readonly ordered: string[] = [];
  #asked = 0;

  readonly reports: AmazonReports = {
    createReport: ({ reportType, marketplaceIds }) => {
      this.ordered.push(`${reportType} ${marketplaceIds.join()}`);
      this.#asked = 0;
      return Promise.resolve({ reportId: marketplaceIds[0] ?? '', requestId: null });
    },
    getReport: (reportId) => {
      this.#asked += 1;
      const done = this.end ?? { status: 'DONE' as const, documentId: reportId };
      const { status, documentId } = this.#asked > 1 ? done : { status: 'IN_PROGRESS' as const, documentId: null };
      return Promise.resolve({
        reportId,
        reportType: 'GET_MERCHANT_LISTINGS_ALL_DATA',
        marketplaceIds: [reportId],
        createdTime: '2026-11-21T14:00:00.000Z',
        dataStartTime: null,
        dataEndTime: null,
        processingStatus: status,
        processingStartTime: null,
        processingEndTime: null,
        reportDocumentId: documentId,
      });
    },
    openDocument: (documentId) => {
      async function* text() {
        yield documentText;
      }
      const documentText = this.texts[documentId] ?? HEADER;
      return Promise.resolve({ charset: 'utf-8', bytes: noBytes(), text: text() });
    },
  };
}

async function* noBytes(): AsyncGenerator<Uint8Array> {
  yield* [];
}

describeEachDatabase('A reading of the listings', (_name, open) => {
  let database: TestDatabase;
  let clock: HandClock;
  let accounts: AccountService;
  let account: Account;
  let listings: ListingService;
  let amazon: FakeReports;
  let reader: ListingReader;
  const ids = { fr: 0, de: 0 };
  beforeAll(async () => {
    database = await open();
    const { db } = database;
    clock = new HandClock();
    const sealer = createSealer([randomBytes(32)]);
    accounts = new AccountService(db, { clock, audit: new Audit(db, clock), sealer, marks: offerMarksOn(db) });
    const shop = { shopId: 1, name: 'Shop', timeZone: 'Europe/Paris', currencies: [{ iso: 'EUR', decimals: 2 }] };
    const secrets = { clientId: 'c', clientSecret: 's', refreshToken: 'r' };
    const marketplaces = ['FR', 'DE', 'UK'];
    account = await accounts.add(
      { name: 'demo', region: 'EU', shop, sellerId: 'A2SELLER', baseUrl: 'simulator', marketplaces, ...secrets },
      'test',
    );
    for (const { country, id } of await accounts.marketplaces(account.id)) {
      if (country === 'FR') ids.fr = id;
      if (country === 'DE') ids.de = id;
    }
    listings = new ListingService(db);
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    for (const table of ['pool_listing', 'listing', 'part', 'history']) await database.db(table).delete();
    await database.db('account').update({ listings_read_at_ms: null });
    amazon = new FakeReports();
    reader = new ListingReader({
      db: database.db,
      clock,
      accounts,
      // Waiting for Amazon takes a minute each time.
      pause: () => {
        clock.advance(60_000);
        return Promise.resolve(true);
      },
      open: () => Promise.resolve({ reports: amazon.reports } as unknown as AmazonAccount),
    });
  });
  const memory = async (sku: string) => (await listings.ofSkus(account.id, [sku]))[0];
  const readAt = async () => (await accounts.byId(account.id)).listingsReadAtMs;

  it('asks once for each active marketplace, and stores what each shows as effective', async () => {
    amazon.texts[FR] = `${HEADER}MUG\tB01\t9,90\t5\tActive\tDEFAULT\n`;
    amazon.texts[DE] = `${HEADER}MUG\tB01\t8.50\t5\tInactive\tDEFAULT\n`;
    expect(await reader.read(account)).toBe(2);
    expect(amazon.ordered).toEqual([DE, FR].map((id) => `GET_MERCHANT_LISTINGS_ALL_DATA ${id}`));
    const known = await memory('MUG');
    expect(known).toMatchObject({ productId: 0, channel: 'DEFAULT', quantity: { state: 'none', effectiveValue: '5' } });
    expect(known?.marketplaces.get(ids.fr)).toMatchObject({ atAmazon: true, asin: 'B01', status: 'Active' });
    expect(known?.marketplaces.get(ids.fr)?.parts.price).toMatchObject({
      effectiveValue: '9.90|EUR',
      submittedValue: null,
    });
    expect(known?.marketplaces.get(ids.de)).toMatchObject({ status: 'Inactive' });
    expect(known?.marketplaces.get(ids.de)?.parts.price).toMatchObject({ effectiveValue: '8.50|EUR' });
  });

  it('dates what it saw by its order: a feed accepted while the report was made is newer', async () => {
    amazon.texts[FR] = `${HEADER}MUG\tB01\t9.90\t5\tActive\tDEFAULT\n`;
    const startedAtMs = clock.nowMs();
    await reader.read(account);
    const effectiveAtMs = (await memory('MUG'))?.marketplaces.get(ids.fr)?.parts.price?.effectiveAtMs;
    expect(effectiveAtMs).toBe(startedAtMs + 60_000);
    expect(clock.nowMs()).toBe(startedAtMs + 120_000);
    expect(await readAt()).toBe(startedAtMs);
  });

  it('gives what Amazon fulfils no quantity', async () => {
    amazon.texts[FR] = `${HEADER}FBA\tB02\t9.90\t7\tActive\tAMAZON_EU\n`;
    await reader.read(account);
    expect(await memory('FBA')).toMatchObject({ channel: 'AMAZON_EU', quantity: null });
  });

  it('leaves what was handed over and who carries it as it is, and settles an intent to create', async () => {
    const item = { sku: 'MUG', shopId: 1, productId: 7, combinationId: 2 };
    await listings.intendToCreate(account.id, ids.fr, [item], 0);
    const handover = { ...item, marketplaceId: ids.fr, part: 'price' as const, value: '7.00|EUR', revision: 1 };
    await listings.handOver([handover], { feedId: 1, accountId: account.id, runId: 1, atMs: 0 });
    amazon.texts[FR] = `${HEADER}MUG\tB01\t9.90\t5\tActive\tDEFAULT\n`;
    await reader.read(account);
    const known = await memory('MUG');
    expect(known).toMatchObject({ productId: 7, combinationId: 2 });
    expect(known?.marketplaces.get(ids.fr)).toMatchObject({ atAmazon: true, createIntent: false });
    expect(known?.marketplaces.get(ids.fr)?.parts.price).toMatchObject({
      state: 'open',
      submittedValue: '7.00|EUR',
      effectiveValue: '9.90|EUR',
    });
  });

  it('keeps in the history what Amazon showed before, only where it shows something else', async () => {
    amazon.texts[FR] = `${HEADER}MUG\tB01\t9.90\t5\tActive\tDEFAULT\n`;
    await reader.read(account);
    expect(await listings.history(account.id, 'MUG', 10)).toEqual([]);
    amazon.texts[FR] = `${HEADER}MUG\tB01\t9.90\t4\tActive\tDEFAULT\n`;
    await reader.read(account);
    expect(await listings.history(account.id, 'MUG', 10)).toMatchObject([
      { event: 'read', part: 'quantity', marketplaceId: 0, valueBefore: '5', value: '4', feedId: null, runId: null },
    ]);
    await reader.read(account);
    expect(await listings.history(account.id, 'MUG', 10)).toHaveLength(1);
  });

  it('takes more rows than fit into one statement, and the last of several lines about one SKU', async () => {
    const lines = Array.from({ length: 1_203 }, (_, index) => `S${index}\tB\t1.00\t${index}\tActive\tDEFAULT\n`);
    amazon.texts[FR] = `${HEADER}${lines.join('')}S7\tB\t2.00\t99\tActive\tDEFAULT\n`;
    await reader.read(account);
    expect(await listings.count(account.id)).toBe(1_203);
    expect((await memory('S7'))?.quantity?.effectiveValue).toBe('99');
  });

  it('passes over what can be no SKU, and shortens what has no room, so that the rest is read', async () => {
    const long = 'x'.repeat(60);
    amazon.texts[FR] =
      `${HEADER}${'S'.repeat(41)}\tB\t1.00\t1\tActive\tDEFAULT\n` +
      `MUG\tB\t1.00\t1\tActive\tDEFAULT\nMUG \tB\t3.00\t3\tActive\tDEFAULT\n` +
      `${'T'.repeat(40)}\t${long}\t1.00\t1\t${long}\t${long}\n`;
    expect(await reader.read(account)).toBe(2);
    expect((await memory('MUG'))?.quantity?.effectiveValue).toBe('1');
    expect((await memory('T'.repeat(40)))?.marketplaces.get(ids.fr)?.status).toBe('x'.repeat(20));
  });

  it('says how far it is', async () => {
    amazon.texts[FR] = `${HEADER}MUG\tB01\t9.90\t5\tActive\tDEFAULT\n`;
    const told: string[] = [];
    await reader.read(account, {
      onProgress: ({ marketplace, listings: count }) => told.push(`${marketplace} ${count}`),
    });
    expect(told).toEqual(['DE 0', 'FR 1']);
  });

  it.each<[ProcessingStatus, string | null]>([
    ['FATAL', 'why'],
    ['CANCELLED', null],
    ['DONE', null],
  ])('of a report that ends %s without its rows leaves the account unread', async (status, documentId) => {
    amazon.end = { status, documentId };
    await expect(reader.read(account)).rejects.toMatchObject({
      code: 'LISTINGS_NOT_READ',
      message: expect.stringContaining(`on DE, it ended ${status}`),
    });
    expect(await readAt()).toBeNull();
  });

  it('of a page that is no listings report leaves the account unread', async () => {
    amazon.texts[FR] = '<html><body>Service unavailable</body></html>\n';
    await expect(reader.read(account)).rejects.toMatchObject({ code: 'LISTINGS_REPORT_UNREADABLE' });
    expect(await readAt()).toBeNull();
  });

  it('ends between two askings when it is told to', async () => {
    const stopping = new AbortController();
    const stopped = reader.read(account, { signal: stopping.signal });
    stopping.abort(new Error('stop'));
    await expect(stopped).rejects.toThrow('stop');
    expect(await readAt()).toBeNull();
  });
});
