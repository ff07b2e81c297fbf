import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient, corpus, newSigner } from './client.ts';
import { type OptimizerProcess, startOptimizer } from './optimizer-process.ts';

const CODE = { secret: '000000' };
const OFFICER = { username: 'officer', password: 'sandbox-password', pin: '482913' };
const VIDEO = new Blob([
  Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypmp42'), Buffer.alloc(64)]),
]);
const EVIDENCES = {
  videoid_data: { ocr_data: { given_name: 'Ada', surname_1: 'Lovelace', serial_number: '12345678Z' } },
};

let data: string;
let optimizer: OptimizerProcess;
let client: ApiClient;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'optimizer-unexpected-'));
  optimizer = await startOptimizer({ data });
  client = new ApiClient(optimizer.url);
});
afterAll(async () => {
  await optimizer?.stop();
  await rm(data, { recursive: true, force: true });
});

describe('an address', () => {
  /** Exactly this path, as no client library would send it. */
  const get = (path: string): Promise<{ http: number | undefined; body: unknown }> =>
    new Promise((settle, fail) => {
      const { hostname, port } = new URL(optimizer.url);
      request({ hostname, port, path }, async (response) => {
        settle({ http: response.statusCode, body: JSON.parse(await text(response)) });
      })
        .on('error', fail)
        .end();
    });

  it('that cannot be decoded is refused in the envelope of its dialect', async () => {
    expect(await get('/api/v1/request/%E0%A4')).toEqual({
      http: 400,
      body: { status: '400 Bad Request', details: 'The call was not understood' },
    });
    expect(await get('/oneshot/api/v1/request/%E0%A4')).toEqual({
      http: 400,
      body: { status: 'error', message: 'The call was not understood' },
    });
  });

  it('that is very long names nothing: 404, as any other name', async () => {
    expect(await get(`/api/v1/image/${'x'.repeat(8000)}`)).toEqual({
      http: 404,
      body: { status: '404 Not Found', details: `Image with uid ${'x'.repeat(64)} not found` },
    });
  });

  it.each([
    ['/api/v1/hello', 'POST', 'GET, HEAD'],
    ['/api/v1/documents/1', 'PUT', 'DELETE, GET, HEAD, POST'],
    ['/oneshot/api/v1/create', 'GET', 'POST'],
  ])('%s has no %s: 405, and it says which methods it has', async (path, method, allowed) => {
    const answer = await fetch(`${optimizer.url}${path}`, { method });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe(allowed);
    expect(JSON.stringify(await answer.json())).toContain(`${method} is not a method of this call`);
  });
});

describe('a request whose files are gone', () => {
  it('has no contract any more: 404', async () => {
    const { pk } = await client.requestWith(corpus('pdftex.pdf'));
    await client.delete(`/request/${pk}`);
    expect(await client.get(`/document/${pk}/contract`)).toMatchObject({
      http: 404,
      body: { details: `Request ${pk} not found` },
    });
  });

  it('has no video any more, and takes no evidence', async () => {
    const { body } = await client.post('/videoid', newSigner());
    const { request_pk: pk } = body.details;
    expect(await client.upload(`/videoid/${pk}/evidences/video`, { video: VIDEO })).toMatchObject({
      http: 200,
    });
    await client.delete(`/request/${pk}`);
    expect((await client.get(`/videoid/${pk}/download/video`)).http).toBe(404);
    const cancelled = { http: 412, body: { details: "Invalid VideoId status 'CANCELLED'" } };
    expect(await client.post(`/videoid/${pk}/evidences`, EVIDENCES)).toMatchObject(cancelled);
    expect(await client.upload(`/videoid/${pk}/evidences/video`, { video: VIDEO })).toMatchObject(cancelled);
  });
});

describe('what an officer decides', () => {
  it('with a wrong password is refused as the officer, not as the caller: 403', async () => {
    const { request_pk: pk } = (await client.post('/videoid', newSigner())).body.details;
    await client.upload(`/videoid/${pk}/evidences/video`, { video: VIDEO });
    await client.post(`/videoid/${pk}/evidences`, EVIDENCES);
    const wrong = { ...OFFICER, password: 'wrong', reason: 'blurred' };
    for (const path of [`/videoid/${pk}/validate`, `/videoid/${pk}/refuse`, `/request/${pk}/approve`]) {
      expect(await client.post(path, wrong)).toMatchObject({
        http: 403,
        body: { details: 'Invalid RAO Credentials' },
      });
    }
  });
});

