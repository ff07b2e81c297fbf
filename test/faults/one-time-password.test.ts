import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Transaction } from '../../src/contract/model/transaction.ts';
import { type Sandbox, startSandbox } from '../integration/sandbox.ts';
import { Station } from '../integration/station.ts';

const DOCUMENTS = [{ path: join(import.meta.dirname, '../corpus/libreoffice.pdf') }];

let advanced = 0;
const clock = (): Date => new Date(Date.now() + advanced);
const advance = (seconds: number): void => {
  advanced += seconds * 1000;
};

let sandbox: Sandbox;
let directory: string;
let station: Station;

beforeAll(async () => {
  sandbox = await startSandbox({ clock });
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'otp-'));
  station = await Station.open({ serviceUrl: sandbox.url, anchor: sandbox.anchor, directory, now: clock });
});
afterEach(async () => {
  await station.close();
  await rm(directory, { recursive: true });
});

const sign = ({ id }: Transaction, code: string) => station.optimizer.sign(id, { type: 'otp', code });
const stateOf = async ({ id }: Transaction) => (await station.optimizer.get(id)).state;
const wrong = (code: string): string =>
  String((Number(code) + 1) % 10 ** code.length).padStart(code.length, '0');

async function expectDelivery(transaction: Transaction): Promise<void> {
  await station.optimizer.deliver(transaction.id);
  expect(await station.delivered()).toEqual(['libreoffice-signed.pdf']);
}

describe('the code from the SMS', () => {
  it('wrong: refused, nothing written, and the right one still signs', async () => {
    const transaction = await station.review(DOCUMENTS);
    const code = await station.receiveCode(transaction);
    await expect(sign(transaction, wrong(code))).rejects.toMatchObject({ code: 'OSS_OTP_REFUSED' });
    expect(await stateOf(transaction)).toBe('otpSent');
    expect(await station.delivered()).toEqual([]);
    expect(await sign(transaction, code)).toMatchObject({ state: 'signed' });
    await expectDelivery(transaction);
  });

  it('three times wrong: dead, also for the right digits; a new one signs', async () => {
    const transaction = await station.review(DOCUMENTS);
    const code = await station.receiveCode(transaction);
    for (let attempt = 0; attempt < 3; attempt++) {
      await expect(sign(transaction, wrong(code))).rejects.toMatchObject({ code: 'OSS_OTP_REFUSED' });
    }
    expect(await stateOf(transaction)).toBe('reviewed');
    await expect(sign(transaction, code)).rejects.toMatchObject({ code: expect.stringMatching(/^OSS_OTP_/) });
    expect(await station.delivered()).toEqual([]);
    advance(61);
    expect(await sign(transaction, await station.receiveCode(transaction))).toMatchObject({
      state: 'signed',
    });
    await expectDelivery(transaction);
  });

  it('expired: refused like a wrong one; a new one signs', async () => {
    const transaction = await station.review(DOCUMENTS);
    const code = await station.receiveCode(transaction);
    advance(301);
    await expect(sign(transaction, code)).rejects.toMatchObject({ code: 'OSS_OTP_REFUSED' });
    expect(await station.delivered()).toEqual([]);
    expect(await sign(transaction, await station.receiveCode(transaction))).toMatchObject({
      state: 'signed',
    });
    await expectDelivery(transaction);
  });

  it('asked for again at once: not yet', async () => {
    const transaction = await station.review(DOCUMENTS);
    await station.receiveCode(transaction);
    await expect(station.optimizer.sendCode(transaction.id)).rejects.toMatchObject({
      code: 'OSS_OTP_TOO_SOON',
    });
    expect(await stateOf(transaction)).toBe('otpSent');
  });

  it('of another transaction: refused', async () => {
    const first = await station.review(DOCUMENTS);
    const second = await station.review(DOCUMENTS);
    const code = await station.receiveCode(first);
    const own = await station.receiveCode(second);
    if (code === own) return; // one time in a million
    await expect(sign(second, code)).rejects.toMatchObject({ code: 'OSS_OTP_REFUSED' });
    expect(await station.delivered()).toEqual([]);
  });

  it('for documents that were prepared again since: OSS_SIGNING_DIGESTS_CHANGED; a new code signs', async () => {
    const transaction = await station.review(DOCUMENTS);
    const code = await station.receiveCode(transaction);
    advance(61);
    await station.optimizer.prepare(transaction.id);
    await expect(sign(transaction, code)).rejects.toMatchObject({ code: 'OSS_SIGNING_DIGESTS_CHANGED' });
    expect(await stateOf(transaction)).toBe('reviewed');
    expect(await station.delivered()).toEqual([]);
    expect(await sign(transaction, await station.receiveCode(transaction))).toMatchObject({
      state: 'signed',
    });
    await expectDelivery(transaction);
  });
});
