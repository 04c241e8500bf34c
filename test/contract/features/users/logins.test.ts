import * as argon2 from '@node-rs/argon2';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Audit } from '../../../../src/features/users/audit.js';
import { hasCsrfToken, SessionService } from '../../../../src/features/users/session-service.js';
import { hashToken } from '../../../../src/features/users/token-hash.js';
import { UserService } from '../../../../src/features/users/user-service.js';
import { describeEachDatabase, type TestDatabase } from '../../../support/test-databases.js';

vi.mock('@node-rs/argon2', { spy: true });

const PASSWORD = 'correct horse battery';
const HOUR_MS = 3_600_000;

describeEachDatabase('A login', (_name, open) => {
  let database: TestDatabase;
  let users: UserService;
  let sessions: SessionService;
  let audit: Audit;
  let nowMs = 1_000_000;
  beforeAll(async () => {
    database = await open();
    const clock = { nowMs: () => nowMs };
    audit = new Audit(database.db, clock);
    users = new UserService(database.db, { clock, audit });
    sessions = new SessionService(database.db, clock);
  });
  afterAll(() => database.drop());

  it('is given to a user by name and password, and to nobody else', async () => {
    const anna = await users.add({ name: ' Anna ', password: PASSWORD }, 'cli');
    expect(anna).toMatchObject({ name: 'anna', role: 'admin', createdAtMs: 1_000_000 });
    expect(await users.verify('ANNA', PASSWORD)).toEqual(anna);
    expect(await users.verify('anna', `${PASSWORD}!`)).toBeNull();
    expect(await users.verify('nobody', PASSWORD)).toBeNull();
    expect(await users.verify('', '')).toBeNull();
  });

  it('costs the same work when the name is unknown', async () => {
    vi.mocked(argon2.verify).mockClear();
    await users.verify('nobody', PASSWORD);
    expect(argon2.verify).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('$m=19456,t=2,p=1$'), PASSWORD);
  });

  it('knows the password only as an argon2id hash', async () => {
    const row = await database.db('user').where({ name: 'anna' }).first();
    expect(row.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('cannot be made twice for one name, nor for a bad one, and then leaves no trace', async () => {
    await expect(users.add({ name: 'Anna', password: PASSWORD }, 'cli')).rejects.toMatchObject({
      code: 'USER_NAME_TAKEN',
    });
    await expect(users.add({ name: 'bo', password: 'short' }, 'cli')).rejects.toMatchObject({
      code: 'INVALID_PASSWORD',
    });
    await expect(users.add({ name: 'b o', password: PASSWORD }, 'cli')).rejects.toMatchObject({
      code: 'INVALID_USER_NAME',
    });
    expect((await users.list()).map((user) => user.name)).toEqual(['anna']);
    expect(await audit.list({ action: 'user-add', limit: 10 })).toMatchObject([
      { actor: 'cli', subject: 'anna', details: { role: 'admin' } },
    ]);
  });

  it('may be added inside a transaction that is given up', async () => {
    const failing = database.db.transaction(async (transaction) => {
      await users.on(transaction).add({ name: 'carla', password: PASSWORD }, 'cli');
      throw new Error('given up');
    });
    await expect(failing).rejects.toThrow('given up');
    expect(await users.verify('carla', PASSWORD)).toBeNull();
  });

  it('is a session of twelve hours, known by the hash of its cookie alone', async () => {
    const [anna] = await users.list();
    const started = await sessions.start(anna?.id ?? 0);
    const rows = await database.db('session');
    expect(rows).toMatchObject([{ token_hash: hashToken(started.token) }]);
    expect(JSON.stringify(rows)).not.toContain(started.token);
    expect(await sessions.find(started.token)).toEqual({
      userId: anna?.id,
      userName: 'anna',
      role: 'admin',
      csrfToken: started.csrfToken,
      expiresAtMs: nowMs + 12 * HOUR_MS,
    });
    nowMs += 12 * HOUR_MS - 1;
    expect(await sessions.find(started.token)).not.toBeNull();
    nowMs += 1;
    expect(await sessions.find(started.token)).toBeNull();
    expect(await sessions.purgeExpired()).toBe(1);
    expect(await sessions.purgeExpired()).toBe(0);
  });

  it('ends at once when it is revoked or its user is gone', async () => {
    const berta = await users.add({ name: 'berta', password: PASSWORD, role: 'support' }, 'anna');
    const [first, second] = [await sessions.start(berta.id), await sessions.start(berta.id)];
    await sessions.revoke(first.token);
    expect(await sessions.find(first.token)).toBeNull();
    expect(await sessions.find(second.token)).toMatchObject({ role: 'support' });
    await database.db('user').where({ id: berta.id }).delete();
    expect(await sessions.find(second.token)).toBeNull();
  });

  it('of the local kind has no user and a name that no user can have', async () => {
    const { token } = await sessions.start(null);
    expect(await sessions.find(token)).toMatchObject({ userId: null, userName: 'local', role: 'admin' });
  });

  it('is not found by its hash, by nothing, or by a guess', async () => {
    const { token } = await sessions.start(null);
    for (const guess of [hashToken(token), '', `${token}x`]) expect(await sessions.find(guess)).toBeNull();
  });

  it('writes only with the CSRF token of its own session', async () => {
    const [first, second] = [await sessions.start(null), await sessions.start(null)];
    const session = await sessions.find(first.token);
    if (session === null) throw new Error('expected the session that was just started');
    expect(hasCsrfToken(session, first.csrfToken)).toBe(true);
    expect(hasCsrfToken(session, second.csrfToken)).toBe(false);
    expect(hasCsrfToken(session, '')).toBe(false);
  });
});
