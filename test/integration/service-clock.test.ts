import { chmod, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildTimestampRequest, parseTimestampResponse } from '../../src/pki/index.ts';
import { findPostgres, startPostgres } from '../support/postgres-server.ts';
import { newManifest, startTestService, TestClock, type TestService } from './service-client.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'service-clock-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** What stands for `chronyc -c tracking`, with a clock that is off by so many seconds. */
async function setChrony(seconds: number, status = 'Normal'): Promise<string> {
  const path = join(folder, 'chronyc');
  const line = `7F7F0101,ref,2,1748772000.1,${seconds},0,0,0,0,0,0.002,0.001,64,${status}`;
  await writeFile(`${path}.new`, `#!/bin/sh\necho '${line}'\n`);
  await chmod(`${path}.new`, 0o755);
  await rename(`${path}.new`, path);
  return path;
}

const clockOf = async ({ client }: TestService): Promise<unknown> =>
  (await client.get('/ready')).body.checks.clock;

async function stamp({ service }: TestService): Promise<string> {
  const response = await fetch(`${service.ready.publicUrl}/tsa`, {
    method: 'POST',
    headers: { 'content-type': 'application/timestamp-query' },
    body: new Uint8Array(buildTimestampRequest({ digest: new Uint8Array(32), certReq: false })),
  });
  try {
    parseTimestampResponse(Buffer.from(await response.arrayBuffer()));
    return 'stamped';
  } catch (error) {
    return String(error);
  }
}

describe('a service whose clock others have to confirm', () => {
  it('stamps and signs nothing while NTP says that it is wrong, says so, keeps the code, and goes on by itself', async () => {
    const command = await setChrony(0.0001);
    const clock = { references: [{ type: 'chrony', command }], everySeconds: 1 };
    const running = await startTestService({ clock });
    try {
      const { client } = running;
      expect([await clockOf(running), await stamp(running)]).toEqual(['ok', 'stamped']);
      const { id } = await client.registered();
      const manifest = newManifest();
      await client.sendOtp(id, manifest);
      const code = await client.code(id);

      await setChrony(3.5);
      await expect.poll(() => clockOf(running), { timeout: 30_000, interval: 200 }).toBe('failed');
      expect(await stamp(running)).toContain('timeNotAvailable');
      const refused = await client.sign(id, code, manifest);
      expect([refused.status, refused.body.error.code]).toEqual([503, 'OSS_TIME_NOT_AVAILABLE']);

      // Nobody contradicts any more, but nobody has confirmed it either.
      await setChrony(0, 'Not synchronised');
      expect(await stamp(running)).toContain('timeNotAvailable');
      await setChrony(-0.002);
      await expect.poll(() => clockOf(running), { timeout: 30_000, interval: 200 }).toBe('ok');
      expect((await client.sign(id, code, manifest)).status).toBe(200);
    } finally {
      await running.close();
    }
  });

  it('does not stamp when it starts with a wrong clock', async () => {
    const command = await setChrony(-40);
    const running = await startTestService({ clock: { references: [{ type: 'chrony', command }] } });
    expect([await clockOf(running), await stamp(running)]).toEqual([
      'failed',
      expect.stringContaining('timeNotAvailable'),
    ]);
    await running.close();
  });

  it('takes the word of another time-stamp authority', async () => {
    const authority = await startTestService();
    const url = `${authority.service.ready.publicUrl}/tsa`;
    const own = new TestClock();
    const clock = { references: [{ type: 'tsa', url }], everySeconds: 1 };
    const running = await startTestService({ clock }, { clock: own.now });
    expect(await clockOf(running)).toBe('ok');
    await running.close();
    own.advance(60);
    const ahead = await startTestService({ clock }, { clock: own.now });
    expect(await clockOf(ahead)).toBe('failed');
    await ahead.close();
    await authority.close();
  });

  it('refuses a configuration that names a clock that is not there', async () => {
    await expect(startTestService({ clock: { references: [{ type: 'database' }] } })).rejects.toMatchObject({
      code: 'OSS_CONFIG_INVALID',
    });
  });
});

const programs = await findPostgres();
describe.skipIf(programs === undefined)('beside PostgreSQL (skipped without it)', () => {
  it('is compared with its clock', async () => {
    const server = await startPostgres(programs ?? '');
    const own = new TestClock();
    const settings = {
      database: { type: 'postgres', url: server.url },
      clock: { references: [{ type: 'database' }], everySeconds: 1 },
    };
    const running = await startTestService(settings, { clock: own.now });
    expect([await clockOf(running), await stamp(running)]).toEqual(['ok', 'stamped']);
    await running.close();
    own.advance(-30);
    const behind = await startTestService(settings, { clock: own.now });
    expect(await clockOf(behind)).toBe('failed');
    await behind.close();
    await server.stop();
  });
});
