import type { ExplainedGroup } from '../features/reports/feed-service.js';
import { counted } from './plain-words.js';

/** What Amazon found wrong, the most frequent cause first: its own words, then what they mean, what to do, and who must act. */
export function causeLines(causes: readonly ExplainedGroup[]): readonly string[] {
  return causes.flatMap(({ severity, code, count, example, explanation }) => [
    `${counted(count, severity)} ${code}: ${example}`,
    ...(explanation === null
      ? []
      : [`  Meaning: ${explanation.meaning}`, `  To do:   ${explanation.advice} (${explanation.actor})`]),
  ]);
}

/** The same for several feeds; those about which Amazon says the same stand together. */
export function feedCauseLines(
  feeds: readonly { readonly feedId: number; readonly causes: readonly ExplainedGroup[] }[],
): readonly string[] {
  const feedIds = new Map<string, number[]>();
  for (const { feedId, causes } of feeds) {
    const text = causeLines(causes).join('\n');
    feedIds.set(text, [...(feedIds.get(text) ?? []), feedId]);
  }
  return [...feedIds].flatMap(([text, ids]) => [
    `${ids.length === 1 ? 'Feed' : 'Feeds'} ${ids.join(', ')}:`,
    ...text.split('\n'),
  ]);
}
