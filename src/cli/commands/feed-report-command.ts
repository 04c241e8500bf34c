import type { Readable } from 'node:stream';
import type { Command } from 'commander';
import { z } from 'zod';
import type { Feedbridge } from '../../compose.js';
import { explainIssue } from '../../features/reports/explain-issue.js';
import type { Feed, FeedIssue } from '../../features/reports/feed.js';
import { addCommand, type CommandHost } from '../add-command.js';
import { type Answer, textLines } from '../answer.js';
import { causeLines } from '../cause-lines.js';
import { flag, idOf } from '../input-kinds.js';
import { MarketplaceNames } from '../marketplace-names.js';
import { feedView } from '../run-view.js';
import { WrongUse } from '../wrong-use.js';

const ISSUES_PER_PAGE = 1_000;

/** `feed report`: what Amazon said of a feed, SKU by SKU. */
export function addFeedReportCommand(feed: Command, host: CommandHost): void {
  addCommand(feed, host, {
    call: 'report <id>',
    summary: 'show what Amazon said of a feed, SKU by SKU',
    options: [['--raw', "print Amazon's answer as it came"]],
    input: z.object({ id: idOf('a feed'), raw: flag }),
    run: async ({ id, raw }, cli) => {
      if (raw && cli.json)
        throw new WrongUse({ reason: 'Expected either --raw or --json: the answer as it came is XML.' });
      const program = await cli.program();
      const found = await program.feeds.find(id);
      return raw ? rawAnswer(found, await program.feeds.result(found)) : report(found, program);
    },
  });
}

function rawAnswer(feed: Feed, result: Readable | null): Answer {
  return { data: null, text: result === null ? textLines([notYet(feed)]) : result.setEncoding('utf8') };
}

async function report(feed: Feed, program: Feedbridge): Promise<Answer> {
  const causes = await program.feeds.causes(feed.id);
  const names = await MarketplaceNames.of(program);
  const settled = feed.settledAtMs !== null;
  return {
    data: { feed: feedView(feed, names), settled, causes, issues: explainedIssues(feed, program) },
    text: describe(),
  };
  async function* describe(): AsyncGenerator<string> {
    if (!settled) {
      yield* textLines([notYet(feed)]);
      return;
    }
    for await (const issue of issuesOf(feed, program)) yield* textLines([issueLine(issue)]);
    const { accepted, errors, unknown, warnings, fault } = feed;
    const figures = `Feed ${feed.id} (${feed.messageType}, ${feed.messages} messages): ${accepted ?? 0} values accepted, ${errors ?? 0} rejected, ${unknown ?? 0} without a clear answer; ${warnings ?? 0} warnings.`;
    yield* textLines([figures], fault === null ? [] : [fault], causeLines(causes));
  }
}

async function* explainedIssues(feed: Feed, program: Feedbridge): AsyncGenerator<unknown> {
  for await (const issue of issuesOf(feed, program)) yield { ...issue, explanation: explainIssue(issue.code) };
}

async function* issuesOf(feed: Feed, { feeds }: Feedbridge): AsyncGenerator<FeedIssue & { readonly id: number }> {
  for (let afterId = 0; ; ) {
    const page = await feeds.issues(feed.id, { afterId, limit: ISSUES_PER_PAGE });
    const last = page.at(-1);
    if (last === undefined) return;
    yield* page;
    afterId = last.id;
  }
}

function issueLine({ messageId, sku, severity, code, description }: FeedIssue): string {
  const about = messageId === 0 ? 'the whole feed' : (sku ?? `message ${messageId}`);
  return `${about}  ${severity} ${code}  ${description}`;
}

function notYet(feed: Feed): string {
  if (feed.status === 'failed')
    return `Feed ${feed.id} has no report: ${feed.fault ?? 'it never became a feed at Amazon'}`;
  return `The report of feed ${feed.id} is not available yet. That is no error: Amazon is still working on it (${feed.status}).`;
}
