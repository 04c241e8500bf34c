import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ACCESS_TOKEN, acceptAll, SIGNATURE } from '../../support/export-amazon.js';
import { BOARD, LISTED, ListedShop } from '../../support/export-listed-shop.js';
import { SELLER } from '../../support/export-program.js';
import { dumpTables } from '../../support/export-snapshots.js';
import { describeEachDatabase, type TestDatabase } from '../../support/test-databases.js';

const SECRETS = {
  'client secret': SELLER.clientSecret,
  'refresh token': SELLER.refreshToken,
  'access token': ACCESS_TOKEN,
  "a document's signature": SIGNATURE.split('=')[1] ?? '',
};

/** Ways in which a send can fail, all of them with an Amazon that repeats every secret in what it says. */
const FAILURES: readonly { readonly name: string; readonly operation: string; readonly status: number }[] = [
  { name: 'the token is refused', operation: 'POST /auth/token', status: 400 },
  { name: 'the document is refused', operation: 'POST /feeds/documents', status: 403 },
  { name: 'the upload is refused', operation: 'PUT /uploads/content', status: 403 },
  { name: 'the feed is refused', operation: 'POST /feeds/feeds', status: 400 },
  { name: 'the feed gets no answer', operation: 'POST /feeds/feeds', status: 500 },
  { name: 'looking at the feed is refused', operation: 'GET /feeds/feeds', status: 403 },
  { name: 'the report cannot be read', operation: 'GET /downloads/content', status: 503 },
];

describeEachDatabase('no secret is found', (_, open) => {
  let database: TestDatabase;
  let listed: ListedShop;
  const errors: unknown[] = [];
  beforeAll(async () => {
    database = await open();
    listed = await ListedShop.open(database.url);
    listed.amazon.refusal = `You sent ${SELLER.clientSecret}, ${SELLER.refreshToken} and ${ACCESS_TOKEN} to ${SIGNATURE}.`;
    await listed.send(LISTED.map(({ id }) => id));
    await listed.settle();
    for (const { operation, status } of FAILURES) {
      // The token is kept for an hour; an old one is asked for anew.
      listed.shop.clock.advance(3 * 3_600_000);
      listed.amazon.before = (asked) => (asked === operation ? status : undefined);
      await listed.office.setPrice(BOARD.id, `${listed.amazon.feeds.length + 20}.000000`);
      await listed.send([BOARD.id]).catch((error: unknown) => errors.push(error));
      listed.shop.clock.advance(60_000);
      await listed.shop.program.poller.pollDue().catch((error: unknown) => errors.push(error));
      listed.amazon.before = () => undefined;
      listed.amazon.answer = acceptAll;
    }
  });
  afterAll(async () => {
    await listed?.close();
    await database?.drop();
  });

  const expectNone = (where: string, text: string) => {
    for (const [name, secret] of Object.entries(SECRETS))
      expect([where, name, text.includes(secret)]).toEqual([where, name, false]);
  };

  it('in what was thrown, also not in its causes', () => {
    expect(errors.length).toBeGreaterThanOrEqual(2);
    for (const error of errors) {
      expectNone('an error', inspect(error, { depth: 20, showHidden: true }));
      expectNone('its JSON', JSON.stringify(error));
    }
  });

  it('in any table', async () => {
    const tables = await dumpTables(listed.shop.program.db);
    expect(tables.journal?.length).toBeGreaterThan(3);
    expect(tables.feed?.some((row) => row.includes('"status":"failed"'))).toBe(true);
    for (const [table, rows] of Object.entries(tables)) expectNone(`the table ${table}`, rows.join('\n'));
  });

  it('in any log line, the finest included', () => {
    expect(listed.shop.logLines.length).toBeGreaterThan(10);
    expectNone('the log', listed.shop.logLines.join('\n'));
  });

  it('in any file of the data folder', () => {
    const { folder } = listed.shop;
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    expect(files.length).toBeGreaterThan(10);
    for (const file of files) {
      const bytes = readFileSync(join(file.parentPath, file.name));
      expectNone(file.name, (file.name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1'));
    }
  });

  it('in what the services show of the account, its runs and its feeds', async () => {
    const { accounts, export: exports, feeds, journal, settings } = listed.shop.program;
    const shown = [
      await accounts.list(),
      await exports.list({ limit: 100 }),
      await feeds.list({ limit: 100 }),
      await journal.list({ limit: 100 }),
      await settings.list({ kind: 'account', accountId: listed.account.id }),
    ];
    expectNone('what is shown', JSON.stringify(shown));
  });
});
