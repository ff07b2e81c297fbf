/** An application that asks twice at the same moment, as two of its processes do, or somebody who clicks twice. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient, corpus } from './client.ts';
import { type OptimizerProcess, startOptimizer } from './optimizer-process.ts';

const CODE = JSON.stringify({ secret: '000000' });

let data: string;
let optimizer: OptimizerProcess;
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'at-once-'));
  optimizer = await startOptimizer({ data });
});
afterAll(async () => {
  await optimizer?.stop();
  await rm(data, { recursive: true, force: true });
});

describe.each(['/api/v1', '/oneshot/api/v1'])('at %s', (prefix) => {
  const classic = (): ApiClient => new ApiClient(optimizer.url);
  const post = async (path: string, body?: string, key?: string) => {
    const response = await fetch(`${optimizer.url}${prefix}${path}`, {
      method: 'POST',
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      ...(body === undefined ? {} : { body }),
    });
    await response.arrayBuffer();
    return { http: response.status, wait: response.headers.get('retry-after') };
  };
  const certificatesOf = async (pk: number): Promise<unknown[]> =>
    (await classic().get(`/request/${pk}`)).body.details.certificate_set;

  it('one code goes out, the other call is told in how many seconds, and the code signs', async () => {
    const { pk } = await classic().requestWith(corpus('pdftex.pdf'));
    const before = Date.now();
    const calls = await Promise.all([post(`/otp/${pk}`), post(`/otp/${pk}`)]);
    const took = Math.ceil((Date.now() - before) / 1000);
    expect(calls.map(({ http }) => http).sort()).toEqual([200, 412]);
    const wait = Number(calls.find(({ http }) => http === 412)?.wait);
    expect(wait).toBeLessThanOrEqual(60);
    expect(wait).toBeGreaterThanOrEqual(60 - took);
    expect((await post(`/sign/${pk}`, CODE)).http).toBe(200);
  });

  it.each([
    ['one key', ['a', 'a', 'a']],
    ['a key each', ['a', 'b', 'c']],
    ['no key', [undefined, undefined, undefined]],
  ])('signs once with %s', async (_, keys) => {
    const { pk } = await classic().readyToSign(corpus('pdftex.pdf'));
    const calls = await Promise.all(keys.map((key) => post(`/sign/${pk}`, CODE, key)));
    expect(calls.filter(({ http }) => http === 200).length).toBeGreaterThan(0);
    for (const { http } of calls) expect([200, 409, 412]).toContain(http);
    expect(await certificatesOf(pk)).toHaveLength(1);
  });
});
