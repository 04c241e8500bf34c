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
