/** A quota: tokens that come back per second, and how many can be saved up. */
export interface Quota {
  readonly perSecond: number;
  readonly burst: number;
}

/**
 * Quotas by operation, for example `{ createFeed: { perSecond: 0.0083, burst: 15 } }`. An operation that is not named has none.
 *
 * The embedded simulator has no quotas: with Amazon's own figures (one feed per two minutes) nobody could try anything out.
 */
export type Quotas = Readonly<Record<string, Quota>>;

/** What the header x-amzn-RateLimit-Limit says of an operation without quota. */
const UNLIMITED_PER_SECOND = 100;

/** Token buckets per seller and operation, as Amazon counts. They live in memory: a restart fills them. */
export class TokenBuckets {
  readonly #quotas: Quotas;
  readonly #levels = new Map<string, { tokens: number; atMs: number }>();

  constructor(quotas: Quotas) {
    this.#quotas = quotas;
  }

  /** Takes one token; false when none is left. */
  take(sellerId: string, operation: string, nowMs: number): boolean {
    const quota = this.#quotas[operation];
    if (quota === undefined) return true;
    const key = `${sellerId} ${operation}`;
    const level = this.#levels.get(key) ?? { tokens: quota.burst, atMs: nowMs };
    const tokens = Math.min(quota.burst, level.tokens + ((nowMs - level.atMs) / 1_000) * quota.perSecond);
    this.#levels.set(key, { tokens: tokens >= 1 ? tokens - 1 : tokens, atMs: nowMs });
    return tokens >= 1;
  }

  /** The rate that is really applied, per second. */
  perSecond(operation: string): number {
    return this.#quotas[operation]?.perSecond ?? UNLIMITED_PER_SECOND;
  }
}
