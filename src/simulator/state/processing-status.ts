/** The states of a feed or report, as both official models name them. */
export const PROCESSING_STATUSES = ['CANCELLED', 'DONE', 'FATAL', 'IN_PROGRESS', 'IN_QUEUE'] as const;

export type ProcessingStatus = (typeof PROCESSING_STATUSES)[number];
