import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openShop } from '../../../src/shop/open-shop.js';
import {
  loadPrestashopDump,
  type PrestashopDatabase,
  whyNoPrestashopDatabase,
} from '../../support/prestashop-database.js';
import { itemsOf, PLAIN_QUERY } from '../../support/prestashop-items.js';
import { type ShopReader, shopReader } from '../../support/shop-reader.js';

const reason = whyNoPrestashopDatabase();

describe.skipIf(reason !== null)(`a PrestaShop database that cannot be read (${reason ?? 'real'})`, () => {
  let database: PrestashopDatabase;
  let reader: ShopReader;

  beforeAll(async () => {
    database = await loadPrestashopDump('prestashop-8.2.1');
    reader = await shopReader(database);
  });
  afterAll(async () => {
    await reader?.remove();
    await database?.drop();
  });

  const check = async (change: (url: URL) => void): Promise<string> => {
    const url = new URL(database.url);
    url.username = reader.user;
    url.password = encodeURIComponent(reader.password);
    change(url);
    const shop = openShop(url.href);
    try {
      await shop.check();
      return 'readable';
    } catch (error) {
      return String(error);
    } finally {
      await shop.close();
    }
  };

  it('is read by an account that may only read', async () => {
    expect(await check(() => undefined)).toBe('readable');
    const url = new URL(database.url);
    url.username = reader.user;
    url.password = encodeURIComponent(reader.password);
    const shop = openShop(url.href);
    expect(await itemsOf(shop.catalogue(1), PLAIN_QUERY)).toHaveLength(48);
    await shop.close();
  });

  it('says which prefix would be right', async () => {
    const message = await check((url) => url.searchParams.set('prefix', 'shop_'));
    expect(message).toBe(
      'SHOP_PREFIX_WRONG: Expected PrestaShop tables that begin with "shop_", found none. Set prefix=ps_ in FEEDBRIDGE_SHOP.',
    );
  });

  it('says which shops there are', async () => {
    const message = await check((url) => url.searchParams.set('shop', '7'));
    expect(message).toBe(
      "SHOP_CONTEXT_UNKNOWN: The shop's database has no shop 7; it has 1. Correct shop= in FEEDBRIDGE_SHOP.",
    );
  });

  it('says where the login was refused, without the password', async () => {
    const message = await check((url) => {
      url.password = 'secret-nobody-may-see-wrong';
    });
    expect(message).toMatch(
      /^SHOP_LOGIN_REFUSED: The shop's database \S+ at \S+ refused the login\. Check user and password/,
    );
    expect(message).not.toContain('secret-nobody-may-see');
  });

  it('says that the account may not read this database', async () => {
    const message = await check((url) => {
      url.pathname = '/mysql';
    });
    expect(message).toMatch(/^SHOP_LOGIN_REFUSED: .*may .*read the database/);
  });

  it('says which host and port do not answer', async () => {
    const port = await closedPort();
    const message = await check((url) => {
      url.hostname = '127.0.0.1';
      url.port = String(port);
    });
    expect(message).toMatch(
      /^SHOP_UNREACHABLE: .* at 127\.0\.0\.1:\d+ to answer, got ECONNREFUSED\. Check host and port/,
    );
  });

  it('says so as well when nobody checked before reading', async () => {
    const shop = openShop(database.url.replace('prefix=ps_', 'prefix=shop_'));
    await expect(itemsOf(shop.catalogue(1), PLAIN_QUERY)).rejects.toThrow('Set prefix=ps_ in FEEDBRIDGE_SHOP');
    await shop.close();
  });

  it('says which setting of the shop is broken or missing', async () => {
    const timeZone = database.knex('ps_configuration').where({ name: 'PS_TIMEZONE' });
    await timeZone.clone().update({ value: 'Mars/Olympus' });
    expect(await check(() => undefined)).toMatch(/^UNKNOWN_TIME_ZONE: .* got "Mars\/Olympus"/);
    await timeZone.clone().update({ value: '' });
    expect(await check(() => undefined)).toBe(
      "SHOP_SETTING_MISSING: Shop 1 has no time zone (PS_TIMEZONE). Save it once in the shop's back office.",
    );
    await timeZone.clone().update({ value: 'Europe/Paris' });
  });

  it('says which column and which table are missing', async () => {
    await database.knex.raw('ALTER TABLE ps_product DROP COLUMN upc');
    expect(await check(() => undefined)).toMatch(/^SHOP_COLUMN_MISSING: The shop's table ps_product has no column upc/);
    await database.knex.raw('DROP TABLE ps_pack');
    expect(await check(() => undefined)).toMatch(/^SHOP_TABLE_MISSING: The shop's database has no table ps_pack/);
  });
});

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return address !== null && typeof address === 'object' ? address.port : 0;
}
