import type { QueueRow } from '../features/queue/queue-row.js';
import type { QueueService } from '../features/queue/queue-service.js';

const ROWS_PER_PAGE = 2_000;

/** Everything that is marked on some marketplaces, page by page in the order of the rows' numbers. */
export async function* queuePages(
  marketplaceIds: readonly number[],
  queue: QueueService,
): AsyncGenerator<readonly QueueRow[]> {
  for (let afterId = 0; ; ) {
    const page = await queue.list({ marketplaceIds, afterId, limit: ROWS_PER_PAGE });
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    afterId = last.id;
  }
}
