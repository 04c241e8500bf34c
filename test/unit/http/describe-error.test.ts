import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { InvalidFeedInput } from '../../../feeds/xml/invalid-feed-input.js';
import { defineError } from '../../../src/core/errors.js';
import { describeError } from '../../../src/http/describe-error.js';

const OrderLost = defineError<{ id: number }>('ORDER_LOST', 410, ({ id }) => `Order ${id} is lost. Look again.`);

describe('An error at the edge', () => {
  it('of ours keeps status, code and sentence', () => {
    expect(describeError(new OrderLost({ id: 7 }))).toEqual({
      status: 410,
      code: 'ORDER_LOST',
      message: 'Order 7 is lost. Look again.',
      faults: [],
    });
  });

  it('of feeds, a plain class with the same traits, does too', () => {
    const error = new InvalidFeedInput({ sku: 'A', field: 'Quantity', expected: 'a number', received: 'x' });
    expect(describeError(error)).toMatchObject({ status: 422, code: 'INVALID_FEED_INPUT', message: error.message });
  });

  it('of a schema names every field that is wrong', () => {
    const { error } = z.object({ a: z.object({ b: z.number() }), c: z.string() }).safeParse({ a: { b: 'x' } });
    const answer = describeError(error);
    expect(answer).toMatchObject({ status: 422, code: 'INVALID_INPUT' });
    expect(answer.faults.map((fault) => fault.field)).toEqual(['a.b', 'c']);
  });

  it('of the database driver is translated once', () => {
    const error = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    expect(describeError(error)).toMatchObject({ status: 503, code: 'DATABASE_UNREACHABLE' });
  });

  it.each([
    ['a body that is no JSON', { status: 400, type: 'entity.parse.failed' }, 400, /Expected valid JSON/],
    ['a body that is too large', { status: 413, type: 'entity.too.large' }, 413, /over the limit/],
    ['an address that cannot be decoded', { status: 400 }, 400, /cannot be read/],
  ])('about %s is in our words', (_what, traits, status, message) => {
    const error = Object.assign(new Error('internal words'), traits);
    const answer = describeError(error);
    expect(answer.status).toBe(status);
    expect(answer.message).toMatch(message);
  });

  it.each([
    new Error('boom'),
    Object.assign(new Error('boom'), { status: 503 }),
    'boom',
    null,
    undefined,
    { status: 'x' },
  ])('that nobody expected tells nothing of itself (%s)', (thrown) => {
    expect(describeError(thrown)).toEqual({ status: 500, code: 'UNEXPECTED', message: null, faults: [] });
  });
});
