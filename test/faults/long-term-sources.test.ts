import { appendFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { verifyFile } from '../../src/optimizer/index.ts';
import { certificatesFromPem } from '../../src/pki/index.ts';
import { type Sandbox, startSandbox } from '../integration/sandbox.ts';
import { Station } from '../integration/station.ts';
import { freePort } from '../support/local-server.ts';

const DOCUMENTS = ['libreoffice.pdf', 'x-hybrid.pdf'].map((name) =>
  join(import.meta.dirname, '../corpus', name),
);

let sandbox: Sandbox;
let root: string;
let directory: string;
let down: string;

beforeAll(async () => {
  sandbox = await startSandbox();
  root = await mkdtemp(join(tmpdir(), 'sources-'));
  down = `http://127.0.0.1:${await freePort()}/tsa`;
});
afterAll(async () => {
  await sandbox.close();
  await rm(root, { recursive: true });
});
beforeEach(async () => {
  directory = await mkdtemp(join(root, 'desk-'));
});

const openStation = (timestampUrls: readonly string[]): Promise<Station> =>
  Station.open({ serviceUrl: sandbox.url, anchor: sandbox.anchor, directory, timestampUrls });

/** Signed, but not delivered yet. */
async function sign(station: Station): Promise<string> {
  const transaction = await station.review(
    DOCUMENTS.map((path) => ({ path })),
    'B-LTA',
  );
  const code = await station.receiveCode(transaction);
  await station.optimizer.sign(transaction.id, { type: 'otp', code });
  return transaction.id;
}

const vaultCopy = (id: string, index: number): string =>
  join(directory, 'station', 'transactions', id, `${index}.pdf`);

async function expectDelivered(station: Station): Promise<void> {
  const names = await readdir(station.output);
  expect(names).toHaveLength(DOCUMENTS.length);
  for (const name of names) {
    const { signatures, documentTimestamps } = await verifyFile(join(station.output, name), {
      anchors: certificatesFromPem(sandbox.anchor),
      at: new Date(),
    });
    expect(signatures).toMatchObject([{ verdict: 'valid', level: 'B-LTA' }]);
    expect(documentTimestamps).toMatchObject([{ verdict: 'valid' }]);
  }
}

it('where no time-stamp authority answers, nothing is delivered at a lower level; later it goes on from there', async () => {
  const first = await openStation([down]);
  const id = await sign(first);
  const signed = await readFile(vaultCopy(id, 0));
  await expect(first.optimizer.deliver(id)).rejects.toMatchObject({ code: 'OSS_TIMESTAMP_FAILED' });
  expect(await first.delivered()).toEqual([]);
  expect((await readFile(vaultCopy(id, 0))).equals(signed)).toBe(true);
  expect(await first.optimizer.get(id)).toMatchObject({
    state: 'signed',
    failure: { step: 'deliver', code: 'OSS_TIMESTAMP_FAILED' },
    sources: [{ purpose: 'timestamp', url: down, outcome: 'failed', reason: 'no connection' }],
  });
  await first.close();

  const second = await openStation([]);
  expect(await second.optimizer.resume()).toMatchObject([{ id, state: 'delivered', augmented: true }]);
  await expectDelivered(second);
  await second.close();
});

it('the next authority is asked where one fails, and the record says so', async () => {
  const station = await openStation([down, `${sandbox.publicUrl}/tsa`]);
  const id = await sign(station);
  await station.optimizer.deliver(id);
  const { sources = [] } = await station.optimizer.get(id);
  expect(sources.map(({ outcome }) => outcome)).toEqual(['failed', 'used', 'failed', 'used']);
  await expectDelivered(station);
  await station.close();
});

it('what a killed process left behind the signature is cut off, and the level is reached from the start', async () => {
  const killed = await openStation([]);
  const id = await sign(killed);
  await killed.close();
  await appendFile(vaultCopy(id, 1), Buffer.alloc(5000, '7 0 obj <</Half '));
  const restarted = await openStation([]);
  expect(await restarted.optimizer.resume()).toMatchObject([{ id, state: 'delivered' }]);
  await expectDelivered(restarted);
  await restarted.close();
});
