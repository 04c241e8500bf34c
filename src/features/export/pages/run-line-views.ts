import type { Db } from '../../../db/open-database.js';
import type { Marketplace } from '../../accounts/account.js';
import { POOL } from '../../listings/listing.js';
import { partValueText, type TextOf } from '../../offers/part-value-views.js';
import type { ProductNames } from '../../offers/product-name-views.js';
import { verdictKinds } from '../../offers/verdict.js';
import type { Archive } from '../../reports/archive.js';
import { isOfSku } from '../run/run-log.js';
import type { LoggedVerdict, RunLogLine } from '../run/run-log-line.js';
import { keptLog, runLogLines, takeLines } from '../run/run-log-lines.js';
import { type KeptLog, RunStore } from '../run/run-store.js';

/** Which lines of a run's log a page shows. */
export interface RunLineFilter {
  /** `all`, `changes` (something goes to Amazon), `verdicts`, one kind of verdict, or the code of one. */
  readonly show: string;
  /** Exactly this SKU; empty = any. */
  readonly sku: string;
  /** From 1. */
  readonly page: number;
}

export interface RunLinePage {
  readonly lines: readonly RunLineView[];
  readonly more: boolean;
  /** The log that they are from; null while there is none. */
  readonly log: KeptLog | null;
}

/** One line of the log in words. */
export interface RunLineView {
  readonly sku: string;
  readonly productId: number;
  readonly combinationId: number;
  readonly name: string;
  readonly verdicts: readonly (Pick<LoggedVerdict, 'kind' | 'sentence' | 'advice'> & { where: string })[];
  readonly changes: readonly RunChangeView[];
  readonly notes: readonly string[];
}

export interface RunChangeView {
  readonly where: string;
  readonly part: string;
  readonly before: string;
  readonly after: string;
  readonly decision: string;
  readonly why: string;
}

export interface RunLineParts {
  readonly db: Db;
  readonly archive: Archive;
  readonly names: ProductNames;
  readonly text: TextOf;
}

const LINES_PER_PAGE = 50;
const VERDICT_KINDS: readonly string[] = [...new Set<string>(Object.values(verdictKinds))];
const GOING = ['send', 'wait', 'in-flight', 'held'].map((decision) => `"decision":"${decision}"`);

/** Everything that `show` may be. */
export const RUN_LINE_FILTERS: readonly string[] = [
  'all',
  'changes',
  'verdicts',
  ...VERDICT_KINDS,
  ...Object.keys(verdictKinds),
];

/** Reads pages of a run's log for people; the log is read from its start, in constant memory. */
export class RunLineViews {
  readonly #on: RunLineParts;

  constructor(parts: RunLineParts) {
    this.#on = parts;
  }

  /** @returns no lines while the run goes on: its log is written down at its end */
  async page(runId: number, filter: RunLineFilter, marketplaces: readonly Marketplace[]): Promise<RunLinePage> {
    const log = await new RunStore(this.#on.db).findLog(runId);
    if (log !== null && log.removedAtMs !== null) return { lines: [], more: false, log };
    const wanted = { isWanted: lineTest(filter), skip: (filter.page - 1) * LINES_PER_PAGE };
    // One line more than a page shows tells whether another page follows.
    const found = await takeLines(runLogLines(runId, this.#on, wanted), LINES_PER_PAGE + 1);
    const lines = found.slice(0, LINES_PER_PAGE);
    const nameOf = await this.#on.names.of(lines);
    const where = placeNames(marketplaces, this.#on.text);
    return {
      lines: lines.map((line) => this.#view(line, nameOf(line), where)),
      more: found.length > LINES_PER_PAGE,
      log,
    };
  }

  /**
   * The log's path in the archive, or null while there is none.
   *
   * @throws FileRemoved
   */
  async path(runId: number): Promise<string | null> {
    const log = await new RunStore(this.#on.db).findLog(runId);
    return log === null ? null : keptLog(log);
  }

  #view(line: RunLogLine, name: string, where: (marketplaceId: number) => string): RunLineView {
    const { text } = this.#on;
    const verdicts = line.verdicts.map(({ kind, sentence, advice, marketplaceIds }) => ({
      kind,
      sentence,
      advice,
      where: marketplaceIds.map(where).join(', '),
    }));
    const changes = line.parts.map(
      (part): RunChangeView => ({
        where: where(part.marketplaceId),
        part: text(`part.${part.part}`),
        before: partValueText(part.part, part.before, text),
        after: partValueText(part.part, part.value, text),
        decision: part.decision,
        why: part.why === null ? '' : text(`why.${part.why}`),
      }),
    );
    const { sku, productId, combinationId, notes } = line;
    return { sku, productId, combinationId, name, verdicts, changes, notes };
  }
}

/** Tests a line as text: parsing a million lines to show fifty would take seconds. Quotes inside JSON texts are escaped, so nothing else matches. */
function lineTest({ show, sku }: RunLineFilter): (line: string) => boolean {
  const isOfAny = sku === '' ? () => true : isOfSku(sku);
  const marks = marksOf(show);
  return (line) => isOfAny(line) && (marks === null || marks.some((mark) => line.includes(mark)));
}

function marksOf(show: string): readonly string[] | null {
  if (show === 'all') return null;
  if (show === 'changes') return GOING;
  if (show === 'verdicts') return ['"kind":"'];
  return VERDICT_KINDS.includes(show) ? [`"kind":"${show}"`] : [`"code":"${show}"`];
}

function placeNames(marketplaces: readonly Marketplace[], text: TextOf): (marketplaceId: number) => string {
  const names = new Map(marketplaces.map((one) => [one.id, one.country]));
  return (id) => (id === POOL ? text('place.pool') : (names.get(id) ?? `#${id}`));
}
