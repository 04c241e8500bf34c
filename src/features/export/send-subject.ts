import type { AmazonAccount } from '../../amazon/amazon-account.js';
import type { HeldLock } from '../../db/lock-store.js';
import type { AccountScope } from './export-scope.js';
import type { AccountGuard } from './guard/account-guard.js';
import type { AccountFrame } from './plan/account-frame.js';

/** One account of a send run, ready to be worked on. */
export interface SendSubject {
  readonly scope: AccountScope;
  /** Settings and marketplaces as they were after the last claim. */
  readonly frame: AccountFrame;
  /**
   * Loads them anew.
   *
   * @throws SendingStopped when the account may be sent to no more
   */
  readonly frameNow: () => Promise<AccountFrame>;
  readonly amazon: AmazonAccount;
  readonly lock: HeldLock;
  readonly guard: AccountGuard;
  readonly productsPerClaim: number;
  /** A document with older figures is thrown away and made again. */
  readonly maxDocumentAgeMs: number;
}
