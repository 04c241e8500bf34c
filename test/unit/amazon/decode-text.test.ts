import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UnexpectedAnswer } from '../../../src/amazon/amazon-errors.js';
import { charsetOf, decodeText } from '../../../src/amazon/decode-text.js';

async function decoded(chunks: readonly Uint8Array[], charset: string): Promise<string> {
  async function* bytes() {
    yield* chunks;
  }
  let text = '';
  for await (const part of decodeText(bytes(), charset)) text += part;
  return text;
}

describe('charsetOf', () => {
  it.each([
    ['text/plain; charset=UTF-8', 'utf-8'],
    ['text/plain;charset=Cp1252', 'windows-1252'],
    ['text/plain; charset="ISO-8859-1"', 'windows-1252'],
    ['text/tab-separated-values; header=present; charset=Shift_JIS', 'shift_jis'],
    ['application/octet-stream', 'utf-8'],
    ['', 'utf-8'],
  ])('reads %j as %s', (contentType, charset) => {
    expect(charsetOf(contentType, 'amazon.example')).toBe(charset);
  });

  it('refuses a charset that nobody knows, naming it', () => {
    const read = () => charsetOf('text/plain; charset=klingon', 'amazon.example');
    expect(read).toThrow(UnexpectedAnswer);
    expect(read).toThrow(/"klingon"/);
  });
});

describe('decodeText', () => {
  it('decodes windows-1252 and Shift_JIS', async () => {
    expect(await decoded([Buffer.from([0x35, 0x20, 0x80, 0xe9])], 'windows-1252')).toBe('5 €é');
    expect(await decoded([Buffer.from([0x8f, 0xa4, 0x95, 0x69])], 'shift_jis')).toBe('商品');
  });

  it('leaves out a byte order mark', async () => {
    expect(await decoded([Buffer.from('\uFEFFsku\tprice', 'utf8')], 'utf-8')).toBe('sku\tprice');
  });

  it('gives the same text wherever the chunks are cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.array(fc.nat(40)), async (text, sizes) => {
        const expected = text.replace(/^\uFEFF/, '');
        const bytes = Buffer.from(text, 'utf8');
        const chunks: Uint8Array[] = [];
        let start = 0;
        for (const size of sizes) {
          chunks.push(bytes.subarray(start, start + size));
          start += size;
        }
        chunks.push(bytes.subarray(start));
        expect(await decoded(chunks, 'utf-8')).toBe(expected);
      }),
    );
  });

  it('shows a byte that the charset lacks as U+FFFD', async () => {
    expect(await decoded([Buffer.from([0x61, 0xff, 0x62])], 'utf-8')).toBe('a\uFFFDb');
  });
});
