import { afterAll, beforeAll, expect, it } from 'vitest';
import { ApiTokenService } from '../../../../src/features/users/api-token-service.js';
import { Audit } from '../../../../src/features/users/audit.js';
import { hashToken } from '../../../../src/features/users/token-hash.js';
import { describeEachDatabase, type TestDatabase } from '../../../support/test-databases.js';

describeEachDatabase('An API token', (_name, open) => {
  let database: TestDatabase;
  let tokens: ApiTokenService;
  let audit: Audit;
  let nowMs = 1_000_000;
  beforeAll(async () => {
    database = await open();
    const clock = { nowMs: () => nowMs };
    audit = new Audit(database.db, clock);
    tokens = new ApiTokenService(database.db, { clock, audit });
  });
  afterAll(() => database.drop());

  it('is shown once and kept as its hash', async () => {
    const token = await tokens.add('erp', 'cli');
    expect(token).toMatch(/^fb_[A-Za-z0-9_-]{43}$/);
    const rows = await database.db('api_token');
    expect(rows).toMatchObject([{ name: 'erp', token_hash: hashToken(token) }]);
    expect(JSON.stringify([rows, await audit.list({ limit: 10 })])).not.toContain(token);
  });

  it('tells whose it is and notes when it was used last, to the minute', async () => {
    const token = await tokens.add('wms', 'cli');
    const used = async () => (await tokens.list()).find((one) => one.name === 'wms')?.lastUsedAtMs;
    expect(await used()).toBeNull();
    expect(await tokens.verify(token)).toMatchObject({ name: 'wms', lastUsedAtMs: 1_000_000 });
    nowMs += 59_999;
    await tokens.verify(token);
    expect(await used()).toBe(1_000_000);
    nowMs += 1;
    await tokens.verify(token);
    expect(await used()).toBe(1_060_000);
  });

  it('is nobody when it is none of ours', async () => {
    for (const guess of ['', 'fb_', 'fb_guess', 'Bearer']) expect(await tokens.verify(guess)).toBeNull();
    const row = await database.db('api_token').first();
    expect(await tokens.verify(row.token_hash)).toBeNull();
  });

  it('has a name of its own', async () => {
    await expect(tokens.add('erp', 'cli')).rejects.toMatchObject({ code: 'TOKEN_NAME_TAKEN' });
    await expect(tokens.add('a b', 'cli')).rejects.toThrow('got "a b"');
  });

  it('ends when it is taken back, and its name is free again', async () => {
    const token = await tokens.add('old', 'cli');
    await tokens.revoke('old', 'anna');
    expect(await tokens.verify(token)).toBeNull();
    expect(await tokens.verify(await tokens.add('old', 'cli'))).toMatchObject({ name: 'old' });
    expect(await audit.list({ action: 'token-revoke', limit: 5 })).toMatchObject([{ actor: 'anna', subject: 'old' }]);
    await expect(tokens.revoke('older', 'anna')).rejects.toThrow('Expected a token (erp, old, wms), got "older"');
  });
});
