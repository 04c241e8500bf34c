import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../src/core/clock.js';
import { defineError } from '../../../../src/core/errors.js';
import { silentLogger } from '../../../../src/core/logger.js';
import type { Account } from '../../../../src/features/accounts/account.js';
import { AmazonAccess } from '../../../../src/features/accounts/amazon-access.js';

const SealBroken = defineError('SEAL_BROKEN', 500, 'The seal is broken.');

/** A counterpart that knows one feed and notes what it was asked. */
class FakeAmazon {
  readonly requests: string[] = [];
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      this.requests.push(`${request.method} ${request.url}`);
      response.setHeader('content-type', 'application/json');
      const token = { access_token: 'Atza|one', token_type: 'bearer', expires_in: 3_600 };
      const feed = { feedId: '1', feedType: 'X', createdTime: '2026-11-21T00:00:00Z', processingStatus: 'DONE' };
      response.end(JSON.stringify(request.method === 'POST' ? token : feed));
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

const account: Account = {
  id: 1,
  name: 'Demo',
  region: 'EU',
  shopId: 1,
  sellerId: 'A2',
  baseUrl: 'simulator',
  tokenUrl: 'simulator',
  feedFormat: 'xml',
  state: 'active',
  listingsReadAtMs: null,
  firstReleasedAtMs: null,
  simulator: true,
};

describe('Access to Amazon', () => {
  const ends: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });

  async function startAmazon(): Promise<{ amazon: FakeAmazon; url: string }> {
    const amazon = new FakeAmazon();
    const url = await amazon.listen();
    ends.push(() => amazon.stop());
    return { amazon, url };
  }

  function access(options: { simulator?: () => string; credentials?: () => string } = {}): AmazonAccess {
    const made = new AmazonAccess({
      accounts: {
        credentials: async () => ({
          clientId: 'client',
          clientSecret: options.credentials?.() ?? 'secret',
          refreshToken: 'Atzr|token',
        }),
      },
      resolveSimulator: async () => options.simulator?.() ?? '',
      clock: systemClock,
      logger: silentLogger,
      userAgent: 'Feedbridge/test (Language=JavaScript)',
    });
    ends.push(() => made.close());
    return made;
  }

  it('finds the simulator where it runs, token and calls on one address', async () => {
    const { amazon, url } = await startAmazon();
    const client = await access({ simulator: () => `${url}/` }).open(account);
    expect(await client.feeds.getFeed('1')).toMatchObject({ feedId: '1', processingStatus: 'DONE' });
    expect(amazon.requests).toEqual(['POST /auth/o2/token', 'GET /feeds/2021-06-30/feeds/1']);
  });

  it('goes to the addresses of an account that has its own', async () => {
    const { amazon, url } = await startAmazon();
    const remote = { ...account, simulator: false, baseUrl: url, tokenUrl: `${url}/own/token` };
    await (await access().open(remote)).feeds.getFeed('1');
    expect(amazon.requests[0]).toBe('POST /own/token');
  });

  it('opens an account once for all callers, also when they come together', async () => {
    const { amazon, url } = await startAmazon();
    const shared = access({ simulator: () => url });
    const [first, second] = await Promise.all([shared.open(account), shared.open(account)]);
    await first.feeds.getFeed('1');
    await second.feeds.getFeed('1');
    expect(amazon.requests.filter((line) => line.startsWith('POST'))).toHaveLength(1);
    expect(await shared.open({ ...account, id: 2 })).not.toBe(first);
  });

  it('follows a simulator that moved', async () => {
    const [before, after] = [await startAmazon(), await startAmazon()];
    let url = before.url;
    const shared = access({ simulator: () => url });
    await shared.open(account);
    url = after.url;
    await (await shared.open(account)).feeds.getFeed('1');
    expect(before.amazon.requests).toEqual([]);
    expect(after.amazon.requests).toHaveLength(2);
  });

  it('tries again after it could not be opened', async () => {
    const { url } = await startAmazon();
    let broken = true;
    const credentials = () => {
      if (broken) throw new SealBroken({});
      return 'secret';
    };
    const shared = access({ simulator: () => url, credentials });
    await expect(shared.open(account)).rejects.toMatchObject({ code: 'SEAL_BROKEN' });
    broken = false;
    expect(await (await shared.open(account)).feeds.getFeed('1')).toMatchObject({ feedId: '1' });
  });

  it('ends every client when it closes', async () => {
    const { url } = await startAmazon();
    const shared = access({ simulator: () => url });
    const client = await shared.open(account);
    await shared.close();
    await expect(client.feeds.getFeed('1')).rejects.toMatchObject({ code: expect.stringContaining('ABORTED') });
  });
});
