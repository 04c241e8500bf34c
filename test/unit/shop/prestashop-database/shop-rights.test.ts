import { describe, expect, it } from 'vitest';
import { shopRights } from '../../../../src/shop/prestashop-database/shop-rights.js';

const rights = (...grants: readonly string[]) => shopRights(grants, { database: 'my_shop', prefix: 'ps_' });
const TO = 'TO `feedbridge`@`%`';

describe('The rights of a login', () => {
  it.each([
    [`GRANT USAGE ON *.* ${TO} IDENTIFIED BY PASSWORD '*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19'`],
    [`GRANT SELECT ON \`my_shop\`.\`ps_product\` ${TO}`],
    [`GRANT SELECT (\`id_product\`, \`upc\`) ON \`my_shop\`.\`ps_product\` ${TO}`],
    [`GRANT SELECT, DELETE ON \`my_shop\`.\`ps_feedbridge_outbox\` ${TO}`],
    [`GRANT ALL PRIVILEGES ON \`feedbridge\`.* ${TO} WITH GRANT OPTION`],
    [`GRANT ALL PRIVILEGES ON \`my\\_shop2\`.* ${TO}`],
  ])('are no more than needed: %s', (grant) => {
    expect(rights(grant)).toEqual({ excess: [], notes: [] });
  });

  it.each([
    [`GRANT SELECT, INSERT ON \`my\\_shop\`.* ${TO}`, 'It may INSERT on every table of the database.'],
    [
      `GRANT UPDATE (\`quantity\`) ON \`my_shop\`.\`ps_stock_available\` ${TO}`,
      'It may UPDATE on the table ps_stock_available.',
    ],
    [`GRANT SELECT ON \`my_shop\`.* ${TO} WITH GRANT OPTION`, 'It may GRANT OPTION on every table of the database.'],
    [`GRANT SELECT ON *.* ${TO}`, 'It may read every database of the server.'],
    [`GRANT SELECT, PROCESS, FILE ON *.* ${TO}`, 'It may PROCESS, FILE on every database of the server.'],
    [`GRANT DELETE ON \`my\\_%\`.* ${TO}`, 'It may DELETE on every table of the database.'],
    [
      `GRANT DELETE ON \`my_shop\`.\`other_feedbridge_outbox\` ${TO}`,
      'It may DELETE on the table other_feedbridge_outbox.',
    ],
  ])('are more than needed: %s', (grant, sentence) => {
    expect(rights(grant).excess).toEqual([sentence]);
  });

  it('to read every table are noted, and so is a role', () => {
    expect(rights(`GRANT SELECT ON \`my_shop\`.* ${TO}`)).toMatchObject({
      excess: [],
      notes: [expect.stringMatching(/every table/)],
    });
    expect(rights(`GRANT \`writers\` ${TO}`).notes).toEqual([expect.stringContaining('the role `writers`')]);
  });
});
