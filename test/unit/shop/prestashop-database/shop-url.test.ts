import { describe, expect, it } from 'vitest';
import { parseShopUrl } from '../../../../src/shop/prestashop-database/shop-url.js';

describe('parseShopUrl', () => {
  it('reads every part, percent-encoded', () => {
    expect(parseShopUrl('mysql://us%40er:p%23ss@db.example:3307/shop?prefix=xx_&shop=1,3,1')).toEqual({
      ...{ host: 'db.example', port: 3307, user: 'us@er', password: 'p#ss', database: 'shop', prefix: 'xx_' },
      shopIds: [1, 3],
    });
  });

  it('takes port 3306, prefix ps_ and shop 1 when they are not said', () => {
    expect(parseShopUrl('mysql://root@[::1]/shop')).toEqual({
      ...{ host: '::1', port: 3306, user: 'root', password: '', database: 'shop', prefix: 'ps_', shopIds: [1] },
    });
  });

  it.each([
    ['postgres://u:secret@h/db', 'it does not begin with mysql://'],
    ['mysql://u:secret@h/', 'the database name is missing after the host'],
    ['mysql://u:secret@h/db?prefix=ps`;drop', 'prefix may hold only letters, digits and _'],
    ['mysql://u:secret@h/db?shop=one', 'shop must list shop ids such as 1 or 1,2'],
    ['mysql://u:secret@h/db?shop=0', 'shop must list shop ids such as 1 or 1,2'],
    ['mysql://u:secret@h/db?prefx=ps_', 'it has the unknown option "prefx"'],
    ['mysql://u:secret%ZZ@h/db', 'the password is not percent-encoded properly'],
    ['mysql//u:secret@h', 'it is not a URL'],
  ])('refuses %s and says why, without the password', (url, why) => {
    const message = messageOf(() => parseShopUrl(url));
    expect(message).toContain(why);
    expect(message).not.toContain('secret');
  });
});

function messageOf(run: () => unknown): string {
  try {
    run();
    return '';
  } catch (error) {
    return String(error);
  }
}
