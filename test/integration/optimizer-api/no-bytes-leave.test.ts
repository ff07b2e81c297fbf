import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SIGNABLE } from '../../conformance/corpus.ts';
import { DocumentRuns } from '../../conformance/document-runs.ts';
import { type RecordingProxy, startRecordingProxy } from '../../conformance/recording-proxy.ts';
import { ApiClient } from './client.ts';
import { type OptimizerProcess, startOptimizer } from './optimizer-process.ts';
import { makeToken, startTrialService, type TrialService } from './trial-service.ts';

/** Those that a client can upload: it has no way to give a password. */
const DOCUMENTS = SIGNABLE.filter(({ password }) => password === undefined).map(({ path }) => path);
const PER_REQUEST = 10;

let data: string;
let service: TrialService;
let wire: RecordingProxy;
let optimizer: OptimizerProcess;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'optimizer-wire-'));
  service = await startTrialService();
  wire = await startRecordingProxy(Number(new URL(service.url).port));
  optimizer = await startOptimizer({ data, args: service.args(`http://127.0.0.1:${wire.port}`) });
  await makeToken(optimizer.url);
});
afterAll(async () => {
  await optimizer?.stop();
  await wire?.close();
  await service?.close();
  await rm(data, { recursive: true, force: true });
});

describe('between the Optimizer and the signature service', () => {
  it('no 32 bytes of any uploaded document are on the wire, as they are or encoded', async () => {
    const client = new ApiClient(optimizer.url);
    for (let start = 0; start < DOCUMENTS.length; start += PER_REQUEST) {
      const pk = await client.request();
      const files = DOCUMENTS.slice(start, start + PER_REQUEST).map((path, n) => [`file${n}`, path]);
      expect(await client.upload(`/document/${pk}`, Object.fromEntries(files))).toMatchObject({ http: 200 });
      await client.bytes(`/document/${pk}/contract`);
      await client.call('POST', `/otp/${pk}`);
      expect(await client.post(`/sign/${pk}`, { secret: '000000' })).toMatchObject({ http: 200 });
    }
    const { sent, received } = wire.recorded();
    expect(Buffer.concat(sent).toString('latin1')).toMatch(/POST \/v1\/requests\/req_\w+\/sign HTTP/);
    const runs = new DocumentRuns(DOCUMENTS.map((path) => readFileSync(path)));
    for (const bytes of [...sent, ...received]) expect(runs.findIn(bytes)).toBeUndefined();
  });
});
