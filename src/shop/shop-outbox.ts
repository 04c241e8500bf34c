/** A change that triggers in the shop's database wrote down: one row for each thing that changed, however often it did. */
export interface OutboxRow {
  /** 0 = every product. */
  readonly productId: number;
  /** When it changed first since the row is there, epoch milliseconds by the clock of the shop's server. */
  readonly seenAtMs: number;
  /** Names the row among all others. */
  readonly key: string;
  /** Another one as soon as the thing has changed again. */
  readonly version: string;
}

/**
 * `ready`: it can be emptied. `absent`: there is none that we may see, since the triggers are optional. `refused`: we may read it and not take
 * away what was read.
 */
export type OutboxState = 'ready' | 'absent' | 'refused';

/** What is to be known of triggers and outbox; of triggers only those that our login may see. */
export interface TriggerSurvey {
  readonly state: OutboxState;
  /** When the oldest change was written that nobody has looked at, epoch milliseconds; null = there is none. */
  readonly oldestMs: number | null;
  /** Names of our triggers, ascending. */
  readonly triggers: readonly string[];
  /** Those of a whole installation that are not among them. */
  readonly missing: readonly string[];
  /** Names of triggers under another prefix, such as an earlier one of the shop. */
  readonly foreign: readonly string[];
}

/** Statements for somebody else to run: each whole, without the mark that ends it. */
export interface TriggerScript {
  readonly statements: readonly string[];
  /** The right that our login needs besides, given by whoever may give it; null = none. */
  readonly grant: string | null;
}

/** What triggers in the shop's database leave for us; the only place in a shop's database where anything is taken away. */
export interface ShopOutbox {
  /** Looks whether it is there and may be emptied. @throws what keeps the server from answering */
  state(): Promise<OutboxState>;
  /** The next rows in their order, at most 1,000; fewer = there are no more. @throws when it is gone or the server is away */
  page(after: OutboxRow | null): Promise<readonly OutboxRow[]>;
  /**
   * Takes rows away that are still of the version that was read: a change in between survives as its row.
   *
   * @returns those that were left, since the shop works on one of them at this moment: look again later
   */
  remove(rows: readonly OutboxRow[]): Promise<readonly OutboxRow[]>;
  survey(): Promise<TriggerSurvey>;
  /** What installs the triggers, for the tables as they are now. Nothing is run. @throws ShopTableMissing */
  installation(): Promise<TriggerScript>;
  /** What removes them, in whichever state they are: also when our login is gone. Nothing is run, nothing is asked. */
  removal(): TriggerScript;
  close(): Promise<void>;
}
