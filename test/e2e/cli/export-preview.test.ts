import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Interrupted } from '../../../src/cli/wrong-use.js';
import { Bridge } from './bridge.js';

interface Preview {
  readonly run: { readonly id: number; readonly mode: string; readonly status: string };
  readonly totals: { readonly items: number; readonly sent: number; readonly messages: Record<string, number> };
  readonly documents?: readonly { marketplace: string; messageType: string; messages: number; file: string }[];
  readonly lines: readonly {
    readonly sku: string;
    readonly verdicts: readonly { code: string; sentence: string; advice: string; marketplaces: string[] }[];
    readonly parts: readonly {
      part: string;
      marketplace: string | null;
      before: string | null;
      value: string;
      decision: string;
    }[];
  }[];
}

let bridge: Bridge;
beforeAll(async () => {
  bridge = new Bridge();
  await bridge.run('setup');
});
afterAll(() => bridge.remove());

describe('export without --send', () => {
  it('looks at what waits: at nothing while nothing does', async () => {
    const preview = await bridge.json<Preview>('export');
    expect(preview).toMatchObject({
      run: { mode: 'verify', status: 'done' },
      totals: { items: 0, sent: 0 },
      lines: [],
    });
    expect(preview.documents).toBeUndefined();
  });

  it('says of every item what would change or why it is not sent, in both forms', async () => {
    const { lines, totals } = await bridge.json<Preview>('export', '--all', '--create', '--marketplace', 'FR');
    const { code, out } = await bridge.run('export', '--all', '--create', '--marketplace', 'FR');
    expect(code).toBe(0);
    expect(lines).toHaveLength(totals.items);
    const offered = lines.find((line) => line.parts.some((one) => one.part === 'offer'));
    expect(offered?.parts).toContainEqual(
      expect.objectContaining({ part: 'price', marketplace: 'simulator/FR', before: null, decision: 'send' }),
    );
    expect(offered?.parts).toContainEqual(expect.objectContaining({ part: 'quantity', marketplace: null }));
    expect(out).toMatch(new RegExp(`^${offered?.sku} +FR +offer +- → (EAN|UPC) \\d+, New$`, 'm'));
    const refused = lines.find((line) => line.verdicts.some((one) => one.code === 'code-check-digit'));
    expect(refused?.verdicts[0]).toMatchObject({
      marketplaces: ['simulator/FR'],
      sentence: expect.stringContaining('check digit'),
    });
    expect(out).toContain(`${refused?.verdicts[0]?.sentence} ${refused?.verdicts[0]?.advice}`);
    expect(out).toMatch(/^Run \d+ \(verify\): 200 products, \d+ items; \d+ not sold/m);
  });

  it('shows a sale with its days', async () => {
    const { out } = await bridge.run('export', '--all', '--marketplace', 'FR', '--prices-only');
    expect(out).toMatch(/price +- → [\d.]+ EUR, [\d.]+ EUR from \d{4}-\d\d-\d\d until \d{4}-\d\d-\d\d begins$/m);
  });

  it('is found again with its lines, whole or of one SKU', async () => {
    const { run, lines } = await bridge.json<Preview>('export', '--all', '--marketplace', 'FR');
    const again = await bridge.json<Preview>('run', 'show', String(run.id), '--lines');
    expect(again.lines).toEqual(lines);
    const sku = lines[7]?.sku ?? '';
    expect((await bridge.json<Preview>('run', 'show', String(run.id), '--sku', sku)).lines).toEqual([lines[7]]);
    expect((await bridge.run('run', 'show', String(run.id), '--sku', sku)).out).toContain(sku);
  });

  it('lists runs newest first, as an array with ids', async () => {
    const runs = await bridge.json<{ id: number; mode: string; createdAt: string }[]>('run', 'list');
    const ids = runs.map((one) => one.id);
    expect(ids.length).toBeGreaterThan(3);
    expect(ids).toEqual([...ids].sort((a, b) => b - a));
    expect(Date.parse(runs[0]?.createdAt ?? '')).not.toBeNaN();
    const [first = 0] = ids;
    expect(await bridge.json('run', 'list', '--limit', '1', '--before', String(first))).toMatchObject([{ id: ids[1] }]);
  });

  it('narrows by part, product and marketplace', async () => {
    const messages = async (...options: string[]) =>
      Object.keys(
        (await bridge.json<Preview>('export', '--display', '--marketplace', 'FR', ...options)).totals.messages,
      ).sort();
    expect(await messages('--all', '--prices-only')).toEqual(['Price']);
    expect(await messages('--all', '--stock-only')).toEqual(['Inventory']);
    expect(await messages('--all', '--no-price')).toEqual(['Inventory']);
    expect(await messages('--all', '--create', '--images')).toEqual(['Inventory', 'Price', 'Product', 'ProductImage']);
    const one = await bridge.json<Preview>('export', '--products', '1', '--marketplace', 'FR');
    expect(one.lines.length).toBeLessThan(10);
  });
});

