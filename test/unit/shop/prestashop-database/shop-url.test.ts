import { describe, expect, it } from 'vitest';
import { shopAddress } from '../../../../src/shop/prestashop-database/shop-url.js';

describe('The address of a shop', () => {
  it('reads every part, percent-encoded', () => {
    expect(shopAddress('mysql://us%40er:p%23ss@db.example:3307/shop?prefix=xx_&shop=1,3,1')).toEqual({
      ...{ host: 'db.example', port: 3307, user: 'us@er', password: 'p#ss', database: 'shop', prefix: 'xx_' },
      shopIds: [1, 3],
    });
  });

  it('takes port 3306, prefix ps_ and shop 1 when they are not said', () => {
    expect(shopAddress('mysql://root@[::1]/shop')).toEqual({
      ...{ host: '::1', port: 3306, user: 'root', password: '', database: 'shop', prefix: 'ps_', shopIds: [1] },
    });
  });
});
