/** One page that is being read: where the next one begins is known long before its content. */
export interface PageRead<T> {
  /** The id after which the next page begins, null after the last; never rejected. */
  readonly nextAfter: Promise<number | null>;
  readonly content: Promise<T>;
}

interface RunningPage<T> {
  readonly nextAfter: Promise<number | null>;
  /** Settled, never rejected: the caller may still be busy with an earlier page when this one fails. */
  readonly content: Promise<readonly [PromiseSettledResult<T>]>;
}

/**
 * Reads pages in order, some ahead of the caller: the database works on the next ones while the caller works on this one.
 * A caller that stops early leaves no reading behind.
 *
 * @param start begins to read the page after an id; the first is after 0
 * @param depth how many pages are under way at once (>= 1), the caller's own among them; each holds a connection
 */
export async function* readAhead<T>(start: (after: number) => PageRead<T>, depth: number): AsyncGenerator<T, void> {
  let newest = run(start(0));
  const running = [newest];
  try {
    for (;;) {
      while (running.length < depth) {
        const after = await newest.nextAfter;
        if (after === null) break;
        newest = run(start(after));
        running.push(newest);
      }
      const [content] = (await running[0]?.content) ?? [];
      if (content === undefined) return;
      running.shift();
      if (content.status === 'rejected') throw content.reason;
      yield content.value;
    }
  } finally {
    // How a reading ended that nobody waits for any more concerns nobody.
    for (const page of running) await page.content;
  }
}

function run<T>({ nextAfter, content }: PageRead<T>): RunningPage<T> {
  return { nextAfter, content: Promise.allSettled([content]) };
}
