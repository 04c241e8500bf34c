import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_PREFIX } from '../../../src/shop/demo-shop/demo-schema.js';
import { openDemoOffice } from '../../support/export-program.js';
import { openApp, type RunningApp } from './running-app.js';
import { decode, readableText, type Visitor } from './visitor.js';

const FR = '?marketplace=simulator/FR';
const HOSTILE = '<script>alert("name")</script>';
const HOSTILE_SKU = '"><img src=x onerror=alert(1)>';

let app: RunningApp;
let visitor: Visitor;
beforeAll(async () => {
  app = await openApp();
  const office = await openDemoOffice(app);
  await office.db(`${DEMO_PREFIX}product_lang`).where({ id_product: 1 }).update({ name: HOSTILE });
  await office.renameReference(1, 1, HOSTILE_SKU);
  await office.end();
  visitor = app.visitor();
});
afterAll(() => app.close());

describe('The page Synchronization', () => {
  it('stands under Catalog > Amazon > Synchronization (S3-004) and holds the send operations (S3-005)', async () => {
    const { text } = await visitor.get('/synchronization');
    expect(readableText(text)).toContain('Catalog › Amazon Overview Synchronization Report Tools');
    expect(text).toMatch(/href="\/synchronization" aria-current="page"/);
    const buttons = [...text.matchAll(/name="action" value="(\w+)"[^>]*>([^<]+)</g)].map((match) => match.slice(1));
    expect(buttons.slice(0, 3)).toEqual([
      ['verify', 'Verify'],
      ['display', 'Display the XML'],
      ['submit', 'Submit'],
    ]);
  });

  it('has every option with a label and a help, and the send box ticked from the start (S3-012)', async () => {
    const { text } = await visitor.get('/synchronization');
    const names = [
      'extendedData',
      'images',
      'noPrice',
      'pricesOnly',
      'stockOnly',
      'handlingTime',
      'all',
      'create',
      'display',
    ];
    for (const name of [...names, 'send']) {
      expect(text).toMatch(new RegExp(`<label for="option-${name}">[A-Z]`));
      expect(text).toMatch(new RegExp(`id="help-${name}">[A-Z]`));
    }
    const ticked = [...text.matchAll(/<input type="checkbox" id="option-(\w+)"[^>]* checked>/g)].map(
      (match) => match[1],
    );
    expect(ticked).toEqual(['send']);
  });

  it('lists what waits with its product, reason, age and tries, and can be told which marketplace by its address', async () => {
    const all = readableText((await visitor.get('/synchronization')).text);
    expect(all).toContain('Queue Update 1,000 Oldest 0 s');
    const text = readableText((await visitor.get(`/synchronization${FR}`)).text);
    expect(text).toContain('Queue Update 200');
    expect(text).toMatch(/2 Couteau de chef Steinried FR Update sweep 0 s 0/);
  });

  it('shows the whole queue page by page', async () => {
    const seen = new Set<string>();
    let path: string | undefined = `/synchronization${FR}`;
    for (let pages = 0; path !== undefined && pages < 20; pages += 1) {
      const { text } = await visitor.get(path);
      for (const [, id] of text.matchAll(/name="ids" value="(\d+)"/g)) seen.add(id ?? '');
      path = decode(/rel="next" href="([^"#]+)/.exec(text)?.[1] ?? '') || undefined;
    }
    expect(seen.size).toBe(200);
  });

  it('escapes what a shop calls its products, here and in the log', async () => {
    const page = await visitor.get(`/synchronization${FR}`);
    expect(page.text).toContain('&lt;script&gt;alert(&quot;name&quot;)&lt;/script&gt;');
    const run = await visitor.run(`/synchronization${FR}`, { action: 'display', products: '1' });
    const sku = await visitor.get(`${run.path}?sku=${encodeURIComponent(HOSTILE_SKU)}`);
    const journal = await visitor.get(`/tools/journal?text=${encodeURIComponent(HOSTILE)}`);
    const document = await visitor.get(`${run.path}/documents/1`);
    for (const { text } of [page, run.page, sku, journal, document]) {
      expect(text).not.toContain('<script>alert');
      expect(text).not.toContain('<img src=x');
    }
    expect(decode(sku.text)).toContain(HOSTILE_SKU);
  });
});

describe('Marks by hand', () => {
  it('are set for the products named (S3-010), and removed when selected', async () => {
    const rows = [...(await visitor.get(`/synchronization${FR}`)).text.matchAll(/name="ids" value="(\d+)"/g)];
    const ids = rows.slice(0, 2).map((match) => match[1] ?? '');
    const removed = await visitor.post(`/queue/remove${FR}`, { ids });
    const page = await visitor.get(removed.headers.location ?? '');
    expect(readableText(page.text)).toContain('2 rows were removed from the queue.');
    expect(readableText(page.text)).toContain('Update 198');
    const marked = await visitor.post(`/queue/mark${FR}`, { products: '1, 2', action: 'create' });
    expect(readableText((await visitor.get(marked.headers.location ?? '')).text)).toContain('Update 198 Create 2');
    const [entry] = await app.program.audit.list({ action: 'queue-remove', limit: 1 });
    expect(entry).toMatchObject({ actor: 'local', details: { asked: 2, removed: 2 } });
  });

  it.each([
    ['a word', '12, "><b>abc', /Expected product ids such as 12, 15, got/],
    ['a negative id', '-3', /got "-3"/],
    ['an overlong id', '1234567890123', /got "1234567890123"/],
    ['nothing', ' , ', /Expected at least one product id/],
    [
      'too many ids',
      Array.from({ length: 5_001 }, (_, index) => index + 1).join(' '),
      /at most 5000 product ids, got 5001/,
    ],
  ])('with %s are refused on the page, which keeps what was typed', async (_what, products, reason) => {
    const answer = await visitor.post(`/queue/mark${FR}`, { products, action: 'create' });
    expect(answer.status).toBe(422);
    expect(readableText(answer.text)).toMatch(reason);
    const typed = /<textarea id="mark-products"[^>]*>([^<]*)<\/textarea>/.exec(answer.text)?.[1] ?? '';
    expect(decode(typed)).toBe(products);
    expect(answer.text).toMatch(/value="create" checked/);
    expect(answer.text).not.toContain('<b>abc');
  });

  it('nothing selected removes nothing and says so', async () => {
    const answer = await visitor.post('/queue/remove');
    expect((await visitor.get(answer.headers.location ?? '')).text).toContain('tick the rows first');
  });
});

describe('Options that cannot go together', () => {
  it('are named on the page, which keeps what was ticked and typed', async () => {
    const fields = { action: 'submit', pricesOnly: 'on', stockOnly: 'on', products: '7,8' };
    const answer = await visitor.post(`/synchronization${FR}`, fields);
    expect(answer.status).toBe(400);
    expect(readableText(answer.text)).toContain(
      'Nothing was done. Please correct: Expected either prices only or stock only',
    );
    const ticked = [...answer.text.matchAll(/<input type="checkbox" id="option-(\w+)"[^>]* checked>/g)].map(
      (match) => match[1],
    );
    expect(ticked).toEqual(['pricesOnly', 'stockOnly']);
    expect(answer.text).toContain('id="products" name="products" inputmode="numeric" value="7,8"');
    expect(answer.text).toContain('value="simulator/FR" selected');
  });

  it('as a wrong product id is, with a link to its field', async () => {
    const answer = await visitor.post('/synchronization', { action: 'verify', products: '1;x' });
    expect(answer.status).toBe(422);
    expect(answer.text).toMatch(/<a href="#products">Expected product ids/);
    expect(answer.text).toMatch(/id="products"[^>]*aria-invalid="true"/);
  });
});

describe('Verify', () => {
  it('shows one line per item with values before → after, or its verdict with what to do', async () => {
    const { path, page } = await visitor.run(`/synchronization${FR}`, { action: 'verify', all: 'on' });
    const text = readableText(page.text);
    expect(text).toMatch(/done simulator\/FR, started by local on 21 Nov 2026, 15:\d\d:\d\d CET/);
    expect(text).toMatch(
      /KNIFE-02-L16 Couteau de chef Steinried Product 2, combination 4 FR Price: – → becomes 53\.88 EUR goes/,
    );
    const held = readableText((await visitor.get(`${path}?show=stop`)).text);
    expect(held).toContain('Not eligible. FR Switched off in the shop. Activate the product in the shop.');
    const faults = readableText((await visitor.get(`${path}?show=sku-empty`)).text);
    expect(faults).toContain('SKU fault. FR Has no reference, so it has no SKU. Enter one in the shop');
    expect(faults).not.toContain('Switched off in the shop. Activate');
  });

  it('says by default what quantities and prices would go, and nothing else (S3-017)', async () => {
    const { page } = await visitor.run(`/synchronization${FR}`, { action: 'verify', all: 'on' });
    expect(readableText(page.text)).toMatch(
      /What a send would change New offers 0 Prices 488 Quantities 490 Raised above/,
    );
    expect(readableText(page.text)).toContain("Amazon's listings have not been read yet");
  });

  it('gives the whole log to take along (S3-040)', async () => {
    const { path } = await visitor.run(`/synchronization${FR}`, { action: 'verify', products: '2' });
    const { text, headers } = await visitor.download(`${path}/log`);
    expect(headers['content-disposition']).toMatch(/^attachment; filename=run-\d+\.ndjson$/);
    expect(headers['content-type']).toBe('application/x-ndjson; charset=utf-8');
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map((line) => line.sku)).toEqual(['KNIFE-02-L16', 'KNIFE-02-L20', 'KNIFE-02-L24']);
  });

  it('changes nothing: the queue, the listings and the feeds are as before', async () => {
    const tables = ['queue', 'pool_listing', 'listing', 'part', 'history', 'feed', 'account', 'sequence'];
    const dump = () => Promise.all(tables.map((table) => app.program.db(table)));
    const before = await dump();
    await visitor.run('/synchronization', { action: 'display', all: 'on', create: 'on' });
    expect(await dump()).toEqual(before);
  });
});

