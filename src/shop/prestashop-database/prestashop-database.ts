import type { Knex } from 'knex';
import type { Catalogue, Shop } from '../catalogue.js';
import { checkShopTables } from './check-shop-tables.js';
import { PrestashopCatalogue } from './prestashop-catalogue.js';
import type { ReadTransaction } from './read-transaction.js';
import type { ShopColumns } from './shop-columns.js';
import { InvalidShopUrl, ShopContextUnknown } from './shop-errors.js';
import { readShopGround } from './shop-ground.js';
import { readShopSurvey } from './shop-survey.js';
import { namedWith } from './shop-tables.js';
import { tablePrefix } from './shop-url.js';
import { lacksColumn, translateShopError } from './translate-shop-error.js';

export interface PrestashopDatabaseOptions {
  /**
   * From `connectShop`, or SQLite with the same tables and decimals as text; closed with the shop. Its sessions are at
   * repeatable read: setting the level anew in each transaction would cost a round trip a batch.
   */
  readonly knex: Knex;
  /** Of the tables, for example `ps_`. */
  readonly prefix: string;
  /** The contexts that may be read, at least one. */
  readonly shopIds: readonly number[];
  /** The database in words for error messages, without user or password. */
  readonly where: string;
}

/** A shop whose tables can be read for other purposes than its catalogue, too. */
export interface PrestashopDatabase extends Shop {
  /** Reads in one transaction, whose errors tell people what to do. */
  readonly read: ReadTransaction;
}

/**
 * Opens the shop in a PrestaShop database, from 1.6.1 on. The first reading looks at its columns first, so that what is missing is named;
 * nothing is ever written.
 *
 * @throws InvalidShopUrl when the prefix is none
 */
export function openPrestashopDatabase(options: PrestashopDatabaseOptions): PrestashopDatabase {
  const { knex, shopIds } = options;
  const prefix = tablePrefix.safeParse(options.prefix);
  if (!prefix.success) throw new InvalidShopUrl({ reason: 'prefix may hold only letters, digits and _' });
  const table = namedWith(prefix.data);
  let looked: Promise<ShopColumns> | null = null;
  const lookOnce = async () => {
    looked ??= checkShopTables(knex, prefix.data);
    try {
      return await looked;
    } catch (error) {
      looked = null;
      throw error;
    }
  };
  const transaction: ReadTransaction = async (read) => {
    try {
      const columns = await lookOnce();
      return await knex.transaction((trx) => read({ db: trx, table, columns }));
    } catch (error) {
      // The shop was upgraded meanwhile: the next reading looks again, and names what is missing.
      if (lacksColumn(error)) looked = null;
      throw translateShopError(error, options.where);
    }
  };
  return {
    shopIds,
    read: transaction,
    catalogue: (shopId) => catalogueOf(shopId, shopIds, transaction),
    check: () => {
      looked = null;
      return transaction(async (reading) => {
        for (const shopId of shopIds) await readShopGround(reading, shopId);
      });
    },
    survey: () => {
      looked = null;
      return transaction((reading) => readShopSurvey(reading, { shopIds, prefix: prefix.data, where: options.where }));
    },
    close: () => knex.destroy(),
  };
}

function catalogueOf(shopId: number, known: readonly number[], transaction: ReadTransaction): Catalogue {
  if (!known.includes(shopId)) throw new ShopContextUnknown({ shopId, known });
  return new PrestashopCatalogue(shopId, transaction);
}
