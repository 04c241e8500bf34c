import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeEachDatabase } from '../../support/test-databases.js';
import {
  BRITAIN,
  CODES,
  envelope,
  FRANCE,
  inventory,
  price,
  product,
  resultsOf,
  SimulatorBench,
  summaryOf,
} from './simulator-bench.js';

const SALE = (from: string, to: string, amount = '8.00') =>
  `<Sale><StartDate>${from}</StartDate><EndDate>${to}</EndDate><SalePrice currency="EUR">${amount}</SalePrice></Sale>`;

describeEachDatabase('Listing feeds of the simulator', (name) => {
  let bench: SimulatorBench;
  beforeAll(async () => {
    bench = await SimulatorBench.open(name);
    await list('LAMP', CODES.one);
  });
  afterAll(() => bench.close());

  const send = (
    type: string,
    messageType: string,
    messages: (readonly [string, string?])[],
    places?: (typeof FRANCE)[],
  ) => bench.process(type, envelope(messageType, messages), places);
  const sendPrice = (inside: string, places?: (typeof FRANCE)[]) =>
    send('POST_PRODUCT_PRICING_DATA', 'Price', [[inside]], places);
  const sendStock = (inside: string) => send('POST_INVENTORY_AVAILABILITY_DATA', 'Inventory', [[inside]]);
  const list = (sku: string, code: string) => send('POST_PRODUCT_DATA', 'Product', [[product(sku, code)]]);
  const offerOf = async (sku: string, place = FRANCE) =>
    (await bench.client.listing(sku))?.offers.find((offer) => offer.marketplaceId === place.id);

  it('create an offer for a code with one ASIN, and refuse all others with the reason', async () => {
    const messages = [CODES.another, CODES.none, CODES.several, CODES.otherBrand, CODES.restricted, '4006381333010'];
    const report = await send(
      'POST_PRODUCT_DATA',
      'Product',
      messages.map((code, at) => [product(`NEW-${at}`, code)] as const),
    );
    expect(resultsOf(report)).toEqual([
      '2 Error 8560 NEW-1',
      '3 Error 8542 NEW-2',
      '4 Error 5461 NEW-3',
      '5 Error 8026 NEW-4',
      '6 Error 5505 NEW-5',
    ]);
    expect(summaryOf(report)).toEqual([6, 1, 5, 0]);
    expect(await bench.client.listing('NEW-0')).toMatchObject({ quantity: 0, code: `0${CODES.another}` });
    expect(await bench.client.listing('NEW-1')).toBeUndefined();
  });

  it('take the ASIN in place of a code that matches several', async () => {
    const byAsin =
      '<SKU>BY-ASIN</SKU><StandardProductID><Type>ASIN</Type><Value>B0ABCDEF12</Value></StandardProductID>';
    expect(resultsOf(await send('POST_PRODUCT_DATA', 'Product', [[byAsin]]))).toEqual([]);
    expect(await bench.client.listing('BY-ASIN')).toMatchObject({ asin: 'B0ABCDEF12', code: '' });
  });

  it('change what is said: a partial update adds, a full one replaces', async () => {
    const described = (inside: string) =>
      `<SKU>LAMP</SKU><DescriptionData><Title>Lamp</Title>${inside}</DescriptionData>`;
    const group = '<MerchantShippingGroupName>Bulky</MerchantShippingGroupName>';
    await send('POST_PRODUCT_DATA', 'Product', [[described(group), 'PartialUpdate']]);
    await send('POST_PRODUCT_DATA', 'Product', [[described('<Manufacturer>Maker</Manufacturer>'), 'PartialUpdate']]);
    expect(await offerOf('LAMP')).toMatchObject({
      title: 'Lamp',
      shippingGroup: 'Bulky',
      details: { Manufacturer: ['Maker'], MerchantShippingGroupName: ['Bulky'] },
    });
    await send('POST_PRODUCT_DATA', 'Product', [[described('')]]);
    expect(await offerOf('LAMP')).toMatchObject({ shippingGroup: null, details: { Title: ['Lamp'] } });
  });

  it('never let a SKU become another product or another condition', async () => {
    const used = '<Condition><ConditionType>UsedGood</ConditionType></Condition>';
    expect(resultsOf(await list('LAMP', CODES.third))).toEqual(['1 Error 5503 LAMP']);
    const report = await send('POST_PRODUCT_DATA', 'Product', [[`<SKU>LAMP</SKU>${used}`, 'PartialUpdate']]);
    expect(resultsOf(report)).toEqual(['1 Error 8057 LAMP']);
  });

  it('refuse what no column could hold, and go on', async () => {
    await bench.stop();
    await bench.start({ validateDocument: () => [] });
    const odd = `<Condition><ConditionType>${'Odd'.repeat(20)}</ConditionType></Condition>`;
    const messages = [
      [product('ODD', CODES.another, odd)],
      [product('X'.repeat(41), CODES.another)],
      [product(' OUTER ', CODES.another)],
    ] as const;
    expect(resultsOf(await send('POST_PRODUCT_DATA', 'Product', [...messages]))).toEqual([
      '1 Error 8115 ODD',
      '2 Error 90205 -',
      '3 Error 90205 -',
    ]);
    const network = `<SKU>LAMP</SKU><FulfillmentCenterID>${'A'.repeat(50)}</FulfillmentCenterID><Lookup>FulfillmentNetwork</Lookup><SwitchFulfillmentTo>AFN</SwitchFulfillmentTo>`;
    expect(resultsOf(await sendStock(network))).toEqual(['1 Error 90205 LAMP']);
    const group = `<DescriptionData><Title>Lamp</Title><MerchantShippingGroupName>${'G'.repeat(500)}</MerchantShippingGroupName></DescriptionData>`;
    expect(
      resultsOf(await send('POST_PRODUCT_DATA', 'Product', [[`<SKU>LAMP</SKU>${group}`, 'PartialUpdate']])),
    ).toEqual([]);
    await bench.stop();
    await bench.start();
  });

  it('keep one stock for all marketplaces, and one price for each', async () => {
    await send('POST_PRODUCT_DATA', 'Product', [[product('PAIR', CODES.third)]], [FRANCE, BRITAIN]);
    await sendStock(inventory('PAIR', 7, '<FulfillmentLatency>3</FulfillmentLatency>'));
    await sendPrice(price('PAIR', '12.50'));
    await sendPrice('<SKU>PAIR</SKU><StandardPrice currency="GBP">11.00</StandardPrice>', [BRITAIN]);
    expect(await bench.client.listing('PAIR')).toMatchObject({ quantity: 7, handlingDays: 3 });
    expect((await offerOf('PAIR'))?.price).toBe('12.50');
    expect((await offerOf('PAIR', BRITAIN))?.price).toBe('11.00');
    const report = await sendPrice(price('PAIR', '12.50'), [BRITAIN]);
    expect(resultsOf(report)).toEqual(['1 Error 90205 PAIR']);
  });

  it('refuse stock and price of a SKU that does not exist', async () => {
    expect(resultsOf(await sendStock(inventory('GHOST', 1)))).toEqual(['1 Error 13013 GHOST']);
    expect(resultsOf(await sendPrice(price('GHOST', '1.00')))).toEqual(['1 Error 13013 GHOST']);
    expect(
      resultsOf(await sendPrice('<SKU>LAMP</SKU><StandardPrice currency="GBP">1</StandardPrice>', [BRITAIN])),
    ).toEqual(['1 Error 8566 LAMP']);
  });

  it('refuse values that Amazon refuses, and leave the SKU as it was', async () => {
    const before = await bench.client.listing('LAMP');
    expect(resultsOf(await sendStock(inventory('LAMP', 1, '<FulfillmentLatency>31</FulfillmentLatency>')))).toEqual([
      '1 Error 90113 LAMP',
    ]);
    expect(resultsOf(await sendPrice(price('LAMP', '0.00')))).toEqual(['1 Error 90114 LAMP']);
    const backwards = SALE('2026-12-02T00:00:00Z', '2026-12-01T00:00:00Z');
    expect(resultsOf(await sendPrice(price('LAMP', '9.00', backwards)))).toEqual(['1 Error 90205 LAMP']);
    expect(await bench.client.listing('LAMP')).toEqual(before);
  });

  it('keep the handling time that a stock message leaves out, and drop the restock date', async () => {
    const rest = '<RestockDate>2026-12-24</RestockDate><FulfillmentLatency>4</FulfillmentLatency>';
    await sendStock(inventory('LAMP', 0, rest));
    expect(await bench.client.listing('LAMP')).toMatchObject({ restockDate: '2026-12-24', handlingDays: 4 });
    await sendStock(inventory('LAMP', 5));
    expect(await bench.client.listing('LAMP')).toMatchObject({ restockDate: null, handlingDays: 4, quantity: 5 });
  });

  it('keep a sale that a price message merely omits, until one that has ended replaces it', async () => {
    await sendPrice(price('LAMP', '10.00', SALE('2026-11-01T00:00:00Z', '2026-12-31T00:00:00Z')));
    await sendPrice(price('LAMP', '9.50'));
    expect(await offerOf('LAMP')).toMatchObject({ price: '9.50', salePrice: '8.00', priceNow: '8.00' });
    await sendPrice(price('LAMP', '9.50', SALE('2026-11-19T00:00:00Z', '2026-11-20T00:00:00Z')));
    expect(await offerOf('LAMP')).toMatchObject({ priceNow: '9.50' });
  });

  it('deactivate an offer whose price leaves its bounds', async () => {
    const minimum = '<MinimumSellerAllowedPrice currency="EUR">9.00</MinimumSellerAllowedPrice>';
    await sendPrice(price('LAMP', '9.50', minimum));
    expect((await offerOf('LAMP'))?.status).toBe('Active');
    await sendPrice(price('LAMP', '8.99'));
    expect((await offerOf('LAMP'))?.status).toBe('Inactive');
    await sendPrice(price('LAMP', '9.50'));
  });

  it('delete an offer on one marketplace, and the SKU with its last offer', async () => {
    const remove = (places: (typeof FRANCE)[]) =>
      send('POST_PRODUCT_DATA', 'Product', [['<SKU>PAIR</SKU>', 'Delete']], places);
    await remove([BRITAIN]);
    expect((await bench.client.listing('PAIR'))?.offers.map((offer) => offer.marketplaceId)).toEqual([FRANCE.id]);
    await remove([FRANCE]);
    expect(await bench.client.listing('PAIR')).toBeUndefined();
    expect(resultsOf(await remove([FRANCE]))).toEqual(['1 Error 13013 PAIR']);
  });

  it('take images, overrides and relations of known SKUs only', async () => {
    const image = (sku: string, place: string) =>
      `<SKU>${sku}</SKU><ImageType>${place}</ImageType><ImageLocation>https://shop.example/${place}.jpg</ImageLocation>`;
    const images = [[image('LAMP', 'Main')], [image('LAMP', 'PT1')], [image('GHOST', 'Main')]] as const;
    expect(resultsOf(await send('POST_PRODUCT_IMAGE_DATA', 'ProductImage', [...images]))).toEqual([
      '3 Error 13013 GHOST',
    ]);
    expect((await offerOf('LAMP'))?.images).toEqual({
      Main: 'https://shop.example/Main.jpg',
      PT1: 'https://shop.example/PT1.jpg',
    });
    const override =
      '<SKU>LAMP</SKU><ShippingOverride><ShipOption>Std FR Dom</ShipOption><IsShippingRestricted>true</IsShippingRestricted></ShippingOverride>';
    expect(resultsOf(await send('POST_PRODUCT_OVERRIDES_DATA', 'Override', [[override]]))).toEqual([]);
    const relation = (parent: string) =>
      `<ParentSKU>${parent}</ParentSKU><Relation><SKU>LAMP</SKU><Type>Variation</Type></Relation>`;
    const relations = await send('POST_PRODUCT_RELATIONSHIP_DATA', 'Relationship', [
      [relation('NEW-0')],
      [relation('GHOST')],
    ]);
    expect(resultsOf(relations)).toEqual(['2 Error 8007 GHOST']);
  });

  it('log every accepted write with its time, feed and values, and no refused one', async () => {
    const feedId = await bench.client.submit(
      'POST_INVENTORY_AVAILABILITY_DATA',
      envelope('Inventory', [[inventory('LAMP', 11)], [inventory('GHOST', 3)]]),
      [FRANCE.id],
    );
    const createdMs = bench.clock.nowMs();
    bench.clock.advance(60_000);
    expect(await bench.client.log(`?kind=quantity&feedId=${feedId}`)).toEqual([
      {
        id: expect.any(Number),
        kind: 'quantity',
        atMs: createdMs + 2_000,
        sku: 'LAMP',
        marketplaceId: null,
        feedId,
        messageId: '1',
        what: { quantity: 11, quantityBefore: 5, handlingDays: null, restockDate: null },
      },
    ]);
  });

  it('turn a SKU that Amazon fulfils into one of the seller when a quantity is sent, and log that harm', async () => {
    const byAmazon = '<SKU>LAMP</SKU><Lookup>FulfillmentNetwork</Lookup><SwitchFulfillmentTo>AFN</SwitchFulfillmentTo>';
    await sendStock(byAmazon);
    expect(await bench.client.listing('LAMP')).toMatchObject({ channel: 'AMAZON_EU', quantity: null });
    await sendStock(inventory('LAMP', 2));
    expect(await bench.client.listing('LAMP')).toMatchObject({ channel: 'DEFAULT', quantity: 2 });
    const channels = (await bench.client.log('?sku=LAMP')).filter((entry) => entry.kind === 'channel');
    expect(channels.map((entry) => entry.what.channel)).toEqual(['AMAZON_EU', 'DEFAULT']);
  });
});
