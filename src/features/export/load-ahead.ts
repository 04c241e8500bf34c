/**
 * Loads something for each piece of a source while the caller still works on the pieces before it, in order. A caller that stops early
 * leaves no loading behind.
 *
 * @param load may fail: the caller learns it when it comes to that piece
 * @param ahead how many pieces are loaded ahead of the caller's own (>= 1)
 */
export async function* loadAhead<Piece, Loaded>(
  source: AsyncIterable<Piece>,
  load: (piece: Piece) => Promise<Loaded>,
  ahead: number,
): AsyncGenerator<Loaded, void> {
  const pieces = source[Symbol.asyncIterator]();
  const next = async () => {
    const piece = await pieces.next();
    return piece.done ? null : { loaded: await load(piece.value) };
  };
  const running = Array.from({ length: ahead }, () => settled(next()));
  try {
    for (;;) {
      const [outcome] = (await running.shift()) ?? [];
      if (outcome === undefined) return;
      if (outcome.status === 'rejected') throw outcome.reason;
      if (outcome.value === null) return;
      running.push(settled(next()));
      yield outcome.value.loaded;
    }
  } finally {
    // How a loading ended that nobody waits for any more concerns nobody.
    for (const one of running) await one;
    await pieces.return?.();
  }
}

/** Settled, never rejected: the caller may still be busy with an earlier piece when this one fails. */
function settled<T>(loading: Promise<T>): Promise<readonly [PromiseSettledResult<T>]> {
  return Promise.allSettled([loading]);
}
