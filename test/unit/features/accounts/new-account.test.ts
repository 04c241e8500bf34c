import { describe, expect, it } from 'vitest';
import type { Region } from '../../../../src/amazon/regions.js';
import { checkNewAccount, type NewAccount } from '../../../../src/features/accounts/new-account.js';

const account: NewAccount = {
  name: 'Main',
  region: 'EU',
  shop: { shopId: 1, name: 'Shop', timeZone: 'Europe/Paris', currencies: [{ iso: 'EUR', decimals: 2 }] },
  sellerId: 'A1',
  clientId: 'amzn1.application',
  clientSecret: 'top-secret',
  refreshToken: 'Atzr|top',
  marketplaces: ['FR', 'DE'],
};

describe('A new account', () => {
  it("goes to Amazon's own hosts of its region, in JSON, unless told otherwise", () => {
    expect(checkNewAccount(account)).toMatchObject({
      baseUrl: 'https://sellingpartnerapi-eu.amazon.com',
      tokenUrl: 'https://api.amazon.com/auth/o2/token',
      feedFormat: 'json',
    });
    expect(checkNewAccount({ ...account, feedFormat: 'xml' }).feedFormat).toBe('xml');
  });

  it('writes XML for the simulator and for any other host', () => {
    expect(checkNewAccount({ ...account, baseUrl: 'simulator' })).toMatchObject({
      tokenUrl: 'simulator',
      feedFormat: 'xml',
    });
    const local = { baseUrl: 'http://127.0.0.1:4010', tokenUrl: 'http://127.0.0.1:4010/auth/o2/token' };
    expect(checkNewAccount({ ...account, ...local }).feedFormat).toBe('xml');
  });

  it('takes its countries in any letter case, each once, GB as UK', () => {
    const checked = checkNewAccount({ ...account, marketplaces: ['fr', ' GB ', 'UK'] });
    expect(checked.marketplaces.map((one) => one.facts.country)).toEqual(['FR', 'UK']);
  });

  it.each<[Partial<NewAccount>, RegExp]>([
    [{ name: '' }, /the name .* got nothing/],
    [{ name: 'A/FR' }, /the name .* without a slash .* got "A\/FR"/],
    [{ name: ' Main' }, /the name/],
    [{ region: 'XX' as Region }, /the region .* one of NA, EU, FE, got "XX"/],
    [{ sellerId: ' ' }, /the seller id/],
    [{ refreshToken: '' }, /the refresh token .* got nothing/],
    [{ baseUrl: 'ftp://amazon' }, /the base URL .* got "ftp:\/\/amazon"/],
    [{ tokenUrl: 'http://api.amazon.com/auth/o2/token' }, /the token URL .* https address, since secrets/],
    [{ tokenUrl: 'simulator' }, /the token URL .* exactly when the base URL is/],
    [{ marketplaces: [] }, /the marketplaces .* one or more of IE, ES, UK, FR, .* got nothing/],
    [{ marketplaces: ['FR', 'US'] }, /the marketplaces .* got "US"/],
  ])('with %o is refused, naming field, form and what came', (fault, message) => {
    expect(() => checkNewAccount({ ...account, ...fault })).toThrow(message);
  });
});