describe('Display the XML', () => {
  it('shows the feed before it is sent (S3-035), exactly as it is archived (S3-036)', async () => {
    const { path, page } = await visitor.run(`/synchronization${FR}`, { action: 'display', all: 'on', create: 'on' });
    expect(readableText(page.text)).toContain('As a send would write them. Nothing was sent.');
    const runId = Number(path.split('/').at(-1));
    const documents = await app.program.export.documents(await app.program.export.find(runId));
    expect(documents.map((one) => one.messageType)).toEqual(['Product', 'Price', 'Inventory']);
    for (const [index, document] of documents.entries()) {
      const archived = gunzipSync(readFileSync(join(app.folder, document.path))).toString('utf8');
      expect(await shownMessages(`${path}/documents/${index + 1}`)).toEqual(messagesOf(archived));
      const download = await visitor.download(`${path}/documents/${index + 1}/download`);
      expect(download.text).toBe(archived);
      expect(download.headers['content-disposition']).toContain(`${document.messageType.toLowerCase()}-1.xml`);
    }
  });

  it('shows a page of messages at a time, indented, with its head and end', async () => {
    const { path } = await visitor.run(`/synchronization${FR}`, { action: 'display', products: '2' });
    const xml = shownXml((await visitor.get(`${path}/documents/1`)).text);
    expect(xml).toMatch(
      /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<AmazonEnvelope [^>]+>\n {2}<Header>\n {4}<DocumentVersion>/,
    );
    expect(xml).toContain('\n  <Message>\n    <MessageID>1</MessageID>\n    <OperationType>Update</OperationType>\n');
    expect(xml.trimEnd()).toMatch(/<\/AmazonEnvelope>$/);
    const beyond = await visitor.get(`${path}/documents/1?page=999`);
    expect(shownXml(beyond.text)).not.toContain('<Message>');
    expect((await visitor.get(`${path}/documents/9`)).status).toBe(404);
  });

  it('with the send box unticked makes documents and sends nothing (S3-037); Submit gives the log all the same (S3-038)', async () => {
    const display = await visitor.run(`/synchronization${FR}`, { action: 'submit', display: 'on', products: '2' });
    expect(readableText(display.page.text)).toContain('Run #');
    expect(display.page.text).toContain(`${display.path}/documents/1`);
    const dry = await visitor.run(`/synchronization${FR}`, { action: 'submit', products: '2' });
    expect(readableText(dry.page.text)).toMatch(/Log .* KNIFE-02-L16 Couteau de chef Steinried/);
    expect(await app.program.feeds.list({ limit: 1 })).toEqual([]);
  });
});

/** The indented document of a page, as a browser shows it. */
function shownXml(html: string): string {
  const code = /<pre id="xml"[^>]*><code>([\s\S]*?)<\/code><\/pre>/.exec(html)?.[1] ?? '';
  return decode(code.replace(/<\/?span[^>]*>/g, ''));
}

/** The messages of all pages of a shown document, without the white space between elements. */
async function shownMessages(path: string): Promise<readonly string[]> {
  const messages: string[] = [];
  for (let page = 1; ; page += 1) {
    const { text } = await visitor.get(`${path}?page=${page}`);
    messages.push(...messagesOf(shownXml(text).replace(/>\s+</g, '><')));
    if (!text.includes('rel="next"')) return messages;
  }
}

function messagesOf(xml: string): readonly string[] {
  return xml.match(/<Message>[\s\S]*?<\/Message>/g) ?? [];
}
