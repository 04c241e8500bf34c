import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemClock } from '../../../src/core/clock.js';
import { LockStore } from '../../../src/db/lock-store.js';
import { openDatabase } from '../../../src/db/open-database.js';
import { ensureSimulator, type SimulatorHost } from '../../../src/simulator/simulator-host.js';
import { describeEachDatabase, type TestDatabase } from '../../support/test-databases.js';

describeEachDatabase('The one simulator of a database', (_name, open) => {
  let database: TestDatabase;
  let locks: LockStore;
  const hosts: SimulatorHost[] = [];
  beforeEach(async () => {
    database = await open();
    locks = new LockStore(database.db);
  });
  afterEach(async () => {
    for (const host of hosts.splice(0)) await host.stop();
    await database.drop();
  });

  async function ensure(db = database.db, renewMs = 4_000): Promise<SimulatorHost> {
    const host = await ensureSimulator({ db, clock: systemClock, renewMs });
    hosts.push(host);
    return host;
  }

  it('starts here when none runs, and its lock tells where it answers', async () => {
    const host = await ensure();
    expect(host.own).toBe(true);
    expect((await fetch(`${host.url}/_simulator/health`)).status).toBe(200);
    expect(await locks.holder('simulator')).toMatchObject({ note: host.url });
    await host.stop();
    expect(await locks.holder('simulator')).toBeNull();
    await expect(fetch(`${host.url}/_simulator/health`)).rejects.toThrow();
  });

  it('is used, and left running, by a second process', async () => {
    const first = await ensure();
    const db = await openDatabase(database.url);
    const second = await ensure(db);
    expect(second).toMatchObject({ url: first.url, own: false });
    await second.stop();
    await db.destroy();
    expect((await fetch(`${first.url}/_simulator/health`)).status).toBe(200);
  });

  it('is started once when two processes begin together', async () => {
    const db = await openDatabase(database.url);
    const both = await Promise.all([ensure(), ensure(db)]);
    expect(both.map(({ own }) => own).sort()).toEqual([false, true]);
    expect(both[0].url).toBe(both[1].url);
    for (const host of hosts.splice(0).reverse()) await host.stop();
    await db.destroy();
  });

  it('is replaced at once when its process on this machine has died', async () => {
    // Above the largest process number that Linux gives.
    await locks.acquire('simulator', `${hostname()}:4194999:dead`, { note: `http://127.0.0.1:${await closedPort()}` });
    const started = Date.now();
    expect((await ensure()).own).toBe(true);
    expect(Date.now() - started).toBeLessThan(5_000);
  });

  it('takes its lock again when that ran out unnoticed', async () => {
    const host = await ensure(database.db, 20);
    await database.db('lock').where({ name: 'simulator' }).update({ expires_at_ms: 1 });
    await expect.poll(() => locks.holder('simulator')).toMatchObject({ note: host.url, fence: 2 });
    expect((await fetch(`${host.url}/_simulator/health`)).status).toBe(200);
  });

  it('stops serving when another process has taken over', async () => {
    const host = await ensure(database.db, 20);
    await database.db('lock').where({ name: 'simulator' }).update({ owner: 'another', fence: 9 });
    await expect.poll(() => answers(host.url)).toBe(false);
    await host.stop();
    expect(await locks.holder('simulator')).toMatchObject({ owner: 'another' });
  });

  it('is waited for while its lock lives elsewhere, until it answers', async () => {
    const other = createServer((_request, response) => response.end('{"simulator":true}'));
    const port = await closedPort();
    const note = `http://127.0.0.1:${port}`;
    await locks.acquire('simulator', 'another-machine:1:x', { note });
    const waiting = ensure();
    await new Promise<void>((resolve) => {
      other.listen(port, '127.0.0.1', resolve);
    });
    expect(await waiting).toMatchObject({ url: note, own: false });
    other.closeAllConnections();
    other.close();
  });
});

function answers(url: string): Promise<boolean> {
  return fetch(`${url}/_simulator/health`).then(
    () => true,
    () => false,
  );
}

/** A port at which nobody listens. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}
