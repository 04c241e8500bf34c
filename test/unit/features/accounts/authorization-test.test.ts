import { describe, expect, it } from 'vitest';
import type { AmazonAccount, FeedFilter } from '../../../../src/amazon/amazon-account.js';
import { AuthorizationLost, Unreachable } from '../../../../src/amazon/amazon-errors.js';
import type { Account, Marketplace } from '../../../../src/features/accounts/account.js';
import { testAuthorization } from '../../../../src/features/accounts/authorization-test.js';
import { HandClock } from '../../../support/hand-clock.js';

const account: Account = {
  ...{ id: 1, name: 'acme', region: 'EU', shopId: 1, sellerId: 'A1', baseUrl: 'https://api.invalid', tokenUrl: '' },
  ...{ feedFormat: 'json', state: 'active', listingsReadAtMs: null, firstReleasedAtMs: null, simulator: false },
};
const france = { amazonId: 'A13V1IB3VIYZZH' } as Marketplace;

/** An account at Amazon whose list of feeds answers as told. */
function test(list: (filter: FeedFilter) => void) {
  const feeds = { getFeeds: (filter: FeedFilter) => Promise.resolve(list(filter)).then(() => []) };
  const open = () => Promise.resolve({ feeds } as unknown as AmazonAccount);
  return testAuthorization(account, [france], { open, clock: new HandClock() });
}

describe('The test of an authorization', () => {
  it('asks for a list that is empty, of the feeds that the account takes', async () => {
    const asked: FeedFilter[] = [];
    const result = await test((filter) => void asked.push(filter));
    expect(result).toEqual({ accepted: true, finding: 'api.invalid accepts the authorization.', state: 'active' });
    expect(asked).toEqual([
      {
        feedTypes: ['JSON_LISTINGS_FEED'],
        marketplaceIds: ['A13V1IB3VIYZZH'],
        createdSince: '2026-11-21T14:00:00.000Z',
      },
    ]);
  });

  it('says that the account needs a new one when Amazon takes the old one no more', async () => {
    const lost = new AuthorizationLost({ host: 'login.invalid' });
    const refuse = () => {
      throw lost;
    };
    expect(await test(refuse)).toEqual({ accepted: false, finding: lost.message, state: 'needs-authorization' });
  });

  it('says nothing about the account while Amazon cannot be reached, and hides no fault of ours', async () => {
    const away = new Unreachable({ operation: 'getFeeds', host: 'api.invalid', reason: 'ENOTFOUND' });
    const fail = (error: Error) => () => {
      throw error;
    };
    expect(await test(fail(away))).toEqual({ accepted: false, finding: away.message, state: null });
    await expect(test(fail(new TypeError('ours')))).rejects.toThrow('ours');
  });
});
