import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createSealer } from '../../../../src/core/sealed-text.js';
import type { Db } from '../../../../src/db/open-database.js';
import { AccountService } from '../../../../src/features/accounts/account-service.js';
import type { OptionSubject } from '../../../../src/features/offers/product-option.js';
import { ProductOptionService } from '../../../../src/features/offers/product-option-service.js';
import { ChangeMarks } from '../../../../src/features/queue/change-marks.js';
import { QueueService } from '../../../../src/features/queue/queue-service.js';
import { Audit } from '../../../../src/features/users/audit.js';
import { HandClock } from '../../../support/hand-clock.js';
import { offerMarksOn } from '../../../support/offer-marks.js';
import { describeEachDatabase, type TestDatabase } from '../../../support/test-databases.js';

const shop = { shopId: 1, name: 'Shop', timeZone: 'Europe/Paris', currencies: [{ iso: 'EUR', decimals: 2 }] };

describeEachDatabase('A change', (_name, open) => {
  let database: TestDatabase;
  let queue: QueueService;
  let marks: ChangeMarks;
  let options: ProductOptionService;
  /** By "account/country". */
  const ids = new Map<string, number>();
  beforeAll(async () => {
    database = await open();
    const { db } = database;
    const clock = new HandClock();
    const accounts = new AccountService(db, {
      clock,
      audit: new Audit(db, clock),
      sealer: createSealer([randomBytes(32)]),
      marks: offerMarksOn(db),
    });
    for (const [name, shopId] of [
      ['first', 1],
      ['second', 1],
      ['other-shop', 2],
    ] as const)
      await accounts.add(
        {
          name,
          region: 'EU',
          shop: { ...shop, shopId },
          sellerId: `SELLER${name.length}`,
          baseUrl: 'simulator',
          clientId: 'c',
          clientSecret: 's',
          refreshToken: 'r',
          marketplaces: ['FR', 'DE', 'UK'],
        },
        'test',
      );
    for (const one of await accounts.marketplaces()) ids.set(`${one.accountName}/${one.country}`, one.id);
    queue = new QueueService(db, clock);
    marks = new ChangeMarks(accounts, queue);
    const onChange = (subject: OptionSubject, trx: Db) => marks.optionChanged(subject, trx);
    options = new ProductOptionService({ db, clock, audit: new Audit(db, clock), onChange });
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    await database.db('queue').delete();
  });

  const marked = async () => {
    const rows = await queue.list({ marketplaceIds: [...ids.values()], afterId: 0, limit: 100 });
    const nameOf = new Map([...ids].map(([name, id]) => [id, name]));
    return rows.map((row) => `${nameOf.get(row.marketplaceId)} ${row.productId} ${row.action} ${row.reason}`).sort();
  };
  const active = ['first/DE', 'first/FR', 'second/DE', 'second/FR'];

  it('marks every active marketplace that sells the shop, and no other', async () => {
    expect(await marks.mark({ shopId: 1, productIds: [7], action: 'update' }, 'cli')).toBe(4);
    expect(await marked()).toEqual(active.map((name) => `${name} 7 update cli`));
  });

  it('marks only the marketplaces that are named', async () => {
    const marketplaceIds = [ids.get('second/DE') ?? 0];
    await marks.mark({ shopId: 1, productIds: [7, 8], action: 'create', marketplaceIds }, 'api');
    expect(await marked()).toEqual(['second/DE 7 create api', 'second/DE 8 create api']);
  });

  it('of a product option marks the product where the option holds', async () => {
    const subject = { shopId: 1, productId: 9, combinationId: 3, marketplaceId: 0 };
    await options.set(subject, { name: 'title', text: 'Mug' }, 'anna');
    expect(await marked()).toEqual(active.map((name) => `${name} 9 update option`));
    await database.db('queue').delete();
    await options.set(
      { ...subject, marketplaceId: ids.get('first/FR') ?? 0 },
      { name: 'title', text: 'Tasse' },
      'anna',
    );
    expect(await marked()).toEqual(['first/FR 9 update option']);
  });

  it('of a product option for a marketplace that is switched off marks nothing', async () => {
    const subject = { shopId: 1, productId: 9, combinationId: 0, marketplaceId: ids.get('first/UK') ?? 0 };
    await options.set(subject, { name: 'title', text: 'Mug' }, 'anna');
    expect(await marked()).toEqual([]);
  });

  it('of a shop that nobody sells marks nothing', async () => {
    expect(await marks.mark({ shopId: 5, productIds: [7], action: 'update' }, 'cli')).toBe(0);
  });
});
