import { describe, expect, it } from 'vitest';
import { defineError, FeedbridgeError, isRetryable, messageOf } from '../../../src/core/errors.js';

const FeedTooLarge = defineError<{ bytes: number; limit: number }>(
  'FEED_TOO_LARGE',
  422,
  ({ bytes, limit }) => `Feed is ${bytes} bytes, the limit is ${limit}. Split it by SKU range.`,
);
const Busy = defineError('BUSY', 503, 'Try again.', { retryable: true });

describe('An error of ours', () => {
  it('says its sentence, its code and its status, and keeps details and cause', () => {
    const cause = new Error('below');
    const error = new FeedTooLarge({ bytes: 12, limit: 10 }, { cause });
    expect(error.message).toBe('Feed is 12 bytes, the limit is 10. Split it by SKU range.');
    expect(error).toMatchObject({ code: 'FEED_TOO_LARGE', name: 'FEED_TOO_LARGE', status: 422, retryable: false });
    expect(error.details).toEqual({ bytes: 12, limit: 10 });
    expect(error.cause).toBe(cause);
  });

  it('is told from other errors by its class, and its code is known without an instance', () => {
    expect(new Busy({})).toBeInstanceOf(FeedbridgeError);
    expect(new Busy({})).toBeInstanceOf(Busy);
    expect(new Busy({})).not.toBeInstanceOf(FeedTooLarge);
    expect(Busy.code).toBe('BUSY');
  });

  it('shows callers its code and sentence, never its cause', () => {
    const error = new Busy({}, { cause: new Error('password=secret') });
    expect(JSON.parse(JSON.stringify(error))).toEqual({ code: 'BUSY', message: 'Try again.' });
  });

  it('says whether trying again can help; of what is not ours nobody knows', () => {
    expect(isRetryable(new Busy({}))).toBe(true);
    expect(isRetryable(new FeedTooLarge({ bytes: 1, limit: 1 }))).toBe(false);
    expect(isRetryable(Object.assign(new Error('x'), { retryable: true }))).toBe(false);
    expect(isRetryable(null)).toBe(false);
  });

  it('has a sentence whatever was thrown', () => {
    expect(messageOf(new Busy({}))).toBe('Try again.');
    expect(messageOf('a text')).toBe('a text');
    expect(messageOf(undefined)).toBe('undefined');
  });
});
