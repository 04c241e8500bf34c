import type { HeldLine } from '../features/export/guard/hold.js';
import { decisionText, heldText } from '../features/export/guard/hold-texts.js';
import type { HoldView, LineView } from '../features/export/guard/hold-views.js';
import type { MarketplaceNames } from './marketplace-names.js';
import { timeText } from './plain-words.js';
import { valueText } from './value-text.js';

/** What a run held, and what people can do about it. */
export function holdTexts(holds: readonly HoldView[], names: MarketplaceNames): readonly string[] {
  return holds.flatMap((hold) => {
    const { runId, kind, state, heldNow, lineCount, decidedBy, decidedAtMs, goesAtMs, examples } = hold;
    const text = heldText(kind, state === 'held' ? heldNow : lineCount);
    if (state === 'gone') return [`Held once: ${text}; none of it is so any more.`];
    if (state !== 'held') return [`Held once: ${text}; ${state} by ${decidedBy} at ${timeText(decidedAtMs)}.`];
    const more = heldNow > examples.length && examples.length > 0 ? ['  …'] : [];
    const lines = examples.map((line) => `  ${heldLineText(line, names)}`);
    const first = kind === 'first-send' ? [BEFORE_THE_FIRST] : [];
    return [`Held: ${text}.`, ...lines, ...more, ...first, decisionText(runId, goesAtMs)];
  });
}

const BEFORE_THE_FIRST = 'SKUs that are missing, faulty or shared in the whole catalogue: feedbridge shop check';

/** What of a SKU is held. */
export function heldOfSkuTexts(lines: readonly LineView[], names: MarketplaceNames): readonly string[] {
  return lines.map(
    (line) => `Held by run ${line.runId}: ${heldLineText(line, names)}. ${decisionText(line.runId, line.goesAtMs)}`,
  );
}

/** A held line for programs. */
export function heldLineView(line: HeldLine, names: MarketplaceNames) {
  const { sku, part, value, valueBefore, productId, isDeletion } = line;
  return { sku, marketplace: names.full(line.marketplaceId), part, valueBefore, value, productId, isDeletion };
}

/** A hold for programs. */
export function holdView(hold: HoldView, names: MarketplaceNames) {
  const { id: _, examples, ...view } = hold;
  return { ...view, examples: examples.map((line) => heldLineView(line, names)) };
}

function heldLineText({ sku, marketplaceId, part, valueBefore, value }: HeldLine, names: MarketplaceNames): string {
  return `${sku} ${names.short(marketplaceId)} ${part}: ${valueText(part, valueBefore) ?? '-'} → ${valueText(part, value)}`;
}
