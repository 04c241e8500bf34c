import { describe, expect, it } from 'vitest';
import { type Connections, checkConnections } from '../../../../src/features/doctor/check-connections.js';
import type { DiskState } from '../../../../src/features/reports/disk-watch.js';

const checkDisk = async (shortage: DiskState | null) => {
  const connections = { disk: { shortage: async () => shortage } } as unknown as Connections;
  return (await checkConnections(connections).next()).value;
};

describe('The doctor', () => {
  it('says how much room the disk lacks, and what to do', async () => {
    expect(await checkDisk(null)).toMatchObject({ name: 'disk', status: 'ok' });
    expect(await checkDisk({ freeMib: 3, neededMib: 1_024 })).toMatchObject({
      status: 'failed',
      finding: expect.stringContaining('Expected 1024 MiB of free space for the data folder, got 3 MiB'),
    });
  });
});
