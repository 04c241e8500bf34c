import { describe, expect, it } from 'vitest';
import {
  AuthorizationLost,
  BadRequest,
  CallAborted,
  DocumentDamaged,
  DocumentLinkExpired,
  NoAnswer,
  QuotaExceeded,
  Unavailable,
  UnexpectedAnswer,
  Unreachable,
} from '../../../src/amazon/amazon-errors.js';
import { retryPlan, transferRetryPlan, withRetries } from '../../../src/amazon/retry.js';

const host = 'amazon.example';

function refused(operation: string, status = 429) {
  return { operation, status, amazonCode: null, amazonMessage: null, requestId: null };
}

/** Runs an attempt that fails the given number of times, and tells what was waited for. */
async function run(options: { failures: number; maxTries: number; baseMs: number; random?: number; passed?: boolean }) {
  const delays: number[] = [];
  let tries = 0;
  const attempt = () => {
    tries += 1;
    return tries <= options.failures ? Promise.reject(new Error(`failure ${tries}`)) : Promise.resolve('done');
  };
  const outcome = await withRetries(attempt, {
    operation: 'getFeed',
    signal: new AbortController().signal,
    random: () => options.random ?? 1,
    plan: () => ({ maxTries: options.maxTries, baseMs: options.baseMs }),
    onRepeat: () => undefined,
    pause: (durationMs) => {
      delays.push(durationMs);
      return Promise.resolve(options.passed ?? true);
    },
  }).catch((error: unknown) => error);
  return { outcome, tries, delays };
}

describe('withRetries', () => {
  it('doubles the longest delay from try to try', async () => {
    const { outcome, delays } = await run({ failures: 3, maxTries: 8, baseMs: 500 });
    expect(outcome).toBe('done');
    expect(delays).toEqual([500, 1000, 2000]);
  });

  it('waits a random part of that delay, so that many processes do not come back together', async () => {
    expect((await run({ failures: 2, maxTries: 8, baseMs: 1000, random: 0.25 })).delays).toEqual([250, 500]);
    expect((await run({ failures: 1, maxTries: 8, baseMs: 1000, random: 0 })).delays).toEqual([0]);
  });

  it('never waits longer than five minutes', async () => {
    const { delays } = await run({ failures: 4, maxTries: 8, baseMs: 120_000 });
    expect(delays).toEqual([120_000, 240_000, 300_000, 300_000]);
  });

  it('gives up after the plan’s tries and throws the last failure', async () => {
    const { outcome, tries } = await run({ failures: 99, maxTries: 4, baseMs: 1 });
    expect(tries).toBe(4);
    expect(outcome).toEqual(new Error('failure 4'));
  });

  it('ends with CallAborted, caused by the failure, when its caller ends the wait', async () => {
    const { outcome, tries } = await run({ failures: 99, maxTries: 4, baseMs: 1, passed: false });
    expect(tries).toBe(1);
    expect(outcome).toBeInstanceOf(CallAborted);
    expect((outcome as Error).cause).toEqual(new Error('failure 1'));
  });
});

describe('retryPlan', () => {
  it('measures a refusal of the operation by its quota', () => {
    expect(retryPlan(new QuotaExceeded(refused('getFeeds')), 'getFeeds', 0.0222)).toEqual({
      maxTries: 8,
      baseMs: 1000 / 0.0222,
    });
    expect(retryPlan(new Unavailable(refused('getFeed', 503)), 'getFeed', 2)).toEqual({ maxTries: 8, baseMs: 500 });
  });

  it('measures trouble with the token and the network by seconds', () => {
    const plan = { maxTries: 4, baseMs: 1000 };
    expect(retryPlan(new Unavailable(refused('getAccessToken', 500)), 'createFeed', 0.0083)).toEqual(plan);
    expect(retryPlan(new Unreachable({ operation: 'getFeed', host, reason: 'x' }), 'getFeed', 2)).toEqual(plan);
  });

  it('repeats nothing that may have taken effect, was refused for good, or was ended here', () => {
    const final = [
      new NoAnswer({ operation: 'createFeed', host, reason: 'x', requestId: null }),
      new BadRequest(refused('createFeed', 400)),
      new AuthorizationLost({ host }),
      new UnexpectedAnswer({ operation: 'getFeed', host, received: 'x', requestId: null }),
      new CallAborted({ operation: 'getFeed' }),
      new TypeError('a fault of the program'),
    ];
    expect(final.map((error) => retryPlan(error, 'createFeed', 1))).toEqual(final.map(() => null));
  });
});

describe('transferRetryPlan', () => {
  it('repeats a broken or refused transfer', () => {
    expect(
      transferRetryPlan(new Unreachable({ operation: 'uploadDocument', host, reason: 'x' }), 'uploadDocument'),
    ).not.toBeNull();
    expect(transferRetryPlan(new Unavailable(refused('downloadDocument', 503)), 'downloadDocument')).not.toBeNull();
  });

  it('leaves to the call for the link what that call repeated already', () => {
    expect(transferRetryPlan(new Unavailable(refused('getFeedDocument', 503)), 'downloadDocument')).toBeNull();
  });

  it('asks for a new link for a damaged or late download, and cannot for an upload', () => {
    for (const error of [new DocumentLinkExpired({ host }), new DocumentDamaged({ host, reason: 'x' })]) {
      expect(transferRetryPlan(error, 'downloadDocument')).not.toBeNull();
      expect(transferRetryPlan(error, 'uploadDocument')).toBeNull();
    }
  });
});
