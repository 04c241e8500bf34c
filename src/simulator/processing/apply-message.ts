import type { FeedResult } from '../state/feed-store.js';
import type { SimulatedMarketplace } from '../state/seller-store.js';
import type { Shelf } from '../state/shelf.js';
import { error, type FeedKind, type FeedOperation, type MessageIssue, warning } from './feed-kind.js';
import type { LinesBySku } from './message-lines.js';
import type { FeedMessage } from './read-feed-document.js';
import type { MessageInTurn } from './working-order.js';
import type { XmlNode } from './xml-node.js';

/** Where and when a feed's messages are applied. */
export interface FeedScene {
  readonly kind: FeedKind;
  /** Row number of the feed. */
  readonly feedId: number;
  readonly marketplaces: readonly SimulatedMarketplace[];
  readonly atMs: number;
  readonly effectiveFromMs: number;
  /** What some SKUs get in the report by command, before anything else is said of them. */
  readonly commandedLines: LinesBySku;
}

/**
 * Checks one message and writes it to the shelf.
 *
 * @returns its lines in the processing report; none when it was simply accepted
 */
export function applyMessage(turn: MessageInTurn, shelf: Shelf, scene: FeedScene): readonly FeedResult[] {
  const { message } = turn;
  const sku = message.payload === null ? null : (scene.kind.skusOf(message.payload)[0] ?? null);
  return issuesOf(turn, shelf, scene).map((issue) => ({
    messageId: message.messageId,
    result: issue.result,
    code: issue.code,
    description: issue.description,
    // A SKU that could not be one is not repeated in the report: the schema of reports would refuse it.
    sku: sku !== null && isSku(sku) ? sku : null,
  }));
}

function issuesOf({ message, sameAsBefore }: MessageInTurn, shelf: Shelf, scene: FeedScene): readonly MessageIssue[] {
  const { kind } = scene;
  const { payload } = message;
  if (payload === null || payload.name !== kind.messageType)
    return [error('5002', `The message holds ${payload?.name ?? 'nothing'} where ${kind.messageType} was expected.`)];
  const operation = operationOf(message, kind);
  if (operation === null)
    return [error('5002', `The operation type "${message.operation}" is not possible for ${kind.messageType}.`)];
  const problem = skuProblem(payload, kind);
  if (problem) return [problem];
  if (sameAsBefore)
    return [warning('5000', 'The update was skipped because it is identical to an earlier message of this feed.')];
  const commanded = scene.commandedLines.get(kind.skusOf(payload)[0] ?? '') ?? [];
  if (commanded.some((line) => line.result === 'Error')) return commanded;
  const issues = kind.apply({
    operation,
    payload,
    shelf,
    marketplaces: scene.marketplaces,
    source: { atMs: scene.atMs, feedId: scene.feedId, messageId: message.messageId },
    effectiveFromMs: scene.effectiveFromMs,
  });
  return [...commanded, ...issues];
}

function operationOf(message: FeedMessage, kind: FeedKind): FeedOperation | null {
  return kind.operations.find((one) => one === message.operation) ?? null;
}

function skuProblem(payload: XmlNode, kind: FeedKind): MessageIssue | null {
  const skus = kind.skusOf(payload);
  if (skus.includes('') || skus.length === 0) return error('99001', 'A value is missing: sku.');
  const wrong = skus.find((sku) => !isSku(sku));
  return wrong === undefined ? null : error('90205', `"${wrong}" is not a valid SKU.`);
}

/** @source Amazon: 1–40 characters, no space at either end */
function isSku(text: string): boolean {
  return text.length >= 1 && text.length <= 40 && text === text.trim();
}
