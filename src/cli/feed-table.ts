import type { Feed } from '../features/reports/feed.js';
import type { MarketplaceNames } from './marketplace-names.js';
import { timeText } from './plain-words.js';
import { tableLines } from './table.js';

/** Lines of a table of feeds; figures that Amazon has not given yet are dashes. */
export function feedTable(feeds: readonly Feed[], names: MarketplaceNames): readonly string[] {
  return tableLines(feeds, [
    { heading: 'Feed', text: (row) => String(row.id), right: true },
    { heading: 'Type', text: (row) => row.messageType },
    { heading: 'Where', text: (row) => names.short(row.marketplaceId) },
    { heading: 'Run', text: (row) => String(row.runId), right: true },
    { heading: 'Status', text: (row) => row.status },
    { heading: 'Created', text: (row) => timeText(row.createdAtMs) },
    { heading: 'Ended', text: (row) => timeText(row.endedAtMs) },
    { heading: 'Messages', text: (row) => row.messages, right: true },
    { heading: 'Accepted', text: (row) => row.accepted, right: true },
    { heading: 'Rejected', text: (row) => row.errors, right: true },
    { heading: 'Unclear', text: (row) => row.unknown, right: true },
    { heading: 'Warnings', text: (row) => row.warnings, right: true },
  ]);
}
