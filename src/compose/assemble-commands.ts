import type { Feedbridge } from '../compose.js';
import { ListingViews } from '../features/listings/listing-views.js';
import { MarkOrders } from '../features/queue/mark-orders.js';
import { MarkRemoval } from '../features/queue/mark-removal.js';
import { TaskRunStore } from '../scheduler/task-run-store.js';

/** What only commands need beside the program. */
export interface CommandParts {
  readonly orders: MarkOrders;
  readonly removal: MarkRemoval;
  readonly listingViews: ListingViews;
  /** How tasks ran. */
  readonly diary: TaskRunStore;
}

/** Puts together what only commands need. */
export function assembleCommands(program: Feedbridge): CommandParts {
  return {
    orders: new MarkOrders(program),
    removal: new MarkRemoval(program),
    listingViews: new ListingViews(program.db),
    diary: new TaskRunStore(program.db),
  };
}
