import type { WorkFault } from './fault-order.js';

/** What can become of a document that Amazon writes. */
export type DocumentDamage = Extract<WorkFault['kind'], 'report-cut' | 'report-empty' | 'report-html'>;

/** A document longer than this loses half of its last piece of this length; a shorter one half of itself. */
const PIECE_LENGTH = 64 * 1024;

const WEB_PAGE = `<!DOCTYPE html>
<html><head><title>503 Service Temporarily Unavailable</title></head>
<body><center><h1>503 Service Temporarily Unavailable</h1></center></body></html>
`;

/** The damage among the faults of a feed or report; null = its document is whole. */
export function damageAmong(faults: readonly WorkFault[]): DocumentDamage | null {
  for (const { kind } of faults)
    if (kind === 'report-cut' || kind === 'report-empty' || kind === 'report-html') return kind;
  return null;
}

/** The pieces of a document as they arrive. */
export async function* damaged(pieces: AsyncIterable<string>, damage: DocumentDamage | null): AsyncGenerator<string> {
  if (damage === null) yield* pieces;
  else if (damage === 'report-html') yield WEB_PAGE;
  else if (damage === 'report-cut') yield* cutShort(pieces);
}

async function* cutShort(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let kept = '';
  for await (const piece of pieces) {
    kept += piece;
    while (kept.length > 2 * PIECE_LENGTH) {
      yield kept.slice(0, PIECE_LENGTH);
      kept = kept.slice(PIECE_LENGTH);
    }
  }
  yield kept.slice(0, Math.floor(kept.length / 2));
}
