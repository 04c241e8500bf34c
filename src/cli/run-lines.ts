import type { PlannedPart, PlanReason } from '../features/export/plan/plan-sku.js';
import type { Run } from '../features/export/run/run.js';
import type { RunLogLine } from '../features/export/run/run-log-line.js';
import type { MarketplaceNames } from './marketplace-names.js';
import { counted, figure } from './plain-words.js';
import { padded } from './table.js';
import { valueText } from './value-text.js';

const SKU_WIDTH = 24;
const WHERE_WIDTH = 12;
const PART_WIDTH = 9;

const REASONS: Readonly<Record<PlanReason, string>> = {
  'created-first': 'goes when the offer is accepted',
  'price-first': 'goes when the price is accepted',
  'price-rejected': 'stays as it is: the price was rejected',
  'offer-rejected': 'not sent: the offer was rejected',
  'not-at-amazon': 'not sent: not on Amazon, match it',
  'another-in-flight': 'goes when the value on its way is settled',
  'document-full': 'goes with the next document',
  'kind-in-flight': 'goes when the open feed of its kind is settled',
  'marked-anew': 'goes with the next document: it was marked anew before this one was sent',
  'suspect-apart': 'goes with another feed: the message that made one end FATAL is being looked for',
  'cannot-be-sent': 'not sent: no message can carry it',
  guard: 'held: too many of its kind at once',
  'price-held': 'stays as it is: the price is held',
  'first-send': 'held: the first send to this account',
};

/**
 * What a run says of one item, for people: each line begins with the SKU, so that it is found again.
 *
 * @returns nothing for an item that is in step
 */
export function runLineTexts(line: RunLogLine, names: MarketplaceNames): readonly string[] {
  const start = (where: string) => `${padded(line.sku, SKU_WIDTH)}  ${padded(where, WHERE_WIDTH)}`;
  const texts: string[] = [];
  for (const { marketplaceIds, kind, sentence, advice } of line.verdicts)
    texts.push(`${start(whereText(marketplaceIds, names))}  ${padded(kind, PART_WIDTH)}  ${sentence} ${advice}`);
  for (const group of groupParts(line.parts))
    texts.push(`${start(whereText(group.marketplaceIds, names))}  ${padded(group.part, PART_WIDTH)}  ${group.change}`);
  for (const note of line.notes) texts.push(`${start('')}  ${padded('note', PART_WIDTH)}  ${note}`);
  return texts;
}

/** The figures of a run in sentences. */
export function totalLines({ id, mode, totals }: Run): readonly string[] {
  const { products, items, stopped, skuFaults, createFaults, priceFaults } = totals;
  const would = mode === 'send' ? '' : ' would be';
  const faults = [
    [stopped, 'not sold'],
    [skuFaults, 'with a SKU fault'],
    [createFaults, 'that cannot be created'],
    [priceFaults, 'without a price'],
  ] as const;
  const facts = faults.filter(([count]) => count > 0).map(([count, what]) => `${figure(count)} ${what}`);
  const others = [
    [totals.equal, 'in step'],
    [totals.waiting, 'waiting for something else'],
    [totals.inFlight, 'on their way already'],
    [totals.leftAlone, 'left alone'],
    [totals.held, 'held'],
  ] as const;
  const rest = others.filter(([count]) => count > 0).map(([count, what]) => `${figure(count)} ${what}`);
  return [
    ...totals.passedOver.map((one) => one.reason),
    `Run ${id} (${mode}): ${counted(products, 'product')}, ${counted(items, 'item')}${facts.length > 0 ? `; ${facts.join(', ')}` : ''}.`,
    ...skuFaultLines(totals.reasons),
    `${counted(totals.sent, 'value')}${would} sent${messagesText(totals.messages)}${rest.length > 0 ? `; ${rest.join(', ')}` : ''}.`,
    ...(totals.unsent > 0
      ? [
          `${counted(totals.unsent, 'value')} could not be handed to Amazon and will be tried again: feedbridge feed list --status failed`,
        ]
      : []),
    ...(totals.raised > 0
      ? [`${counted(totals.raised, 'quantity', 'quantities')}${would} raised above what Amazon shows.`]
      : []),
    ...(mode === 'send'
      ? [
          `Amazon so far: ${totals.accepted} accepted, ${totals.rejected} rejected, ${totals.unknown} without a clear answer.`,
        ]
      : []),
  ];
}

/** What keeps items from having a SKU is the shop's to mend, best before anything is sent. */
function skuFaultLines(reasons: Readonly<Record<string, number>>): readonly string[] {
  const texts = SKU_FAULTS.flatMap(([code, what]) => {
    const count = reasons[code] ?? 0;
    return count === 0 ? [] : [`${figure(count)} ${what}`];
  });
  return texts.length === 0 ? [] : [`SKU faults: ${texts.join(', ')}. Which, and what to do: feedbridge shop check`];
}

const SKU_FAULTS = [
  ['sku-empty', 'without a SKU'],
  ['sku-duplicate', 'that share one'],
  ['sku-too-long', 'too long'],
  ['sku-outer-spaces', 'with outer spaces'],
  ['sku-characters', 'with invisible characters'],
] as const;

function messagesText(messages: Readonly<Record<string, number>>): string {
  const texts = Object.entries(messages).map(([type, count]) => `${figure(count)} ${type}`);
  return texts.length === 0 ? '' : ` (messages: ${texts.join(', ')})`;
}

function whereText(marketplaceIds: readonly number[], names: MarketplaceNames): string {
  return marketplaceIds.length === 0 ? 'all' : marketplaceIds.map((id) => names.short(id)).join(' ');
}

interface PartGroup {
  readonly part: string;
  readonly change: string;
  readonly marketplaceIds: number[];
}

/** Marketplaces of which the same is to be said share a line; what is in step is not worth one. */
function groupParts(parts: readonly PlannedPart[]): readonly PartGroup[] {
  const groups: PartGroup[] = [];
  for (const part of parts) {
    if (part.decision === 'equal') continue;
    const change = changeText(part);
    const known = groups.find((one) => one.part === part.part && one.change === change);
    if (known) known.marketplaceIds.push(part.marketplaceId);
    else groups.push({ part: part.part, change, marketplaceIds: [part.marketplaceId] });
  }
  return groups;
}

function changeText({ part, value, before, decision, why }: PlannedPart): string {
  const after = valueText(part, value);
  const change = before === value ? `${after} again` : `${valueText(part, before) ?? '-'} → ${after}`;
  if (decision === 'in-flight') return `${change} (on its way)`;
  if (decision === 'rejected') return `${change} (rejected by Amazon before; a new mark tries it again)`;
  return why === null ? change : `${change} (${REASONS[why]})`;
}
