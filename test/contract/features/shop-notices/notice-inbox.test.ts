import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createSealer } from '../../../../src/core/sealed-text.js';
import { HookKeyService } from '../../../../src/features/shop-notices/hook-key-service.js';
import { NoticeInbox } from '../../../../src/features/shop-notices/notice-inbox.js';
import { Audit } from '../../../../src/features/users/audit.js';
import { HandClock } from '../../../support/hand-clock.js';
import { type SignedNotice, signedNotice } from '../../../support/signed-notice.js';
import { describeEachDatabase, type TestDatabase } from '../../../support/test-databases.js';

describeEachDatabase('The inbox of notices', (_name, open) => {
  let database: TestDatabase;
  let clock: HandClock;
  let hookKeys: HookKeyService;
  let inbox: NoticeInbox;
  let key: { keyId: string; secret: string };
  beforeAll(async () => {
    database = await open();
    clock = new HandClock();
    const { db } = database;
    hookKeys = new HookKeyService(db, {
      clock,
      audit: new Audit(db, clock),
      sealer: createSealer([randomBytes(32)]),
    });
    inbox = new NoticeInbox(db, { clock, hookKeys });
    key = await hookKeys.create('shop', 'test');
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    await database.db('shop_notice').delete();
  });

  const notice = (products: readonly number[], fields: object = {}) =>
    signedNotice({ ...key, nowMs: clock.nowMs() }, products, fields);
  const receive = ({ head, body }: SignedNotice) => inbox.receive(head, body);
  const waiting = async () => (await inbox.waiting()).map(({ products }) => products.map((one) => one.productId));

  it('keeps a batch until it is worked on', async () => {
    await receive(notice([7, 8, 7]));
    await receive(notice([9]));
    expect(await waiting()).toEqual([[7, 8], [9]]);
    const all = await inbox.waiting();
    expect(await inbox.end(all)).toBe(2);
    expect(await waiting()).toEqual([]);
    expect(await inbox.end(all)).toBe(0);
  });

  it('takes the very same batch again without a second effect, also by another process and once it is done', async () => {
    const batch = notice([7]);
    const first = await receive(batch);
    const other = new NoticeInbox(database.db, { clock, hookKeys });
    expect(await other.receive(batch.head, batch.body)).toEqual(first);
    expect(await waiting()).toEqual([[7]]);
    await inbox.end(await inbox.waiting());
    clock.advance(3_600_000);
    const { nonce } = JSON.parse(batch.body.toString('utf8'));
    const later = signedNotice({ ...key, nowMs: clock.nowMs() }, [], JSON.parse(batch.body.toString('utf8')));
    expect(await receive(later)).toMatchObject({ nonce });
    expect(await waiting()).toEqual([]);
  });

  it('refuses another batch with a nonce that was used, and takes it of another key', async () => {
    const nonce = 'a'.repeat(24);
    await receive(notice([7], { nonce }));
    await expect(receive(notice([8], { nonce }))).rejects.toThrow(`The nonce ${nonce} belongs to another batch`);
    const second = await hookKeys.create('second', 'test');
    await receive(signedNotice({ ...second, nowMs: clock.nowMs() }, [9], { nonce }));
    expect(await waiting()).toEqual([[7], [9]]);
  });

  it.each([-301_000, 301_000])(
    'refuses a batch that was signed %i ms from now, and says by how much',
    async (skewMs) => {
      const late = signedNotice({ ...key, nowMs: clock.nowMs() + skewMs }, [7]);
      await expect(receive(late)).rejects.toThrow(/at most 300 seconds from now, got one 301 seconds (ago|ahead)/);
      await receive(signedNotice({ ...key, nowMs: clock.nowMs() + Math.sign(skewMs) * 299_000 }, [7]));
      expect(await waiting()).toEqual([[7]]);
    },
  );

  it('says the same of an unknown key and of a wrong signature', async () => {
    const batch = notice([7]);
    const reasons = await Promise.all(
      [
        { ...batch.head, keyId: 'fbhk_0000000000000000' },
        { ...batch.head, signature: '0'.repeat(64) },
      ].map((head) => inbox.receive(head, batch.body).catch((error: Error) => error.message)),
    );
    expect(new Set(reasons).size).toBe(1);
    expect(reasons[0]).toContain('not that of a known key');
    expect(await waiting()).toEqual([]);
  });

  it('takes both keys while one is put in the place of the other, and none that was removed', async () => {
    const next = await hookKeys.create('next', 'anna');
    await receive(signedNotice({ ...next, nowMs: clock.nowMs() }, [1]));
    await receive(notice([2]));
    await hookKeys.remove('next', 'anna');
    await expect(receive(signedNotice({ ...next, nowMs: clock.nowMs() }, [3]))).rejects.toThrow('not that of a known');
    expect(await waiting()).toEqual([[1], [2]]);
    await expect(hookKeys.remove('next', 'anna')).rejects.toThrow('Expected a hook key (second, shop), got "next"');
    const entries = await new Audit(database.db, clock).list({ actor: 'anna', limit: 9 });
    expect(entries.map((entry) => `${entry.action} ${entry.subject}`)).toEqual([
      'hook-key-remove next',
      'hook-key-create next',
    ]);
  });

  it('keeps no secret that could be read: not in its table, not in the audit, not in the list', async () => {
    const stored = JSON.stringify([await database.db('hook_key'), await database.db('audit'), await hookKeys.list()]);
    expect(stored).not.toContain(key.secret);
    expect(stored).toContain(key.keyId);
  });

  it('forgets a nonce a day after its batch was done', async () => {
    await receive(notice([7]));
    await inbox.end(await inbox.waiting());
    clock.advance(24 * 3_600_000 - 1);
    await inbox.tidy();
    expect(await database.db('shop_notice')).toHaveLength(1);
    clock.advance(2);
    await inbox.tidy();
    expect(await database.db('shop_notice')).toHaveLength(0);
  });
});
