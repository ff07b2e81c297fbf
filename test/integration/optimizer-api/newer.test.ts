import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient, corpus, newSigner } from './client.ts';
import { type OptimizerProcess, startOptimizer } from './optimizer-process.ts';

let data: string;
let optimizer: OptimizerProcess;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'optimizer-newer-'));
  optimizer = await startOptimizer({ data });
});
afterAll(async () => {
  await optimizer?.stop();
  await rm(data, { recursive: true, force: true });
});

const APPEARANCE = {
  text: ['Signed by %(CN)s', '%(DATE)s'],
  date: '%d/%m/%Y %H:%M:%S',
  timezone: 'UTC',
  position: '300,100,500,150',
  page: 0,
};

describe.each(['/oneshot/api/v1', '/oneshot/api/v1/api/v1'])('the newer dialect below %s', (prefix) => {
  it('create, document, contract, code, signature, files, removal', async () => {
    const client = new ApiClient(optimizer.url, prefix);
    const token = await client.token();
    expect(token).toMatch(/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/);
    const form = new FormData();
    for (const [key, value] of Object.entries({ token, ...newSigner(), serial_number: '12345678Z' })) {
      form.append(key, value);
    }
    const created = await client.call('POST', '/create', { body: form });
    expect(created).toMatchObject({
      http: 201,
      body: {
        status: 'success',
        message: expect.stringMatching(/pk \d+, status ENROLLREADY, asyncmode false/),
        details: { status: 'ENROLLREADY', asyncmode: false },
      },
    });
    const { pk } = created.body.details;

    const one = await client.upload(`/document/${pk}`, { file: corpus('pdftex.pdf') });
    expect(one.body).toMatchObject({ status: 'success', detail: { name: 'file' } });
    const uid = one.body.detail.uid;
    const more = await client.upload(`/document/${pk}`, {
      file: corpus('chromium.pdf'),
      file2: corpus('libreoffice.pdf'),
    });
    expect(more.body.detail).toMatchObject([{ name: 'file' }, { name: 'file2' }]);

    for (const path of [`/contract/${pk}`, `/contract/${pk}/`, `/document/${pk}/contract`]) {
      expect(
        Buffer.from((await client.bytes(path)).bytes)
          .subarray(0, 5)
          .toString(),
      ).toBe('%PDF-');
    }
    expect(await client.call('POST', `/otp/${pk}/`)).toMatchObject({
      http: 200,
      body: { status: 'success', message: 'OTP generated' },
    });
    const refused = await client.post(`/sign/${pk}`, { secret: '1', signature: { appearance: APPEARANCE } });
    expect(refused).toEqual({ http: 403, body: { status: 'error', message: 'Confirmation Code invalid' } });
    const signed = await client.post(`/sign/${pk}/`, {
      secret: '000000',
      signature: { appearance: APPEARANCE },
    });
    expect(signed).toEqual({
      http: 200,
      body: { status: 'success', message: 'Documents correctly signed' },
    });

    const original = readFileSync(corpus('pdftex.pdf'));
    const files = await Promise.all(
      ['?document_type=original', '?document_type=signed', ''].map((query) =>
        client.bytes(`/document/${pk}/${uid}${query}`),
      ),
    );
    const [plain, sealed, either] = files.map(({ bytes }) => Buffer.from(bytes));
    expect(plain).toEqual(original);
    expect(sealed?.subarray(0, original.length)).toEqual(original);
    expect(sealed?.length).toBeGreaterThan(original.length);
    expect(either).toEqual(sealed);
    expect((await client.bytes(`/document/${pk}/signed/${uid}`)).http).toBe(200);

    expect(await client.delete(`/document/${pk}/${uid}`)).toMatchObject({ http: 200 });
    expect((await client.bytes(`/document/${pk}/${uid}`)).http).toBe(404);
    expect(await client.delete(`/document/${pk}`)).toEqual({
      http: 200,
      body: { status: 'success', message: `Documents deleted for Request ${pk}` },
    });
    expect((await client.get(`/documents/${pk}`)).http).toBe(404);
  });
});

describe('tokens and pictures', () => {
  it('one token answers to both spellings', async () => {
    const client = new ApiClient(optimizer.url, '/oneshot/api/v1');
    const { body } = await client.post('/token', { username: 'officer', password: 'sandbox-password' });
    expect(body).toMatchObject({ status: 'success', message: 'Token created' });
    const uid: string = body.details.token_uid;
    const classic = new ApiClient(optimizer.url);
    expect((await classic.get(`/token/${uid.replaceAll('-', '')}`)).body.details.pin).toBe(false);
    expect((await client.get(`/token/${uid}`)).body.details.pin).toBe(false);
    expect((await client.delete(`/token/${uid}`)).body.message).toBe('Token deleted successfully');
  });

  it('a picture may be named by its uid or stand in the call', async () => {
    const client = new ApiClient(optimizer.url, '/oneshot/api/v1');
    const classic = new ApiClient(optimizer.url);
    const path = join(import.meta.dirname, '../../conformance/handwriting.png');
    const { body } = await client.upload('/image', { image: path });
    expect(body.message).toBe(`Image uploaded with uid '${body.details.image_uid}'`);
    for (const image of [body.details.image_uid, readFileSync(path).toString('base64')]) {
      const { pk } = await classic.readyToSign(corpus('pdftex.pdf'));
      const response = await client.post(`/sign/${pk}`, {
        secret: '000000',
        signature: { appearance: { ...APPEARANCE, image } },
      });
      expect(response).toMatchObject({ http: 200 });
    }
  });
});
