import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSealer } from '../../../../src/core/sealed-text.js';
import { AccountService } from '../../../../src/features/accounts/account-service.js';
import type { NewAccount } from '../../../../src/features/accounts/new-account.js';
import { Audit } from '../../../../src/features/users/audit.js';
import { offerMarksOn } from '../../../support/offer-marks.js';
import { describeEachDatabase, type TestDatabase } from '../../../support/test-databases.js';

const demo: NewAccount = {
  name: 'Demo',
  region: 'EU',
  shop: { shopId: 2, name: 'Demo shop', timeZone: 'Europe/Paris', currencies: [{ iso: 'EUR', decimals: 2 }] },
  sellerId: 'A2SELLER',
  baseUrl: 'simulator',
  clientId: 'amzn1.application-oa2-client.demo',
  clientSecret: 'the-client-secret',
  refreshToken: 'Atzr|the-refresh-token',
  marketplaces: ['UK', 'FR'],
};

describeEachDatabase('An account', (_name, open) => {
  let database: TestDatabase;
  let audit: Audit;
  let accounts: AccountService;
  let demoId = 0;
  beforeAll(async () => {
    database = await open();
    const clock = { nowMs: () => 7_000 };
    audit = new Audit(database.db, clock);
    accounts = new AccountService(database.db, {
      clock,
      audit,
      sealer: createSealer([randomBytes(32)]),
      marks: offerMarksOn(database.db),
    });
    demoId = (await accounts.add(demo, 'setup')).id;
  });
  afterAll(() => database.drop());

  it('is kept with everything but its secrets in the open', async () => {
    expect(await accounts.byName('Demo')).toEqual({
      id: demoId,
      name: 'Demo',
      region: 'EU',
      shopId: 2,
      sellerId: 'A2SELLER',
      baseUrl: 'simulator',
      tokenUrl: 'simulator',
      feedFormat: 'xml',
      state: 'active',
      listingsReadAtMs: null,
      firstReleasedAtMs: null,
      simulator: true,
    });
    const stored = JSON.stringify([await database.db('account'), await database.db('audit')]);
    expect(stored).not.toMatch(/the-client-secret|the-refresh-token/);
  });

  it('gives its secrets back opened', async () => {
    expect(await accounts.credentials(demoId)).toEqual({
      clientId: 'amzn1.application-oa2-client.demo',
      clientSecret: 'the-client-secret',
      refreshToken: 'Atzr|the-refresh-token',
    });
  });

  it('has its marketplaces, off with a reason where the shop lacks the currency', async () => {
    expect(await accounts.marketplaces(demoId)).toMatchObject([
      { accountName: 'Demo', shopId: 2, country: 'FR', amazonId: 'A13V1IB3VIYZZH', currency: 'EUR', active: true },
      { country: 'UK', currency: 'GBP', active: false, inactiveReason: expect.stringContaining('no currency GBP') },
    ]);
  });

  it('remembers its shop context and follows its name', async () => {
    await accounts.rememberShop({ shopId: 2, name: 'Renamed', timeZone: 'Europe/Paris' });
    expect(await database.db('shop').select('id', 'name', 'time_zone')).toEqual([
      { id: 2, name: 'Renamed', time_zone: 'Europe/Paris' },
    ]);
  });

  it('is in the audit', async () => {
    expect(await audit.list({ action: 'account-add', limit: 5 })).toMatchObject([
      { actor: 'setup', subject: 'Demo', details: { region: 'EU', baseUrl: 'simulator' } },
    ]);
  });

  it('cannot be added twice, and a second try leaves nothing behind', async () => {
    await expect(accounts.add(demo, 'cli')).rejects.toMatchObject({ code: 'ACCOUNT_NAME_TAKEN', status: 409 });
    expect(await accounts.list()).toHaveLength(1);
    expect(await accounts.marketplaces()).toHaveLength(2);
  });

  it('is found by name, and a wrong name is told the right ones', async () => {
    expect(await accounts.findByName('demo')).toBeNull();
    await expect(accounts.byName('demo')).rejects.toMatchObject({
      code: 'ACCOUNT_UNKNOWN',
      status: 400,
      message: expect.stringContaining('(Demo), got "demo"'),
    });
    await expect(accounts.credentials(999)).rejects.toMatchObject({ code: 'ACCOUNT_UNKNOWN' });
  });

  it('is no longer active when its authorization is lost', async () => {
    await accounts.setState(demoId, 'needs-authorization', 'anna');
    expect((await accounts.byName('Demo')).state).toBe('needs-authorization');
    await accounts.setState(demoId, 'active', 'anna');
    await expect(accounts.setState(999, 'active', 'anna')).rejects.toMatchObject({ code: 'ACCOUNT_UNKNOWN' });
  });

  it('remembers when its listings were read', async () => {
    await accounts.markListingsRead(demoId, 1_795_000_000_123);
    expect((await accounts.byId(demoId)).listingsReadAtMs).toBe(1_795_000_000_123);
    await expect(accounts.markListingsRead(999, 1)).rejects.toMatchObject({ code: 'ACCOUNT_UNKNOWN' });
  });

  it('may switch a marketplace on and off', async () => {
    const uk = await accounts.findMarketplace('UK');
    await accounts.setActive(uk.id, { active: true, reason: 'not shown' }, 'anna');
    expect(await accounts.findMarketplace('UK')).toMatchObject({ active: true, inactiveReason: '' });
    await accounts.setActive(uk.id, { active: false, reason: 'Switched off by anna.' }, 'anna');
    expect(await accounts.findMarketplace('UK')).toMatchObject({
      active: false,
      inactiveReason: 'Switched off by anna.',
    });
    await expect(accounts.setActive(999, { active: true, reason: '' }, 'anna')).rejects.toMatchObject({
      code: 'MARKETPLACE_UNKNOWN',
    });
  });

  it('shares a country with another only as long as people say which they mean', async () => {
    const second = { ...demo, name: 'Second', marketplaces: ['FR', 'IT'] };
    await accounts.add(second, 'cli');
    expect(await accounts.findMarketplace('it')).toMatchObject({ accountName: 'Second', country: 'IT' });
    expect(await accounts.findMarketplace('Second/fr')).toMatchObject({ accountName: 'Second', country: 'FR' });
    expect(await accounts.findMarketplace('Demo/GB')).toMatchObject({ accountName: 'Demo', country: 'UK' });
    await expect(accounts.findMarketplace('FR')).rejects.toMatchObject({
      code: 'MARKETPLACE_AMBIGUOUS',
      status: 400,
      retryable: false,
      message: expect.stringContaining('Demo/FR, Second/FR'),
    });
    for (const text of ['US', 'Demo/IT', 'demo/FR', '', '/'])
      await expect(accounts.findMarketplace(text)).rejects.toMatchObject({
        code: 'MARKETPLACE_UNKNOWN',
        status: 400,
        message: expect.stringContaining('Demo/FR, Demo/UK, Second/FR, Second/IT'),
      });
  });

  it('can be added inside a transaction that is given up', async () => {
    const failing = database.db.transaction(async (transaction) => {
      await accounts.on(transaction).add({ ...demo, name: 'Third' }, 'cli');
      throw new Error('given up');
    });
    await expect(failing).rejects.toThrow('given up');
    expect(await accounts.findByName('Third')).toBeNull();
  });
});
