import type { Command } from 'commander';
import { z } from 'zod';
import type { Feed } from '../../features/reports/feed.js';
import type { ExplainedGroup } from '../../features/reports/feed-service.js';
import { addCommand, type CommandHost } from '../add-command.js';
import { textLines } from '../answer.js';
import { causeLines } from '../cause-lines.js';
import { idOf } from '../input-kinds.js';
import { MarketplaceNames } from '../marketplace-names.js';
import { figure, sizeText, timeText } from '../plain-words.js';
import { feedView } from '../run-view.js';
import { factLines } from '../table.js';

/** `feed show`: one feed, and what Amazon found wrong with it, by cause. */
export function addFeedShowCommand(feed: Command, host: CommandHost): void {
  addCommand(feed, host, {
    call: 'show <id>',
    summary: 'show a feed, and what Amazon found wrong, by cause',
    input: z.object({ id: idOf('a feed') }),
    run: async ({ id }, cli) => {
      const program = await cli.program();
      const found = await program.feeds.find(id);
      const causes = await program.feeds.causes(id);
      const names = await MarketplaceNames.of(program);
      return {
        data: { feed: feedView(found, names), causes },
        text: textLines(factsOf(found, names), causeLines(causes), hints(found, causes)),
      };
    },
  });
}

function factsOf(feed: Feed, names: MarketplaceNames): readonly string[] {
  return factLines([
    ['Feed', `${feed.id} (${feed.amazonFeedId === null ? 'not known to Amazon' : `at Amazon ${feed.amazonFeedId}`})`],
    ['Type', `${feed.messageType}, ${feed.feedType}`],
    ['Marketplace', names.full(feed.marketplaceId)],
    ['Run', feed.runId],
    ['Status', feed.status],
    ['Fault', feed.fault],
    ['Messages', `${figure(feed.messages)}, ${sizeText(feed.documentBytes)}`],
    ['Created', timeText(feed.createdAtMs)],
    ['Submitted', timeText(feed.submittedAtMs)],
    ['Ended', timeText(feed.endedAtMs)],
    ['Accepted', feed.accepted],
    ['Rejected', feed.errors],
    ['Unclear', feed.unknown],
    ['Warnings', feed.warnings],
    [
      'Removed',
      feed.removedAtMs === null ? null : `${timeText(feed.removedAtMs)}: document and answer are no longer kept`,
    ],
  ]);
}

function hints(feed: Feed, causes: readonly ExplainedGroup[]): readonly string[] {
  return [
    ...(feed.removedAtMs === null ? [`The document as sent:  feedbridge feed xml ${feed.id}`] : []),
    ...(causes.length > 0 ? [`SKU by SKU:            feedbridge feed report ${feed.id}`] : []),
  ];
}
