import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readStories } from '../../chaos/outside/journals.ts';
import { isLongForm } from '../../support/long-form.ts';
import { mountSmallDisk } from '../../support/small-disk.ts';
import { oneshot } from '../command-line.ts';
import { ApiClient, corpus, newSigner } from './client.ts';
import { type OptimizerProcess, startOptimizer, TRIAL } from './optimizer-process.ts';
import { makeToken, startTrialService } from './trial-service.ts';

const CODE = { secret: '000000' };
/** How much coarser the short form goes through what may be left on a full disk. */
const COARSER = isLongForm ? 1 : 2.5;

let data: string;
let running: OptimizerProcess[];
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'api-weather-'));
  running = [];
});
afterEach(async () => {
  for (const process of running) await process.stop();
  await rm(data, { recursive: true, force: true });
});

async function start(args: readonly string[] = TRIAL, directory = data): Promise<ApiClient> {
  const process = await startOptimizer({ data: directory, args });
  running.push(process);
  return new ApiClient(process.url);
}
const stop = async (): Promise<void> => running.pop()?.stop();

/** How each transaction ended, as its journal says. */
async function ends(directory = data): Promise<string[]> {
  const faults: string[] = [];
  const stories = readStories(join(directory, 'optimizer'), faults);
  expect(faults).toEqual([]);
  return stories.map(({ end }) => end ?? 'open');
}

