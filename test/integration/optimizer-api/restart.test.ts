import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { inShort } from '../../support/long-form.ts';
import { ApiClient, corpus, newSigner } from './client.ts';
import { type OptimizerProcess, startOptimizer } from './optimizer-process.ts';
import { makeToken, startTrialService, type TrialService } from './trial-service.ts';

const CODE = { secret: '000000' };
const PICTURE = join(import.meta.dirname, '../../conformance/handwriting.png');

let data: string;
let optimizer: OptimizerProcess;
let client: ApiClient;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'optimizer-restart-'));
  await start();
});
afterAll(async () => {
  await optimizer?.stop();
  await rm(data, { recursive: true, force: true });
});

async function start(): Promise<void> {
  optimizer = await startOptimizer({ data });
  client = new ApiClient(optimizer.url);
}

/** kill -9 and start again: only what is on the disk is left. */
async function restart(): Promise<void> {
  await optimizer.kill();
  await start();
}

describe('killed between any two calls', () => {
  it('nothing that was acknowledged is lost', async () => {
    const token = await client.token();
    const image = (await client.upload('/image', { image: PICTURE })).body.details;
    await restart();
    expect(await client.token()).toBe(token);
    const { body } = await client.post('/request', { token, ...newSigner() });
    const pk: number = body.details;
    await restart();
    const uid = (await client.upload(`/document/${pk}`, { file: corpus('libreoffice.pdf') })).body.details;
    await restart();
    expect((await client.bytes(`/document/${pk}/contract`)).http).toBe(200);
    expect((await client.call('POST', `/otp/${pk}`)).http).toBe(200);
    await restart();
    const options = { [uid]: { position: '300, 100, 500, 150', page: 0, image } };
    expect(await client.post(`/sign/${pk}`, { ...CODE, options })).toMatchObject({ http: 200 });
    await restart();
    const original = readFileSync(corpus('libreoffice.pdf'));
    const signed = Buffer.from((await client.bytes(`/document/${pk}/signed/${uid}`)).bytes);
    expect(signed.subarray(0, original.length)).toEqual(original);
    expect((await client.get(`/request/${pk}`)).body.details.status).toBe('ISSUED');
  }, 120_000);

  it('an asynchronous signature that was promised is made after the restart', async () => {
    const { pk, uid } = await client.readyToSign(corpus('pdftex.pdf'), { useasync: 1 });
    expect((await client.post(`/sign/${pk}`, CODE)).http).toBe(200);
    await restart();
    await vi.waitFor(
      async () => expect((await client.bytes(`/document/${pk}/signed/${uid}`)).http).toBe(200),
      { timeout: 30_000, interval: 200 },
    );
  }, 90_000);
});

describe('the answer to sign is lost', () => {
  const issued = async (): Promise<number> => (await readdir(join(data, 'optimizer', 'transactions'))).length;

  it('the connection is cut: the same call again succeeds with the same file, and makes no second one', async () => {
    const { pk, uid } = await client.readyToSign(corpus('pdftex.pdf'));
    const transactions = await issued();
    await cutOff(`/api/v1/sign/${pk}`, JSON.stringify(CODE));
    expect(await client.post(`/sign/${pk}`, CODE)).toMatchObject({
      http: 200,
      body: { details: 'Documents correctly signed' },
    });
    const once = await client.bytes(`/document/${pk}/signed/${uid}`);
    expect(once.http).toBe(200);
    expect((await client.post(`/sign/${pk}`, CODE)).http).toBe(412);
    expect((await client.bytes(`/document/${pk}/signed/${uid}`)).bytes).toEqual(once.bytes);
    expect(await issued()).toBe(transactions);
    const { certificate_set: certificates } = (await client.get(`/request/${pk}`)).body.details;
    expect(certificates).toHaveLength(1);
  });

  it('with an idempotency key it may be repeated at any time', async () => {
    const { pk } = await client.readyToSign(corpus('pdftex.pdf'));
    const sign = (key: string) => client.json('POST', `/sign/${pk}`, CODE, { 'idempotency-key': key });
    expect((await sign('first')).http).toBe(200);
    expect((await sign('first')).http).toBe(200);
    expect((await sign('other')).http).toBe(412);
  });

  /** Sends a call and cuts the connection as soon as it is on its way. */
  function cutOff(path: string, body: string): Promise<void> {
    const { hostname, port } = new URL(optimizer.url);
    return new Promise((settle, fail) => {
      const socket = connect(Number(port), hostname);
      socket.on('error', fail).on('close', () => settle());
      const head = `POST ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
      socket.write(head + body, () => setTimeout(() => socket.destroy(), 30));
    });
  }
});

describe('killed within a call', () => {
  const KILL_SWITCH = join(import.meta.dirname, '../../faults/kill-switch.mjs');
  let service: TrialService;
  let folder: string;

  beforeAll(async () => {
    service = await startTrialService();
    folder = await mkdtemp(join(tmpdir(), 'optimizer-killed-'));
    const { url, stop } = await startOptimizer({ data: folder, args: service.args() });
    await makeToken(url);
    await stop();
  });
  afterAll(async () => {
    await service?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Every so many effects on the disk, before or after it: wherever it dies, it goes on from there. */
  it.each(inShort([4, 9, 14, 19, 23, 26, 29, 32], 3))(
    'at effect %i of the process',
    async (killAt) => {
      const env = { KILL_AT: String(killAt), KILL_WHEN: killAt % 2 === 0 ? 'before' : 'after' };
      const args = service.args();
      const doomed = await startOptimizer({ data: folder, args, env, node: ['--import', KILL_SWITCH] });
      const acknowledged = await signUntilDeath(new ApiClient(doomed.url));
      await doomed.kill();
      const survivor = await startOptimizer({ data: folder, args });
      try {
        const after = new ApiClient(survivor.url);
        for (const { pk, uid, signed } of acknowledged) {
          if (uid === undefined) continue;
          expect((await after.bytes(`/document/${pk}/original/${uid}`)).http).toBe(200);
          expect(Object.keys((await after.get(`/documents/${pk}`)).body.details)).toEqual([uid]);
          if (!signed) await finish(after, pk);
          expect((await after.get(`/request/${pk}`)).body.details.status).toBe('ISSUED');
          expect((await after.bytes(`/document/${pk}/signed/${uid}`)).http).toBe(200);
        }
      } finally {
        await survivor.stop();
      }
    },
    120_000,
  );

  interface Acknowledged {
    readonly pk: number;
    uid?: string;
    signed?: boolean;
  }

  /** One request after the other until the process is gone. */
  async function signUntilDeath(mortal: ApiClient): Promise<Acknowledged[]> {
    const requests: Acknowledged[] = [];
    try {
      for (let n = 0; n < 10; n++) {
        const request: Acknowledged = { pk: await mortal.request() };
        requests.push(request);
        const file = corpus('pdftex.pdf');
        request.uid = (await mortal.upload(`/document/${request.pk}`, { file })).body.details;
        await mortal.call('POST', `/otp/${request.pk}`);
        request.signed = (await mortal.post(`/sign/${request.pk}`, CODE)).http === 200;
      }
    } catch {
      // That is the point: it died.
    }
    return requests;
  }

  /** As a client does that got no response: the call again, and where it wants a code, that first. */
  async function finish(survivor: ApiClient, pk: number): Promise<void> {
    const { http } = await survivor.post(`/sign/${pk}`, CODE);
    if (http !== 403) return;
    await survivor.call('POST', `/otp/${pk}`);
    await survivor.post(`/sign/${pk}`, CODE);
  }
});
