import { describe, expect, it } from 'vitest';
import { parseExportOptions, partsOf } from '../../../../src/features/export/export-options.js';
import type { Part } from '../../../../src/features/offers/offer-settings.js';

const USUAL: readonly Part[] = ['offer', 'price', 'quantity'];
const parts = (options: Record<string, unknown>, settings: readonly Part[] = USUAL) =>
  [...partsOf(parseExportOptions(options), new Set(settings))].toSorted();

describe('The options of an export', () => {
  it('are all off when nothing is said', () => {
    const said = Object.values(parseExportOptions({})).filter((value) => value !== false && value !== null);
    expect(said).toEqual([]);
  });

  it.each([
    [{ pricesOnly: true, stockOnly: true }, /either prices only or stock only/],
    [{ pricesOnly: true, noPrice: true }, /nothing would be sent/],
    [{ stockOnly: true, images: true }, /Stock only sends quantities and nothing else/],
    [{ stockOnly: true, create: true }, /Stock only/],
    [{ pricesOnly: true, extendedData: true }, /Prices only sends prices and nothing else/],
  ])('that contradict each other are refused with the way out: %j', (options, message) => {
    expect(() => parseExportOptions(options)).toThrow(message);
  });

  it.each([
    { colour: true },
    { all: 'yes' },
    { products: [0] },
    { products: [1.5] },
    { since: 'yesterday' },
    { since: '2026-11-21T14:00:00' },
  ])('that are none are refused: %j', (options) => {
    expect(() => parseExportOptions(options)).toThrow();
  });

  it('take an instant with its zone and whole product numbers', () => {
    const options = { since: '2026-11-21T14:00:00+01:00', products: [7, 8], marketplace: 'demo/FR' };
    expect(parseExportOptions(options)).toMatchObject(options);
  });
});

describe('The parts of a run', () => {
  it.each<[Record<string, unknown>, readonly Part[]]>([
    [{}, ['offer', 'price', 'quantity']],
    [{ noPrice: true }, ['offer', 'quantity']],
    [{ pricesOnly: true }, ['price']],
    [{ stockOnly: true }, ['quantity']],
    [{ extendedData: true }, ['metadata', 'offer', 'price', 'quantity']],
    [{ images: true }, ['images', 'offer', 'price', 'quantity']],
    [{ extendedData: true, images: true, noPrice: true }, ['images', 'metadata', 'offer', 'quantity']],
  ])('asked for %j are %j', (options, expected) => {
    expect(parts(options)).toEqual(expected);
  });

  it('are never more of price, stock and offer than a marketplace exports', () => {
    expect(parts({ stockOnly: true }, ['price'])).toEqual([]);
    expect(parts({ pricesOnly: true }, ['quantity'])).toEqual([]);
    expect(parts({}, ['quantity'])).toEqual(['quantity']);
    expect(parts({ noPrice: true }, ['price'])).toEqual([]);
  });
});