describe('the API', () => {
  it('starts while the service is away: finished files are there, signing is to be tried again', async () => {
    const service = await startTrialService();
    const anchor = join(data, 'anchor.pem');
    const [name, url, option, issued = '', ...others] = service.args();
    await copyFile(issued, anchor);
    const args = [name, url, option, anchor, ...others].filter((arg) => arg !== undefined);
    let client = await start(args);
    await makeToken(client.base.replace('/api/v1', ''));
    const { pk, uid } = await client.readyToSign(corpus('pdftex.pdf'));
    expect((await client.post(`/sign/${pk}`, CODE)).http).toBe(200);
    const open = await client.readyToSign(corpus('chromium.pdf'));
    await stop();
    await service.close();

    client = await start(args);
    expect((await client.bytes(`/document/${pk}/signed/${uid}`)).http).toBe(200);
    expect((await client.post(`/sign/${open.pk}`, CODE)).http).toBe(503);
    expect((await client.get(`/request/${open.pk}`)).body.details.status).toBe('ENROLLREADY');
    await stop();
    // Also where nothing was ever heard of the service.
    const fresh = await mkdtemp(join(data, 'fresh-'));
    client = await start(args, fresh);
    expect((await client.get('/requests')).http).toBe(200);
  }, 120_000);

  it('one altered record among many is set aside, and the others go on', async () => {
    let client = await start();
    const kept = await client.readyToSign(corpus('pdftex.pdf'));
    const altered = await client.request();
    await stop();
    const database = new Libsql(join(data, 'optimizer', 'api', 'records.db'));
    database.prepare("UPDATE record SET value = '{torn' WHERE key = ?").run([String(altered)]);
    database.close();
    client = await start();
    expect((await client.post(`/sign/${kept.pk}`, CODE)).http).toBe(200);
    expect(Object.keys((await client.get('/requests')).body.details)).toEqual([String(kept.pk)]);
    expect((await client.get(`/request/${altered}`)).http).toBe(500);
  }, 120_000);

  it('removes what ended before its time, and no byte of it is found afterwards', async () => {
    let client = await start();
    const { pk, uid } = await client.readyToSign(corpus('pdftex.pdf'), { surname_1: 'Plantedsurname' });
    expect((await client.post(`/sign/${pk}`, CODE)).http).toBe(200);
    expect((await client.bytes(`/document/${pk}/signed/${uid}`)).http).toBe(200);
    await stop();
    const inThirtyDays = new Date(Date.now() + 31 * 24 * 3600_000);
    const { Optimizer: _, ...rest } = await import('../../../src/optimizer/index.ts');
    expect(await rest.removeEndedRecords(join(data, 'optimizer'), inThirtyDays)).toBe(1);
    // What the calendar does in a month: the request began before the days of the records.
    const database = new Libsql(join(data, 'optimizer', 'api', 'records.db'));
    const longAgo = new Date(Date.now() - 31 * 24 * 3600_000).toISOString();
    database
      .prepare("UPDATE record SET value = json_set(value, '$.createdAt', ?) WHERE collection = 'request'")
      .run([longAgo]);
    database.close();
    client = await start([...TRIAL, '--keep-records', '1']);
    await expect.poll(async () => (await client.get(`/request/${pk}`)).http, { timeout: 30_000 }).toBe(404);
    await stop();
    for (const entry of await readdir(data, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      // The evidence is kept, by a rule of its own; the service has its own records.
      if (!entry.isFile() || /\/(evidence|service)\//.test(path)) continue;
      expect((await readFile(path)).includes('Plantedsurname'), path).toBe(false);
    }
  }, 120_000);

  it('lists callbacks that failed', async () => {
    const receiver = createServer((_request, response) => response.writeHead(500).end());
    await new Promise<void>((listening) => receiver.listen(0, '127.0.0.1', listening));
    const callback = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
    const client = await start([...TRIAL, '--callback-host', '127.0.0.1']);
    const { pk } = await client.readyToSign(corpus('pdftex.pdf'), { callback });
    expect((await client.post(`/sign/${pk}`, CODE)).http).toBe(200);
    await expect
      .poll(async () => (await oneshot(['callbacks', '--data', data, '--json'])).stdout, { timeout: 30_000 })
      .toMatch(new RegExp(`"request":${pk}.*"failure":"HTTP 500"`));
    receiver.close();
  }, 120_000);

  it.each([
    ['that its response was taken', '"signAnswered":true'],
    ['the state that was reached', '"toldState":"ISSUED"'],
  ])(
    'goes on where a full disk does not take %s',
    async (_, noted) => {
      const told: string[] = [];
      const receiver = createServer(async (incoming, response) => {
        let text = '';
        for await (const chunk of incoming) text += chunk;
        told.push((JSON.parse(text) as { status: string }).status);
        response.writeHead(200).end();
      });
      await new Promise<void>((listening) => receiver.listen(0, '127.0.0.1', listening));
      const callback = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
      const client = await start([...TRIAL, '--callback-host', '127.0.0.1']);
      const { pk, uid } = await client.readyToSign(corpus('pdftex.pdf'), { callback });
      const inside = (statement: string): void => {
        const database = new Libsql(join(data, 'optimizer', 'api', 'records.db'));
        database.exec(statement);
        database.close();
      };
      inside(
        `CREATE TRIGGER full BEFORE UPDATE ON record WHEN NEW.value LIKE '%${noted}%'
       BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END`,
      );
      expect((await client.post(`/sign/${pk}`, CODE)).http).toBe(200);
      expect((await client.bytes(`/document/${pk}/signed/${uid}`)).http).toBe(200);
      inside('DROP TRIGGER full');
      await expect.poll(() => told.at(-1), { timeout: 30_000 }).toBe('ISSUED');
      receiver.close();
    },
    120_000,
  );

  it('ends what was begun for a request that was lost before it could be told', async () => {
    let client = await start();
    const pk = await client.request();
    await stop();
    const database = new Libsql(join(data, 'optimizer', 'api', 'records.db'));
    database.prepare('DELETE FROM record WHERE key = ?').run([String(pk)]);
    database.close();
    await rm(join(data, 'optimizer', 'api', 'secrets'), { recursive: true });
    client = await start();
    await expect.poll(ends, { timeout: 30_000 }).toEqual(['cancelled']);
    expect((await client.get('/requests')).http).toBe(200);
  }, 120_000);

  it('says in one line what the start recovered and what it set aside', async () => {
    let client = await start();
    const [untold, lost, altered, torn, kept] = [
      await client.request(),
      await client.request(),
      await client.request(),
      await client.request(),
      await client.readyToSign(corpus('pdftex.pdf')),
    ];
    await stop();
    const directory = join(data, 'optimizer');
    const database = new Libsql(join(directory, 'api', 'records.db'));
    const { value } = database.prepare('SELECT value FROM record WHERE key = ?').get([String(torn)]) as {
      value: string;
    };
    const { transactionId } = JSON.parse(value) as { transactionId: string };
    database
      .prepare("UPDATE record SET value = json_set(value, '$.acknowledged', json('false')) WHERE key = ?")
      .run([String(untold)]);
    database.prepare('DELETE FROM record WHERE key = ?').run([String(lost)]);
    database.prepare("UPDATE record SET value = '{torn' WHERE key = ?").run([String(altered)]);
    database.close();
    const journal = join(directory, 'transactions', transactionId, 'journal.jsonl');
    await writeFile(journal, (await readFile(journal, 'utf8')).replace('created', 'cremated'));
    await writeFile(join(directory, 'index.db'), 'no database at all '.repeat(1000));

    client = await start();
    const lines = () =>
      (running.at(-1)?.said() ?? '').split('\n').filter((line) => line.includes('recovered'));
    await expect.poll(lines, { timeout: 30_000 }).toHaveLength(1);
    const [line = ''] = lines();
    expect(line).toContain('recovered after the start');
    expect(line).toContain('2 dropped that nobody was told of');
    expect(line).toContain('made again from the journals: index.db');
    expect(line).toContain(`request ${altered} (OSS_RECORD_DAMAGED)`);
    expect(line).toContain(`${transactionId} (OSS_JOURNAL_DAMAGED)`);
    expect((await client.post(`/sign/${kept.pk}`, CODE)).http).toBe(200);
    await stop();
    // What was dropped is gone; what was set aside is named again at every start.
    await start();
    await expect.poll(lines, { timeout: 30_000 }).toHaveLength(1);
    expect(lines()[0]).not.toContain('dropped');
    expect(lines()[0]).toContain(`${transactionId} (OSS_JOURNAL_DAMAGED)`);
  }, 120_000);

  it('leaves nothing open without its request, whatever a full disk refused', async ({ skip }) => {
    const disk = await mountSmallDisk(join(data, 'disk'), 16);
    if (!disk) return skip('a small file system cannot be mounted here');
    const service = await startTrialService();
    try {
      let client = await start(service.args(), disk.path);
      await makeToken(client.base.replace('/api/v1', ''));
      const token = await client.token();
      const taken: string[] = [];
      for (let left = 0; left < 512 * 1024; left += COARSER * 24 * 1024) {
        await disk.fill(left);
        const { http, body } = await client.post('/request', { token, ...newSigner() });
        if (http === 201) taken.push(String(body.details));
        await disk.free();
      }
      await stop();
      client = await start(service.args(), disk.path);
      const open = async () => (await ends(disk.path)).filter((end) => end === 'open').length;
      await expect.poll(open, { timeout: 30_000 }).toBe(taken.length);
      expect(Object.keys((await client.get('/requests')).body.details).sort()).toEqual(taken.sort());
      expect(taken.length).toBeGreaterThan(0);
      await stop();
    } finally {
      await service.close();
      disk.unmount();
    }
  }, 120_000);

  it('signs no document that it did not acknowledge, whatever a full disk refused of its upload', async ({
    skip,
  }) => {
    const disk = await mountSmallDisk(join(data, 'disk'), 16);
    if (!disk) return skip('a small file system cannot be mounted here');
    const service = await startTrialService();
    try {
      const client = await start(service.args(), disk.path);
      await makeToken(client.base.replace('/api/v1', ''));
      let refused = 0;
      for (let left = 0; left < 160 * 1024; left += COARSER * 16 * 1024) {
        const pk = await client.request();
        const upload = () => client.upload(`/document/${pk}`, { file: corpus('pdftex.pdf') });
        await disk.fill(left);
        const { http, body } = await upload();
        await disk.free();
        if (http === 200) continue;
        refused += 1;
        expect(http, JSON.stringify(body)).toBe(507);
        expect((await upload()).http).toBe(200);
        expect(Object.keys((await client.get(`/documents/${pk}`)).body.details)).toHaveLength(1);
        expect((await client.call('POST', `/otp/${pk}`)).http).toBe(200);
        expect((await client.post(`/sign/${pk}`, CODE)).http).toBe(200);
        const folder = join(disk.path, 'optimizer', 'api', 'requests', String(pk));
        expect(await readdir(join(folder, 'signed'))).toHaveLength(1);
        expect((await readdir(folder)).filter((name) => name.endsWith('.pdf'))).toHaveLength(1);
      }
      expect(refused).toBeGreaterThan(0);
      await stop();
    } finally {
      await service.close();
      disk.unmount();
    }
  }, 120_000);

  it('is not ready while its disk is full', async ({ skip }) => {
    const disk = await mountSmallDisk(join(data, 'disk'), 8);
    if (!disk) return skip('a small file system cannot be mounted here');
    try {
      const service = await startTrialService();
      const client = await start(service.args(), disk.path);
      const ready = () => fetch(client.base.replace('/api/v1', '/ready'));
      expect((await ready()).status).toBe(200);
      await disk.fill();
      await expect.poll(async () => (await ready()).status).toBe(503);
      expect(await (await ready()).json()).toMatchObject({ checks: { disk: 'OSS_DISK_FULL' } });
      await disk.free();
      await expect.poll(async () => (await ready()).status).toBe(200);
      await stop();
      await service.close();
    } finally {
      disk.unmount();
    }
  }, 120_000);
});
