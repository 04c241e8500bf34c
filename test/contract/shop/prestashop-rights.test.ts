import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import mysql, { type Connection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../../../src/core/project-root.js';
import type { Catalogue, Shop } from '../../../src/shop/catalogue.js';
import { openShop } from '../../../src/shop/open-shop.js';
import { SHOP_TABLES } from '../../../src/shop/prestashop-database/shop-tables.js';
import {
  type DatabaseUser,
  everyTableOf,
  makeDatabaseUser,
  removeDatabaseUser,
  whyNoDatabaseUsers,
} from '../../support/database-users.js';
import { loadPrestashopDump, type PrestashopDatabase } from '../../support/prestashop-database.js';
import { itemsOf, PLAIN_QUERY } from '../../support/prestashop-items.js';

const reason = await whyNoDatabaseUsers();

async function all<T>(iterable: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const one of iterable) found.push(one);
  return found;
}

async function stretchesOf(catalogue: Catalogue) {
  const stretches = await all(catalogue.stockStretches());
  return Promise.all(stretches.map(async ({ digest, products }) => ({ digest, products: await products() })));
}

/** The tables that the document grants, and no other right. */
function grantedTables(): readonly string[] {
  const text = readFileSync(join(projectRoot(), 'docs', 'shop', 'database.md'), 'utf8');
  const grants = text.match(/^GRANT .*$/gm) ?? [];
  return grants.map((line) => /^GRANT SELECT ON `shop`\.`ps_(\w+)` TO 'feedbridge'@'[\d.]+';$/.exec(line)?.[1] ?? line);
}

it('The rights that the document gives are to read exactly the tables that are read', () => {
  expect(grantedTables()).toEqual(Object.keys(SHOP_TABLES).toSorted());
});

describe.skipIf(reason !== null)(`a login with the least rights (${reason ?? 'real'})`, () => {
  let database: PrestashopDatabase;
  let root: Connection;
  let login: DatabaseUser;
  let shop: Shop;
  let other: Shop;
  const grant = (rights: string, on: string) => root.query(`GRANT ${rights} ON ${on} TO '${login.user}'@'%'`);
  const table = (name: string) => `\`${database.name}\`.\`ps_${name}\``;

  beforeAll(async () => {
    database = await loadPrestashopDump('prestashop-8.2.1-multistore');
    root = await mysql.createConnection({ ...database.connection });
    login = await makeDatabaseUser(root);
    for (const name of grantedTables()) await grant('SELECT', table(name));
    const url = new URL(`${database.url},3`);
    other = openShop(url.href);
    [url.username, url.password] = [login.user, login.password];
    shop = openShop(url.href);
  });
  afterAll(async () => {
    await shop?.close();
    await other?.close();
    if (login) await removeDatabaseUser(root, login);
    await root?.end();
    await database?.drop();
  });

  it('reads everything there is to read, as one that may do everything', async () => {
    const query = { ...PLAIN_QUERY, textLanguages: ['fr', 'de'], withImages: true };
    for (const shopId of [1, 3]) {
      const [catalogue, expected] = [shop.catalogue(shopId), other.catalogue(shopId)];
      expect(await itemsOf(catalogue, query)).toEqual(await itemsOf(expected, query));
      for (const field of ['reference', 'supplier-reference', 'ean13'] as const)
        expect(await catalogue.holdersOf(field, ['demo_1', '5012345000022'])).toEqual(
          await expected.holdersOf(field, ['demo_1', '5012345000022']),
        );
      expect(await catalogue.nextPriceChangeMs(0)).toEqual(await expected.nextPriceChangeMs(0));
      expect(await all(catalogue.repricedBetween(0, PLAIN_QUERY.atMs))).toEqual(
        await all(expected.repricedBetween(0, PLAIN_QUERY.atMs)),
      );
      expect(await stretchesOf(catalogue)).toEqual(await stretchesOf(expected));
    }
  });

  it('is said to do no more than read', async () => {
    expect((await shop.survey()).rights).toEqual({ excess: [], notes: [] });
    const { excess } = (await other.survey()).rights;
    expect(excess).toContainEqual(expect.stringMatching(/ALL PRIVILEGES.* on every (database|table of the database)/));
  });

  it('is warned of what was given beyond that, at the level where it was given; never of the outbox', async () => {
    await root.query(`CREATE TABLE ${table('feedbridge_outbox')} (id INT PRIMARY KEY)`);
    await grant('SELECT, DELETE', table('feedbridge_outbox'));
    expect((await shop.survey()).rights.excess).toEqual([]);
    await grant('UPDATE, DELETE', table('stock_available'));
    await grant('SELECT, INSERT (`name`)', table('tag'));
    expect((await shop.survey()).rights.excess.toSorted()).toEqual([
      'It may INSERT on the table ps_tag.',
      'It may UPDATE, DELETE on the table ps_stock_available.',
    ]);
    await grant('SELECT, CREATE TEMPORARY TABLES', everyTableOf(database.name));
    expect((await shop.survey()).rights.excess).toContain(
      'It may CREATE TEMPORARY TABLES on every table of the database.',
    );
  });

  it('that lacks a table is told which', async () => {
    await root.query(`REVOKE SELECT ON ${everyTableOf(database.name)} FROM '${login.user}'@'%'`);
    await root.query(`REVOKE SELECT ON ${table('pack')} FROM '${login.user}'@'%'`);
    await expect(shop.survey()).rejects.toThrow(/no table ps_pack that we may read. Give the user SELECT on it/);
  });
});
