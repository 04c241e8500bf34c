import { type Verdict, type VerdictCode, verdictKinds } from './verdict.js';
import { verdictTexts } from './verdict-texts.js';

/** What the braces of a verdict's sentence are filled with. */
export type VerdictFigures = Readonly<Record<string, string | number>>;

/** The common answer: nothing stands against the item. One object for all, so that a million items allocate none. */
export const NO_VERDICTS: readonly Verdict[] = Object.freeze([]);

const withoutFigures = new Map<VerdictCode, Verdict>();

/**
 * Writes the verdict of a code, with the figures of the case in its sentence.
 *
 * @param figures one per name in braces; left out for the verdicts that have none, which are then one object each
 */
export function makeVerdict(code: VerdictCode, figures?: VerdictFigures): Verdict {
  if (figures !== undefined) return write(code, figures);
  let verdict = withoutFigures.get(code);
  if (verdict === undefined) {
    verdict = write(code, {});
    withoutFigures.set(code, verdict);
  }
  return verdict;
}

function write(code: VerdictCode, figures: VerdictFigures): Verdict {
  const { sentence, advice } = verdictTexts[code];
  return {
    kind: verdictKinds[code],
    code,
    sentence: sentence.replace(/\{(\w+)\}/g, (braces, name: string) => String(figures[name] ?? braces)),
    advice,
  };
}
