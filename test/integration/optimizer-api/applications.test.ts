import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { jsonLines, oneshot } from '../command-line.ts';
import { ApiClient, corpus } from './client.ts';
import { type OptimizerProcess, startOptimizer, TRIAL } from './optimizer-process.ts';

/** What becomes of what an application made: when keys come, when its key is replaced or revoked. */

const SANDBOX = ['--sandbox', '--fixed-otp', '000000'];
let data: string;
let optimizer: OptimizerProcess | undefined;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'applications-'));
});
afterEach(async () => {
  await optimizer?.stop();
  optimizer = undefined;
});
afterAll(() => rm(data, { recursive: true, force: true }));

async function apiKey(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await oneshot(['api-key', ...args, '--data', data, '--json']);
  expect(code, stderr).toBe(0);
  return String(jsonLines({ stdout })[0]?.key);
}

async function start(...args: string[]): Promise<(key: string) => ApiClient> {
  optimizer = await startOptimizer({ data, args });
  const { url } = optimizer;
  return (key) => {
    const client = new ApiClient(url);
    const call = client.call.bind(client);
    client.call = (method, path, init = {}) =>
      call(method, path, { ...init, headers: { ...(init.headers as object), 'x-api-key': key } });
    return client;
  };
}

it('what was made without keys goes to the only application; a second one never sees it', async () => {
  const everybody = (await start(...TRIAL))('');
  const { pk } = await everybody.requestWith(corpus('pdftex.pdf'));
  await optimizer?.stop();

  const bank = await apiKey('bank');
  const asBank = (await start(...SANDBOX))(bank);
  expect((await asBank.get(`/request/${pk}`)).http).toBe(200);
  await optimizer?.stop();

  const other = await apiKey('other');
  const as = await start(...SANDBOX);
  expect((await as(other).get(`/request/${pk}`)).http).toBe(404);
  expect((await as(bank).get(`/request/${pk}`)).http).toBe(200);

  // A new key at once, while it runs; what it owns stays.
  const next = await apiKey('bank', '--rotate');
  expect((await as(bank).get(`/request/${pk}`)).http).toBe(401);
  expect((await as(next).get(`/request/${pk}`)).http).toBe(200);

  // Revoked: nothing opens, credentials go, what is under way is cancelled.
  const token = await as(next).token();
  await oneshot(['api-key', 'bank', '--revoke', '--data', data]);
  expect((await as(next).get('/tokens')).http).toBe(401);
  await vi.waitFor(
    async () => {
      const stored = await readFile(join(data, 'optimizer', 'api', 'records.db'), 'latin1');
      expect(stored).not.toContain(token);
    },
    { timeout: 10_000, interval: 200 },
  );
  const again = await apiKey('bank', '--rotate');
  const { body } = await as(again).get(`/request/${pk}`);
  expect(body.details.status).toBe('CANCELLED');
  expect((await as(other).get(`/request/${pk}`)).http).toBe(404);
}, 120_000);

it('where there are two, it goes to the one that the operator names, or to none', async () => {
  await rm(join(data, 'optimizer'), { recursive: true });
  const { pk } = await (await start(...TRIAL))('').requestWith(corpus('pdftex.pdf'));
  await optimizer?.stop();
  const [bank, other] = [await apiKey('bank'), await apiKey('other')];
  const undecided = await start(...SANDBOX);
  for (const key of [bank, other]) expect((await undecided(key).get(`/request/${pk}`)).http).toBe(404);
  await optimizer?.stop();
  const decided = await start(...SANDBOX, '--adopt', 'other');
  expect((await decided(other).get(`/request/${pk}`)).http).toBe(200);
  expect((await decided(bank).get(`/request/${pk}`)).http).toBe(404);
}, 120_000);
