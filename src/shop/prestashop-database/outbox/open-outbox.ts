import { readRows } from '../../../db/read-rows.js';
import type { ShopOutbox, TriggerSurvey } from '../../shop-outbox.js';
import { describeShopAddress } from '../connect-shop.js';
import { textOf } from '../read-cell.js';
import type { ShopAddress } from '../shop-url.js';
import { translateShopError } from '../translate-shop-error.js';
import { connectOutbox } from './connect-outbox.js';
import { OutboxStore } from './outbox-store.js';
import { OUTBOX } from './outbox-table.js';
import { readTriggers, readTriggerTarget } from './trigger-reader.js';
import { installStatements, uninstallStatements } from './trigger-statements.js';

/** Opens the outbox of a PrestaShop database, which need not be there; nothing is connected before it is asked for something. */
export function openOutbox(address: ShopAddress): ShopOutbox {
  const { prefix, database } = address;
  const db = connectOutbox(address);
  const store = new OutboxStore(db, prefix);
  const where = describeShopAddress(address);
  const translated = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw translateShopError(error, where);
    }
  };
  const grant = async () => {
    const [row] = await readRows(db, 'SELECT CURRENT_USER() AS login');
    const login = textOf(row?.[0]).replace(/^(.*)@(.*)$/, "'$1'@'$2'");
    return `GRANT SELECT, DELETE ON \`${database}\`.\`${prefix}${OUTBOX}\` TO ${login}`;
  };
  const survey = async (): Promise<TriggerSurvey> => {
    const state = await store.state();
    const { own, missing, foreign } = await readTriggers(db, prefix);
    const oldestMs = state === 'absent' ? null : await store.oldestMs();
    return { state, oldestMs, triggers: own, missing, foreign };
  };
  return {
    state: () => translated(() => store.state()),
    page: (after) => translated(() => store.page(after)),
    remove: (rows) => translated(() => store.remove(rows)),
    survey: () => translated(survey),
    installation: () =>
      translated(async () => {
        const target = await readTriggerTarget(db, prefix);
        return { statements: installStatements(target), grant: await grant() };
      }),
    removal: () => ({ statements: uninstallStatements(prefix), grant: null }),
    close: () => db.destroy(),
  };
}
