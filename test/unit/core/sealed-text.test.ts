import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSealer } from '../../../src/core/sealed-text.js';

const oldKey = Buffer.alloc(32, 1);
const newKey = Buffer.alloc(32, 2);

describe('A sealed text', () => {
  it('opens to what was sealed, whatever it holds, and never looks the same twice', () => {
    const sealer = createSealer([newKey]);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const sealed = sealer.seal(text);
        expect(sealer.open(sealed)).toBe(Buffer.from(text, 'utf8').toString('utf8'));
        expect(sealer.seal(text)).not.toBe(sealed);
      }),
    );
  });

  it('of an old key opens beside the new one and is known as outdated', () => {
    const sealed = createSealer([oldKey]).seal('secret');
    const both = createSealer([newKey, oldKey]);
    expect(both.open(sealed)).toBe('secret');
    expect(both.isOutdated(sealed)).toBe(true);
    expect(both.isOutdated(both.seal('secret'))).toBe(false);
  });

  it('of a key that is gone says which key it needs and which are here', () => {
    const sealed = createSealer([oldKey]).seal('secret');
    const [, id] = sealed.split('.');
    expect(() => createSealer([newKey]).open(sealed)).toThrow(`sealed with the key ${id}, but this process has only `);
  });

  it('that was altered or cut anywhere does not open', () => {
    const sealer = createSealer([newKey]);
    const sealed = sealer.seal('secret');
    const prefix = 'v1.00000000.'.length;
    for (let index = prefix; index < sealed.length - 1; index += 1) {
      const altered = `${sealed.slice(0, index)}${sealed[index] === 'A' ? 'B' : 'A'}${sealed.slice(index + 1)}`;
      expect(() => sealer.open(altered)).toThrow('Store the secret again');
      expect(() => sealer.open(sealed.slice(0, index))).toThrow('Store the secret again');
    }
    expect(() => sealer.open('')).toThrow('got 0 characters of another form');
  });
});
