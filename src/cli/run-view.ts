import type { Run, RunDocument, RunTotals } from '../features/export/run/run.js';
import type { RunLogLine } from '../features/export/run/run-log-line.js';
import type { Feed } from '../features/reports/feed.js';
import type { MarketplaceNames } from './marketplace-names.js';

/** A run as programs get it; its documents stand beside it. */
export function runView({ totals, ...run }: Run) {
  return { ...run, totals: totalsView(totals) };
}

/** The figures alone. */
export function totalsView({ documents: _, ...totals }: RunTotals) {
  return totals;
}

/** One line of a run's log, with the names of its marketplaces; null = all of the account. */
export function lineView(line: RunLogLine, names: MarketplaceNames) {
  return {
    ...line,
    verdicts: line.verdicts.map(({ marketplaceIds, ...verdict }) => ({
      ...verdict,
      marketplaces: marketplaceIds.map((id) => names.full(id)),
    })),
    parts: line.parts.map(({ marketplaceId, ...part }) => ({ marketplace: names.full(marketplaceId), ...part })),
  };
}

/** A document of a run; `path` is relative to the data folder and compressed. */
export function documentView({ marketplaceId, ...document }: RunDocument, names: MarketplaceNames) {
  return { marketplace: names.full(marketplaceId), ...document };
}

/** A feed with the name of its marketplace. */
export function feedView({ marketplaceId, ...feed }: Feed, names: MarketplaceNames) {
  return { ...feed, marketplace: names.full(marketplaceId) };
}
