import type { Command } from 'commander';
import { z } from 'zod';
import { FEED_STATUSES } from '../../features/reports/feed.js';
import { addCommand, type CommandHost } from '../add-command.js';
import { textLines } from '../answer.js';
import { feedTable } from '../feed-table.js';
import { idOf, limit, narrowing, oneOf } from '../input-kinds.js';
import { namedMarketplace } from '../marketplace-choice.js';
import { MarketplaceNames } from '../marketplace-names.js';
import { feedView } from '../run-view.js';
import { addFeedCheckCommand } from './feed-check-command.js';
import { addFeedReportCommand } from './feed-report-command.js';
import { addFeedShowCommand } from './feed-show-command.js';
import { addFeedXmlCommand } from './feed-xml-command.js';

const USUAL_FEEDS = 20;

/** `feed`: documents sent to Amazon, and its answers. */
export function addFeedCommands(root: Command, host: CommandHost): void {
  const feed = root.command('feed').description('documents sent to Amazon, and its answers');
  addCommand(feed, host, {
    call: 'list',
    summary: 'show the feeds, newest first',
    options: [
      ['--marketplace <country>', 'only this marketplace: FR, or ACCOUNT/FR'],
      ['--run <id>', 'only those of this run'],
      ['--status <status>', `only ${FEED_STATUSES.join(', ')}`],
      ['--before <id>', 'only feeds before this one'],
      ['--limit <rows>', `at most so many (${USUAL_FEEDS})`],
    ],
    input: z.object({
      marketplace: narrowing.marketplace,
      run: idOf('a run').optional(),
      status: oneOf(FEED_STATUSES).optional(),
      before: idOf('a feed').optional(),
      limit,
    }),
    run: async (input, cli) => {
      const program = await cli.program();
      const { marketplace } = input;
      const only = marketplace === undefined ? null : await namedMarketplace({ marketplace }, program);
      const filter = {
        limit: input.limit ?? USUAL_FEEDS,
        ...(input.run ? { runId: input.run } : {}),
        ...(input.status ? { status: input.status } : {}),
        ...(input.before ? { beforeId: input.before } : {}),
        ...(only ? { marketplaceId: only.id } : {}),
      };
      const feeds = await program.feeds.list(filter);
      const names = await MarketplaceNames.of(program);
      const table = feeds.length === 0 ? ['There is no such feed.'] : feedTable(feeds, names);
      return { data: feeds.map((one) => feedView(one, names)), text: textLines(table) };
    },
  });
  addFeedShowCommand(feed, host);
  addFeedXmlCommand(feed, host);
  addFeedReportCommand(feed, host);
  addFeedCheckCommand(feed, host);
}