describe('export --display', () => {
  it('prints the documents below their names, and writes them where --out says; all are valid', async () => {
    const shown = await bridge.run('export', '--display', '--products', '1', '--marketplace', 'FR');
    expect(shown.out).toMatch(/^--- FR Price: \d+ messages, .* (KB|bytes),/m);
    expect(shown.out).toContain('<MessageType>Price</MessageType>');
    const written = await bridge.json<Preview>(
      'export',
      '--display',
      '--all',
      '--create',
      '--marketplace',
      'FR',
      '--out',
      'docs',
    );
    const files = readdirSync(join(bridge.folder, 'docs'));
    expect(files).toHaveLength(3);
    expect(written.documents?.map((one) => one.messageType).sort()).toEqual(['Inventory', 'Price', 'Product']);
    for (const { file, messages } of written.documents ?? []) {
      expect(readFileSync(file, 'utf8').match(/<Message>/g)).toHaveLength(messages);
      expect(await bridge.run('feed', 'check', file)).toMatchObject({
        code: 0,
        out: expect.stringContaining('is a valid document'),
      });
    }
  });

  it('leaves listings, queue and feeds as they were', async () => {
    await bridge.run('queue', 'mark', '--products', '2', '--marketplace', 'FR');
    const look = async () => [
      await bridge.json('listing', 'list'),
      await bridge.json('queue', 'list'),
      await bridge.json('feed', 'list'),
    ];
    const before = await look();
    expect((await bridge.run('export', '--display')).code).toBe(0);
    expect(await look()).toEqual(before);
  });
});

describe('An export that is not let finish', () => {
  it('ends with 1 after Ctrl-C, and its run says so', async () => {
    const pressed = new AbortController();
    pressed.abort(new Interrupted({}));
    const { code, err } = await bridge.runIn({ signal: pressed.signal }, 'export', '--all');
    expect({ code, err: err.split('\n').at(-2) }).toEqual({ code: 1, err: expect.stringContaining('Interrupted.') });
    expect(await bridge.json('run', 'list', '--limit', '1')).toMatchObject([
      { status: 'failed', fault: expect.stringContaining('Interrupted') },
    ]);
  });

  it('puts no error behind the half of a result', async () => {
    const { run } = await bridge.json<Preview>('export', '--products', '1');
    rmSync(join(bridge.folder, 'var', 'logs'), { recursive: true });
    const { code, out, err } = await bridge.run('run', 'show', String(run.id), '--lines', '--json');
    expect({ code, begun: out.startsWith('{"run":'), error: out.includes('"error"') }).toEqual({
      code: 1,
      begun: true,
      error: false,
    });
    expect(err).toContain('Expected the archived file logs/');
  });

  it('is quiet when nobody reads what it prints', async () => {
    const output = new Writable({
      write: (_chunk, _encoding, done) =>
        done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE', syscall: 'write' })),
    });
    const { code, err } = await bridge.runIn({ output }, 'export', '--all');
    expect({ code, complaint: err.includes('EPIPE') }).toEqual({ code: 0, complaint: false });
  });

  it('fails when its result cannot be written', async () => {
    const output = new Writable({
      write: (_chunk, _encoding, done) =>
        done(Object.assign(new Error('write ENOSPC'), { code: 'ENOSPC', syscall: 'write' })),
    });
    const { code, err } = await bridge.runIn({ output }, 'export', '--all');
    expect({ code, said: err.includes('no space is left') }).toEqual({ code: 1, said: true });
  });
});

describe('Progress', () => {
  it('is a bar on a terminal and lines elsewhere, never among the results', async () => {
    const elsewhere = await bridge.run('export', '--all', '--marketplace', 'FR');
    expect(elsewhere.err).toContain('Products computed: 200 of 200\n');
    expect(elsewhere.out).not.toContain('Products computed');
    const onTerminal = await bridge.type([], 'export', '--all', '--marketplace', 'FR');
    expect(onTerminal.err).toContain('█');
    expect(onTerminal.out).not.toContain('█');
  });
});
