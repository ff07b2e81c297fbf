import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VerifiedSignature } from '../../../src/contract/model/verification.ts';
import { verifyFile } from '../../../src/optimizer/index.ts';
import { certificatesFromPem } from '../../../src/pki/index.ts';
import { SANDBOX_OFFICER } from '../../../src/service/config/sandbox-defaults.ts';
import { isLongForm } from '../../support/long-form.ts';
import { asFile } from '../../support/openssl.ts';
import { ApiClient, corpus } from './client.ts';
import { type OptimizerProcess, startOptimizer } from './optimizer-process.ts';

const CODE = { secret: '000000' };
/** Of the effects on the disk between the call and its answer. */
const KILLED_AT = isLongForm ? Array.from({ length: 40 }, (_, index) => index + 1) : [20, 34];
const BANK = 'SANDBOX Bank - NOT QUALIFIED';
const { username, password, pin } = SANDBOX_OFFICER;
/** As the vendor's samples write it: everything is text. */
const COUNTERSIGNATURE = {
  ...{ username, password, pin, position: '300, 200, 500, 250', page: '0', horizontal: 'true' },
  signature_format: { text_format: ['Sealed by %(CN)s', '%(DATE)s'], date_format: '%d/%m/%Y' },
};

let data: string;
let optimizer: OptimizerProcess;
let client: ApiClient;
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'countersignature-'));
  await start();
});
afterAll(async () => {
  await optimizer?.stop();
  await rm(data, { recursive: true, force: true });
});

async function start(
  more: { readonly node?: readonly string[]; readonly env?: Record<string, string> } = {},
) {
  optimizer = await startOptimizer({ data, ...more });
  client = new ApiClient(optimizer.url);
}

/** A request with two documents whose code is on its way. */
async function readyWithTwo(): Promise<{ pk: number; loan: string; annex: string }> {
  const pk = await client.request();
  const { body } = await client.upload(`/document/${pk}`, {
    loan: corpus('libreoffice.pdf'),
    annex: corpus('chromium.pdf'),
  });
  const uidOf = (name: string): string => body.details.find(({ key }: { key: string }) => key === name).uid;
  expect((await client.call('POST', `/otp/${pk}`)).http).toBe(200);
  return { pk, loan: uidOf('loan'), annex: uidOf('annex') };
}

async function signaturesOf(pk: number, uid: string): Promise<readonly VerifiedSignature[]> {
  const { http, bytes } = await client.bytes(`/document/${pk}/signed/${uid}`);
  expect(http).toBe(200);
  const anchors = certificatesFromPem(anchor());
  const { signatures } = await verifyFile(asFile(bytes, 'signed.pdf'), { anchors, at: new Date() });
  expect(signatures.map(({ verdict }) => verdict)).toEqual(signatures.map(() => 'valid'));
  return signatures;
}

/** Of the sandbox that came with it. */
const anchor = (): string =>
  readFileSync(join(data, 'optimizer', 'service', 'authorities', 'root.pem'), 'utf8');

const signersOf = async (pk: number, uid: string) =>
  (await signaturesOf(pk, uid)).map(({ signer }) => signer);

describe('countersignature', () => {
  it('is the seal over the signature, on the documents that ask for it', async () => {
    const { pk, loan, annex } = await readyWithTwo();
    const options = {
      [loan]: { position: '50, 50, 250, 110', page: 0, usecountersignature: true },
      [annex]: { position: '50, 50, 250, 110', page: 0, usecountersignature: false },
    };
    const sealed = await client.post(`/sign/${pk}`, { ...CODE, options, countersignature: COUNTERSIGNATURE });
    expect(sealed).toMatchObject({ http: 200, body: { details: 'Documents correctly signed' } });
    expect(await signersOf(pk, loan)).toEqual(['Ada Lovelace', BANK]);
    expect(await signersOf(pk, annex)).toEqual(['Ada Lovelace']);
    expect((await client.get(`/request/${pk}`)).body.details.status).toBe('ISSUED');
    expect((await client.delete(`/documents/${pk}`)).http).toBe(200);
    expect((await client.bytes(`/document/${pk}/signed/${loan}`)).http).toBe(404);
  });

  it('is on every document where none says anything, and invisible without a place', async () => {
    const { pk, loan, annex } = await readyWithTwo();
    const order = { ...CODE, countersignature: { username, password, pin } };
    expect(await client.post(`/sign/${pk}`, order)).toMatchObject({ http: 200 });
    for (const uid of [loan, annex]) expect(await signersOf(pk, uid)).toEqual(['Ada Lovelace', BANK]);
    expect((await client.delete(`/request/${pk}`)).http).toBe(200);
  });

  it('with wrong credentials, without any, or a place that there is not costs no code', async () => {
    const { pk, loan } = await readyWithTwo();
    const sign = (countersignature: unknown, options: unknown = {}) =>
      client.post(`/sign/${pk}`, { ...CODE, options, countersignature });
    const wrong = { http: 403, body: { details: 'Invalid countersignature credentials' } };
    expect(await sign({ ...COUNTERSIGNATURE, pin: '000000' })).toMatchObject(wrong);
    expect(await sign({ ...COUNTERSIGNATURE, seal: 'of-another' })).toMatchObject(wrong);
    expect(await sign({ username })).toMatchObject({
      http: 400,
      body: { details: 'Missing required parameters: countersignature.password, countersignature.pin' },
    });
    const asked = { [loan]: { usecountersignature: true } };
    expect(await sign(undefined, asked)).toMatchObject({
      http: 400,
      body: { details: "Missing required parameter: 'countersignature'" },
    });
    expect(await sign({ ...COUNTERSIGNATURE, page: '99' }, asked)).toMatchObject({ http: 400 });
    expect((await client.get(`/request/${pk}`)).body.details.status).toBe('ENROLLREADY');
    expect(await sign(COUNTERSIGNATURE, asked)).toMatchObject({ http: 200 });
    expect(await signersOf(pk, loan)).toEqual(['Ada Lovelace', BANK]);
  });

  it.each(KILLED_AT)(
    'survives a process that is killed at effect %i of signing and sealing',
    async (effect) => {
      const { pk, loan } = await readyWithTwo();
      await optimizer.stop();
      const killSwitch = join(import.meta.dirname, '../../faults/kill-switch.mjs');
      await start({ node: ['--import', killSwitch], env: { KILL_AT: String(effect), KILL_WHEN: 'after' } });
      const order = { ...CODE, countersignature: COUNTERSIGNATURE };
      const answered = await client.post(`/sign/${pk}`, order).catch(() => undefined);
      await optimizer.kill();
      await start();
      const repeated = await client.post(`/sign/${pk}`, order);
      const expected = answered === undefined ? 200 : 412;
      expect(repeated, JSON.stringify(repeated.body)).toMatchObject({ http: expected });
      expect(await signersOf(pk, loan)).toEqual(['Ada Lovelace', BANK]);
    },
    120_000,
  );
});
