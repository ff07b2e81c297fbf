import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { oneshot } from './command-line.ts';
import { newManifest, startTestService, type TestService } from './service-client.ts';

let folder: string;
let service: TestService;
const file = (name: string): string => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'log-command-'));
  service = await startTestService();
});
afterAll(async () => {
  await service.close();
  await rm(folder, { recursive: true });
});

/** Signs; leaves certificate, response and proofs as files. */
async function signed(): Promise<string> {
  const { client } = service;
  const { id } = await client.registered();
  const manifest = newManifest();
  await client.sendOtp(id, manifest);
  const response = await client.sign(id, await client.code(id), manifest);
  await writeFile(file('response.json'), response.text);
  await writeFile(file('certificate.cer'), Buffer.from(response.body.certificate, 'base64'));
  const { key, entries } = await vi.waitFor(
    async () => {
      const { body } = await client.get(`/v1/requests/${id}/log`);
      expect(body.entries.every((entry: { proof?: string }) => entry.proof)).toBe(true);
      return body;
    },
    { timeout: 20_000, interval: 100 },
  );
  for (const { act, proof } of entries) await writeFile(file(`${act}.tlog-proof`), proof);
  return key;
}

it('oneshot log verify says what a proof is about; oneshot log monitor that the log only grew', async () => {
  const key = await signed();
  const subject = ['--certificate', file('certificate.cer'), '--response', file('response.json')];
  const proofs = [file('issuance.tlog-proof'), file('signature.tlog-proof')];
  const holds = await oneshot(['log', 'verify', ...proofs, '--key', key, ...subject]);
  expect([holds.code, holds.stderr]).toEqual([0, '']);
  expect(holds.stdout).toMatch(/issuance\.tlog-proof: entry \d+ of \d+, issuance\n.*signature\n/);

  await writeFile(file('other.json'), '{}');
  const other = await oneshot([
    'log',
    'verify',
    proofs[1] ?? '',
    '--key',
    key,
    '--response',
    file('other.json'),
  ]);
  expect([other.code, other.stdout]).toEqual([1, expect.stringContaining('about something else')]);
  const damaged = (await readFile(file('signature.tlog-proof'), 'utf8')).replace(/^index \d+$/m, 'index 7');
  await writeFile(file('damaged.tlog-proof'), damaged);
  expect((await oneshot(['log', 'verify', file('damaged.tlog-proof'), '--key', key])).code).toBe(1);

  const url = `${service.service.ready.publicUrl}/log`;
  const monitor = () => oneshot(['log', 'monitor', url, '--key', key, '--state', file('state'), '--json']);
  const first = await monitor();
  expect([first.code, JSON.parse(first.stdout)]).toEqual([
    0,
    expect.objectContaining({ grew: true, signed: 1 }),
  ]);
  await signed();
  const second = await monitor();
  expect(JSON.parse(second.stdout)).toMatchObject({ grew: true, size: 4, issued: 1, signed: 1 });

  // A log that had more entries than it has now.
  const kept = await readFile(file('state'), 'utf8');
  const another = await startTestService({}, {}, await mkdtemp(join(folder, 'another-')));
  const shorter = await oneshot([
    ...['log', 'monitor', `${another.service.ready.publicUrl}/log`, '--key', key, '--state', file('state')],
  ]);
  await another.close();
  expect([shorter.code, shorter.stdout]).toEqual([1, expect.stringContaining('NOT as it was')]);
  expect(await readFile(file('state'), 'utf8')).toBe(kept);
});
