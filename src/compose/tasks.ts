import { exportOffers } from '../../scheduled/export-offers.js';
import { fetchReports } from '../../scheduled/fetch-reports.js';
import { sweepCatalogue } from '../../scheduled/sweep-catalogue.js';
import { sweepStock } from '../../scheduled/sweep-stock.js';
import { tidyArchive } from '../../scheduled/tidy-archive.js';
import type { Feedbridge } from '../compose.js';
import type { ScheduledTask } from '../scheduler/define-task.js';

/** Everything that is done again and again without anybody, on the schedules that the settings give now. */
export async function feedbridgeTasks(program: Feedbridge): Promise<readonly ScheduledTask[]> {
  const settings = await program.settings.load();
  return [sweepCatalogue, sweepStock, exportOffers, fetchReports, tidyArchive].map((taskOf) =>
    taskOf(program, settings),
  );
}
