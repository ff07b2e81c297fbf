import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../integration/sandbox.ts';
import { Station } from '../integration/station.ts';
import { freePort } from '../support/local-server.ts';
import { SIGNABLE } from './corpus.ts';
import { DocumentRuns } from './document-runs.ts';
import { describeWithJudge } from './judges/at-hand.ts';
import { type RecordingProxy, startRecordingProxy } from './recording-proxy.ts';

let directory: string;
let sandbox: Sandbox;
let api: RecordingProxy;
let publicPart: RecordingProxy;
let station: Station;

/** Everything between station and service of one transaction over the whole corpus, both directions. */
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'no-bytes-leave-'));
  const publicPort = await freePort();
  publicPart = await startRecordingProxy(publicPort);
  // Certificates carry this address, so that CRL, OCSP and AIA would be fetched through the recording too.
  sandbox = await startSandbox({ publicPort, publicUrl: `http://127.0.0.1:${publicPart.port}` });
  api = await startRecordingProxy(portOf(sandbox.url));
  station = await Station.open({
    serviceUrl: `http://127.0.0.1:${api.port}`,
    anchor: sandbox.anchor,
    directory,
  });
  const reports = await station.signAll(SIGNABLE);
  expect(reports).toHaveLength(SIGNABLE.length);
});

afterAll(async () => {
  await station?.close();
  await api?.close();
  await publicPart?.close();
  await sandbox?.close();
  await rm(directory, { recursive: true });
});

const portOf = (url: string): number => Number(new URL(url).port);

const wire = (): Buffer[] =>
  [api, publicPart].map((proxy) => proxy.recorded()).flatMap(({ sent, received }) => [...sent, ...received]);

describe('between station and service', () => {
  it('the recording holds the whole conversation, in the clear', () => {
    const { sent, received } = api.recorded();
    const requests = Buffer.concat(sent).toString('latin1');
    expect(requests).toMatch(/^POST \/v1\/requests\/req_\w+\/sign HTTP/m);
    expect(requests.match(/"digest":"/g)?.length).toBeGreaterThanOrEqual(2 * SIGNABLE.length);
    expect(requests + Buffer.concat(received).toString('latin1')).not.toMatch(/^content-encoding:/im);
  });

  it('no 32 bytes of any document are on the wire, as they are or encoded', () => {
    const runs = new DocumentRuns(SIGNABLE.map(({ path }) => readFileSync(path)));
    for (const bytes of wire()) expect(runs.findIn(bytes)).toBeUndefined();
  });

  it('less is sent for a document than any document is long: 1 KiB each, whatever its size', () => {
    const bytes = Buffer.concat(api.recorded().sent).length;
    expect(bytes).toBeLessThan(16 * 1024 + SIGNABLE.length * 1024);
  });

  it('the same search finds a document that is sent', async () => {
    const [document] = SIGNABLE;
    const bytes = readFileSync(document?.path ?? '');
    const proxy = await startRecordingProxy(portOf(sandbox.url));
    const body = JSON.stringify({ page: bytes.subarray(4000, 4100).toString('base64') });
    await fetch(`http://127.0.0.1:${proxy.port}/v1/tokens`, { method: 'POST', body });
    const { sent } = proxy.recorded();
    await proxy.close();
    expect(new DocumentRuns([bytes]).findIn(Buffer.concat(sent))).toMatchObject({ encoding: 'base64' });
  });
});

describeWithJudge('qpdf', 'what the documents say, uncompressed', () => {
  it('no 32 bytes of it are on the wire either', () => {
    const runs = new DocumentRuns(SIGNABLE.map(uncompressed));
    for (const bytes of wire()) expect(runs.findIn(bytes)).toBeUndefined();
  });
});

/** The document with its streams decoded and decrypted: text, drawing operators, fonts. */
function uncompressed({ path, password }: (typeof SIGNABLE)[number]): Buffer {
  return execFileSync(
    'qpdf',
    [
      `--password=${password ?? ''}`,
      '--decrypt',
      '--stream-data=uncompress',
      '--object-streams=disable',
      '--warning-exit-0',
      path,
      '-',
    ],
    { maxBuffer: 64 * 1024 * 1024, stdio: ['ignore', 'pipe', 'ignore'] },
  );
}