describe('fields', () => {
  it('of a video identification that are missing are named', async () => {
    expect(await client.post('/videoid', {})).toMatchObject({
      http: 400,
      body: { details: 'Missing required parameters: mobile_phone_number, email' },
    });
  });

  it('that are null or empty count as left out', async () => {
    const created = await client.post('/request', {
      ...newSigner(),
      ...OFFICER,
      surname_2: null,
      callback: null,
      id_document_type: '',
    });
    expect(created).toMatchObject({ http: 201 });
    expect(
      await client.post('/request', { ...newSigner(), ...OFFICER, given_name: null, surname_1: null }),
    ).toMatchObject({
      http: 400,
      body: { details: 'Missing parameter: given_name required' },
    });
  });

  it('of a signer with one name are one', async () => {
    const { given_name: _, surname_1: __, ...others } = { ...newSigner(), ...OFFICER };
    for (const names of [{ given_name: 'Suharto' }, { surname_1: 'Teresa', given_name: '' }])
      expect(await client.post('/request', { ...others, ...names })).toMatchObject({ http: 201 });
  });

  it('that the service refuses are named as the client named them, once', async () => {
    const refused = { ...newSigner(), ...OFFICER, registration_authority: '../1000', given_name: 'Ada' };
    expect(await client.post('/request', refused)).toMatchObject({
      http: 412,
      body: {
        details: 'Error occured during request approval: Invalid request fields: registration_authority',
      },
    });
    const unseen = { ...newSigner(), ...OFFICER, given_name: 'A\u200Bda', communication_language: 'es' };
    expect(await client.post('/request', unseen)).toMatchObject({
      http: 412,
      body: {
        details:
          'Error occured during request approval: Invalid request fields: given_name. ' +
          'Nombre: contiene un carácter que no se ve. Bórrelo y escríbalo de nuevo.',
      },
    });
    const unprintable = { ...newSigner(), ...OFFICER, surname_1: 'ᚠ' };
    expect(await client.post('/request', unprintable)).toMatchObject({
      http: 412,
      body: { details: expect.stringMatching(/fields: surname_1\. .*U\+16A0/) },
    });
  });

  it('of a placement that make no sense are refused document by document', async () => {
    const { pk, uid } = await client.readyToSign(corpus('pdftex.pdf'));
    for (const [placement, field] of [
      [{ position: '1,2,30,40', page: 'abc' }, 'page'],
      [{ position: '1,2,30,40', page: 1e300 }, 'page'],
      [{ position: ['1'], page: 0 }, 'position'],
      [null, 'options'],
      [[], 'options'],
    ] as const) {
      const answer = await client.post(`/sign/${pk}`, { ...CODE, options: { [uid]: placement } });
      expect(answer).toMatchObject({
        http: 400,
        body: { details: { [uid]: `Invalid parameter '${field}' for file ${uid}` } },
      });
    }
    const flat = await client.post(`/sign/${pk}`, { ...CODE, options: { document: { page: 'abc' } } });
    expect(flat).toMatchObject({ http: 400, body: { details: { [uid]: expect.any(String) } } });
    expect((await client.post(`/sign/${pk}`, CODE)).http).toBe(200);
  });
});

describe('a document with an unusual name', () => {
  it.each([
    ['as long as a file system takes, in letters of three bytes', `${'漢'.repeat(116)}.pdf`],
    ['cut off within a character of two halves', `${'😀'.repeat(150)}a.pdf`],
    ['that is written from right to left', '\u202efdp.exe'],
    ['of a device', 'NUL'],
  ])('%s is signed and fetched', async (_name, filename) => {
    const pk = await client.request();
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(readFileSync(corpus('pdftex.pdf')))]), filename);
    const uid = (await client.call('POST', `/document/${pk}`, { body: form })).body.details;
    expect((await client.bytes(`/document/${pk}/original/${uid}`)).http).toBe(200);
    await client.call('POST', `/otp/${pk}`);
    expect(await client.post(`/sign/${pk}`, CODE)).toMatchObject({ http: 200 });
    const signed = await client.bytes(`/document/${pk}/signed/${uid}`);
    expect(signed).toMatchObject({ http: 200, type: 'application/pdf' });
  });
});
