import type { ExportOptions } from '../export-options.js';

export type RunMode = 'verify' | 'display' | 'send';

/** interrupted: its process ended before it did. */
export type RunStatus = 'running' | 'done' | 'failed' | 'interrupted';

/** One execution of the export. */
export interface Run {
  readonly id: number;
  readonly mode: RunMode;
  readonly status: RunStatus;
  readonly options: ExportOptions;
  readonly requestedBy: string;
  readonly createdAtMs: number;
  readonly endedAtMs: number | null;
  readonly totals: RunTotals;
  /** Why it failed, in a sentence; empty otherwise. */
  readonly fault: string;
}

/** What a run looked at and what came of it, as counts. */
export interface RunTotals {
  readonly products: number;
  readonly items: number;
  /** Items by the kind of their gravest verdict. */
  readonly stopped: number;
  readonly skuFaults: number;
  readonly createFaults: number;
  readonly priceFaults: number;
  /** Items by the code of each verdict that stands against them. */
  readonly reasons: Readonly<Record<string, number>>;
  /** What goes to Amazon, by part. */
  readonly changes: Readonly<Record<string, number>>;
  /** Parts by decision. */
  readonly sent: number;
  /** Planned to be sent, but their feed was not made, or nobody knows whether it was. */
  readonly unsent: number;
  readonly waiting: number;
  readonly inFlight: number;
  readonly equal: number;
  readonly leftAlone: number;
  /** Kept back by the guard until a person decides. */
  readonly held: number;
  /** Quantities above the figure that Amazon shows. */
  readonly raised: number;
  readonly messages: Readonly<Record<string, number>>;
  readonly feeds: number;
  /** What Amazon has said of its feeds by the time the run is looked at. */
  readonly accepted: number;
  readonly rejected: number;
  readonly unknown: number;
  /** What a display rendered; a send's documents are its feeds. */
  readonly documents: readonly RunDocument[];
  /** The accounts of a send that may not be sent to. */
  readonly passedOver: readonly PassedOver[];
}

/** Why a run sent nothing to an account that it was to send to. */
export interface PassedOver {
  readonly reason: string;
  /** Whether a person must let its first send go. */
  readonly isHeld: boolean;
}

/** One rendered document, compressed in the archive. */
export interface RunDocument {
  readonly marketplaceId: number;
  /** For example "Price". */
  readonly messageType: string;
  readonly messages: number;
  /** Uncompressed. */
  readonly bytes: number;
  /** Relative to the data folder. */
  readonly path: string;
  /** When it was removed from the archive; null or left out = it is kept. */
  readonly removedAtMs?: number | null;
}

export const noTotals: RunTotals = {
  products: 0,
  items: 0,
  stopped: 0,
  skuFaults: 0,
  createFaults: 0,
  priceFaults: 0,
  reasons: {},
  changes: {},
  sent: 0,
  unsent: 0,
  waiting: 0,
  inFlight: 0,
  equal: 0,
  leftAlone: 0,
  held: 0,
  raised: 0,
  messages: {},
  feeds: 0,
  accepted: 0,
  rejected: 0,
  unknown: 0,
  documents: [],
  passedOver: [],
};
