import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../integration/sandbox.ts';
import { Station } from '../integration/station.ts';

const DOCUMENTS = [{ path: join(import.meta.dirname, '../corpus/libreoffice.pdf') }];
const AWAY = { code: 'OSS_SERVICE_UNREACHABLE', retryable: true };

let directory: string;
let sandbox: Sandbox;
let station: Station;

const serviceDirectory = (): string => join(directory, 'service');

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'service-down-'));
  sandbox = await startSandbox({ directory: serviceDirectory() });
  station = await Station.open({ serviceUrl: sandbox.url, anchor: sandbox.anchor, directory });
});
afterEach(async () => {
  await station.close();
  await sandbox.close();
  await rm(directory, { recursive: true });
});

/** The service comes back on the same address, with the requests that it knew. */
async function restart(): Promise<void> {
  const { url } = sandbox;
  sandbox = await startSandbox({ directory: serviceDirectory() });
  expect(sandbox.url).toBe(url);
}

describe('a service that is down', () => {
  it('before the registration: the transaction waits, and goes on when it is up again', async () => {
    await sandbox.close();
    await expect(station.review(DOCUMENTS)).rejects.toMatchObject(AWAY);
    const [waiting] = await station.optimizer.list();
    expect(waiting).toMatchObject({ state: 'created', failure: { code: AWAY.code } });
    await restart();
    expect(await station.optimizer.register(waiting?.id ?? '')).toMatchObject({ state: 'registered' });
  });

  it('before the code: asked again later, the code arrives and signs', async () => {
    const transaction = await station.review(DOCUMENTS);
    await sandbox.close();
    await expect(station.optimizer.sendCode(transaction.id)).rejects.toMatchObject(AWAY);
    await restart();
    const code = await station.receiveCode(transaction);
    await station.optimizer.sign(transaction.id, { type: 'otp', code });
    await station.optimizer.deliver(transaction.id);
    expect(await station.delivered()).toEqual(['libreoffice-signed.pdf']);
  });

  it('at the signature: nothing is written; the same code signs later', async () => {
    const transaction = await station.review(DOCUMENTS);
    const code = await station.receiveCode(transaction);
    await sandbox.close();
    const authorisation = { type: 'otp', code } as const;
    await expect(station.optimizer.sign(transaction.id, authorisation)).rejects.toMatchObject(AWAY);
    expect(await station.delivered()).toEqual([]);
    await restart();
    await station.optimizer.sign(transaction.id, authorisation);
    await station.optimizer.deliver(transaction.id);
    expect(await station.delivered()).toEqual(['libreoffice-signed.pdf']);
  });

  it('at any step: the transaction can be cancelled without it', async () => {
    const transaction = await station.review(DOCUMENTS);
    const code = await station.receiveCode(transaction);
    await sandbox.close();
    await expect(station.optimizer.sign(transaction.id, { type: 'otp', code })).rejects.toMatchObject(AWAY);
    expect(await station.optimizer.cancel(transaction.id)).toMatchObject({ state: 'cancelled' });
    await restart();
  });
});
