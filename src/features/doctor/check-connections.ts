import type { AmazonAccount } from '../../amazon/amazon-account.js';
import type { Clock } from '../../core/clock.js';
import { defineError } from '../../core/errors.js';
import type { Shop } from '../../shop/catalogue.js';
import type { ShopOutbox } from '../../shop/shop-outbox.js';
import type { Account } from '../accounts/account.js';
import type { AccountService } from '../accounts/account-service.js';
import { testAuthorization } from '../accounts/authorization-test.js';
import type { DiskState, DiskWatch } from '../reports/disk-watch.js';
import { type Check, check, skipped } from './check.js';
import { checkTriggers } from './check-triggers.js';

/** What is connected: the disk, the shop, our own local Amazon, and the accounts. */
export interface Connections {
  readonly disk: Pick<DiskWatch, 'shortage'>;
  readonly shop: Shop;
  /** Null for a shop that is not reached by its database. */
  readonly outbox: ShopOutbox | null;
  readonly clock: Clock;
  readonly accounts: AccountService;
  readonly simulator: { start(): Promise<{ readonly url: string; readonly own: boolean }> };
  readonly open: (account: Account) => Promise<AmazonAccount>;
}

const DiskNearlyFull = defineError<DiskState>(
  'DISK_NEARLY_FULL',
  507,
  ({ freeMib, neededMib }) =>
    `Expected ${neededMib} MiB of free space for the data folder, got ${freeMib} MiB: less is archived, and sending goes on. Free some, or let FEEDBRIDGE_DATA name another place.`,
);

const AccountRefused = defineError<{ finding: string }>('ACCOUNT_REFUSED', 502, ({ finding }) => finding);

/** Looks at everything that the program is connected with, one after the other. */
export async function* checkConnections(connections: Connections): AsyncGenerator<Check> {
  yield await checkDisk(connections.disk);
  const shop = await checkShop(connections.shop);
  yield shop;
  const { outbox, clock } = connections;
  if (shop.status === 'ok') yield* await checkTriggers(outbox, clock);
  else if (outbox !== null) yield skipped('triggers');
  const accounts = await connections.accounts.list();
  if (accounts.some((account) => account.simulator)) yield await checkSimulator(connections.simulator);
  if (accounts.length === 0) {
    const finding = 'There is none. Run "feedbridge setup" for the simulated Amazon, or "feedbridge account add".';
    yield { name: 'accounts', status: 'failed', finding };
  }
  for (const account of accounts) yield await checkAccount(account, connections);
}

/** Whether there is room for documents and logs. */
function checkDisk(disk: Connections['disk']): Promise<Check> {
  return check('disk', 'Check the data folder.', async () => {
    const shortage = await disk.shortage();
    if (shortage !== null) throw new DiskNearlyFull(shortage);
    return 'There is room for documents and logs.';
  });
}

function checkShop(shop: Shop): Promise<Check> {
  return check('shop', 'Check FEEDBRIDGE_SHOP.', async () => {
    await shop.check();
    const found: string[] = [];
    for (const shopId of shop.shopIds) {
      const catalogue = shop.catalogue(shopId);
      const products = await catalogue.countProducts({ kind: 'all' });
      found.push(`${(await catalogue.context()).name} (shop ${shopId}, ${products.toLocaleString('en')} products)`);
    }
    return [`${found.join(', ')} can be read.`, shop.caution ?? ''].join(' ').trim();
  });
}

function checkSimulator(simulator: Connections['simulator']): Promise<Check> {
  return check('simulator', 'Stop the process that holds it, and try again.', async () => {
    const { url, own } = await simulator.start();
    return own ? 'The simulated Amazon starts.' : `The simulated Amazon of another process answers at ${url}.`;
  });
}

function checkAccount(account: Account, { accounts, open, clock }: Connections): Promise<Check> {
  return check(`account ${account.name}`, 'Check the account with "feedbridge account test".', async () => {
    const { accepted, finding } = await testAuthorization(account, await accounts.marketplaces(account.id), {
      open,
      clock,
    });
    if (!accepted) throw new AccountRefused({ finding });
    return finding;
  });
}
