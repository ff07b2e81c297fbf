import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verificationReportSchema } from '../../../src/contract/model/verification.ts';
import { makeSignatory, messageOf } from '../../support/signed-messages.ts';
import { ApiClient, corpus } from './client.ts';
import { type OptimizerProcess, startOptimizer } from './optimizer-process.ts';

/** Anybody's signatures, verified for an application. */

let data: string;
let optimizer: OptimizerProcess;
let classic: ApiClient;
let newer: ApiClient;
let signed: Blob;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'optimizer-verification-'));
  optimizer = await startOptimizer({ data });
  classic = new ApiClient(optimizer.url);
  newer = new ApiClient(optimizer.url, '/oneshot/api/v1');
  const pk = await classic.request();
  const { body } = await classic.upload(`/document/${pk}`, { file: corpus('pdftex.pdf') });
  await classic.post(`/otp/${pk}`, {});
  expect(await classic.post(`/sign/${pk}`, { secret: '000000' })).toMatchObject({ http: 200 });
  const { bytes } = await classic.bytes(`/document/${pk}/signed/${body.details}`);
  signed = new Blob([new Uint8Array(bytes)]);
}, 60_000);
afterAll(async () => {
  await optimizer?.stop();
  await rm(data, { recursive: true, force: true });
});

/** What was received for a call is removed with its response. */
const nothingIsKept = () =>
  expect.poll(() => readdirSync(join(data, 'optimizer', 'api', 'incoming'))).toEqual([]);

describe('POST /verify', () => {
  it('reports on each signature, in both dialects, and keeps nothing', async () => {
    const { http, body } = await classic.upload('/verify', { 'contract.pdf': signed });
    expect(http).toBe(200);
    const report = verificationReportSchema.parse(body.details);
    expect(report).toMatchObject({ file: 'contract.pdf', verdict: 'valid' });
    expect(report.signatures).toMatchObject([{ verdict: 'valid', signer: 'Ada Lovelace' }]);
    const told = await newer.upload('/verify', { file: signed });
    expect(told).toMatchObject({ http: 200, body: { status: 'success', details: { verdict: 'valid' } } });
    await nothingIsKept();
  });

  it('says what was done to a document afterwards', async () => {
    const bytes = Buffer.from(await signed.arrayBuffer());
    bytes.writeUInt8(bytes.readUInt8(200) ^ 1, 200);
    const { http, body } = await classic.upload('/verify', { file: new Blob([new Uint8Array(bytes)]) });
    expect(http).toBe(200);
    expect(body.details).toMatchObject({ verdict: 'invalid', signatures: [{ indication: 'TOTAL-FAILED' }] });
  });

  it('knows nobody of others, and leaves that to a person', async () => {
    const { body } = await classic.upload('/verify', { file: corpus('signed-once.pdf') });
    expect(body.details).toMatchObject({ verdict: 'undecided', file: 'signed-once.pdf' });
  });

  it.each<[string, Readonly<Record<string, string | Blob>>, number, RegExp]>([
    ['without a signature', { file: corpus('pdftex.pdf') }, 422, /\[OSS_PDF_NO_SIGNATURE\]$/],
    ['that is no PDF', { file: new Blob(['hello']) }, 422, /\[OSS_PDF_NOT_A_PDF\]$/],
  ])('refuses a document %s', async (_, files, http, details) => {
    const answer = await classic.upload('/verify', files);
    expect(answer).toMatchObject({ http, body: { details: expect.stringMatching(details) } });
    await nothingIsKept();
  });

  it('takes a signed message, and a detached signature with its document', async () => {
    const verify = (parts: Readonly<Record<string, File>>) => {
      const form = new FormData();
      for (const [name, part] of Object.entries(parts)) form.set(name, part, part.name);
      return classic.call('POST', '/verify', { body: form });
    };
    const signatory = [await makeSignatory('Bea')];
    const content = Buffer.from('what was signed');
    const message = new File([new Uint8Array(messageOf(content, signatory))], 'contract.txt.p7m');
    const { body } = await verify({ file: message });
    expect(body.details).toMatchObject({
      ...{ file: 'contract.txt.p7m', verdict: 'undecided' },
      container: { kind: 'enveloping', files: [{ name: 'contract.txt', bytes: content.length }] },
      signatures: [{ signer: 'Bea', signedFiles: ['contract.txt'] }],
    });
    const detached = messageOf(content, signatory, { detached: true });
    const file = new File([new Uint8Array(detached)], 'contract.txt.p7s');
    const integrityWith = async (document?: string) => {
      const parts = {
        file,
        ...(document !== undefined && { document: new File([document], 'contract.txt') }),
      };
      const { details } = (await verify(parts)).body;
      const [signature] = verificationReportSchema.parse(details).signatures;
      return signature?.checks.find(({ name }) => name === 'integrity')?.outcome;
    };
    expect(await integrityWith(String(content))).toBe('passed');
    expect(await integrityWith('another')).toBe('failed');
    expect(await integrityWith()).toBe('undecided');
    await nothingIsKept();
  });

  it('names what is missing', async () => {
    const form = new FormData();
    form.set('password', 'of nothing');
    expect(await classic.call('POST', '/verify', { body: form })).toMatchObject({
      http: 400,
      body: { details: "Missing required parameter: 'file'" },
    });
  });

  it('takes one document in one call', async () => {
    const two = { one: corpus('signed-once.pdf'), two: corpus('signed-once.pdf') };
    expect(await classic.upload('/verify', two)).toMatchObject({
      http: 400,
      body: { details: 'One signed file in one call' },
    });
  });

  it('needs no password, and minds none, where a document is open to anybody', async () => {
    const form = new FormData();
    form.set('password', 'not asked for');
    form.set('file', signed, 'contract.pdf');
    expect(await classic.call('POST', '/verify', { body: form })).toMatchObject({ http: 200 });
  });
});
