import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyFile } from '../../../src/optimizer/index.ts';
import { CertificateCache, certificatesFromPem } from '../../../src/pki/index.ts';
import { asFile } from '../../support/openssl.ts';
import { ApiClient, corpus, newSigner } from './client.ts';
import { type OptimizerProcess, startOptimizer } from './optimizer-process.ts';

const PICTURE = join(import.meta.dirname, '../../conformance/handwriting.png');
const CODE = { secret: '000000' };

let data: string;
let optimizer: OptimizerProcess;
let client: ApiClient;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'optimizer-classic-'));
  optimizer = await startOptimizer({ data });
  client = new ApiClient(optimizer.url);
});
afterAll(async () => {
  await optimizer?.stop();
  await rm(data, { recursive: true, force: true });
});

const refusal = (http: number, details: unknown) => ({
  http,
  body: { status: expect.stringMatching(new RegExp(`^${http} `)), details },
});

describe('service', () => {
  it('says hello, its version and its settings', async () => {
    expect(await client.get('/hello')).toEqual({ http: 200, body: { status: '200 OK', details: 'Hello' } });
    const { body } = await client.get('/version');
    expect(body.details).toMatchObject({ name: 'OneShot Optimizer', info: { system: process.platform } });
    const settings = await client.get('/settings');
    expect(settings.body.details).toMatchObject({
      general: { environment: 'sandbox', usepdfclean: false },
      request: { default_ra: '1000' },
    });
  });

  it('changes the settings that are named, and never shows a password', async () => {
    const billing = { billing_username: 'bank', billing_password: 'c2VjcmV0' };
    expect(await client.post('/settings', { billing })).toMatchObject({
      http: 200,
      body: { details: 'Settings saved successfully' },
    });
    const { body } = await client.get('/settings');
    expect(body.details.billing).toEqual({ billing_username: 'bank', billing_password: '********' });
    expect(body.details.request.default_ra).toBe('1000');
  });

  it('points at line and column of JSON that is none', async () => {
    const response = await client.call('POST', '/settings', {
      body: '{\n "tsa": {"tsa_url": "a"\n "x": 1}}',
      headers: { 'content-type': 'application/json' },
    });
    expect(response).toMatchObject({ http: 400, body: { status: 'Invalid JSON', title: 'Invalid JSON' } });
    expect(response.body.details).toMatch(/^Could not parse JSON body - .*: line 3 column 2 \(char \d+\)$/);
  });
});

describe('tokens', () => {
  it('the first token of the list can be used, and a secret is never told', async () => {
    const uid = await client.token();
    expect(uid).toMatch(/^[0-9a-f]{32}$/);
    expect((await client.get(`/token/${uid}`)).body.details).toEqual({
      username: 'officer',
      password: true,
      pin: true,
    });
  });

  it('are judged when they are made, kept without a PIN, and forgotten', async () => {
    const wrong = { username: 'officer', password: 'wrong', pin: '1', env: 'sandbox' };
    expect(await client.post('/token', wrong)).toMatchObject(
      refusal(404, "Error getting RAO's id. Make sure the credentials are correct"),
    );
    expect(await client.post('/token', {})).toMatchObject(
      refusal(400, "Missing required parameter: 'username'"),
    );
    const withoutPin = { username: 'officer', password: 'sandbox-password', env: 'test' };
    const { body } = await client.post('/token', withoutPin);
    expect(await client.post('/token', withoutPin)).toMatchObject(
      refusal(400, 'A token with these credentials already exist!'),
    );
    expect(await client.post('/request', { token: body.details, ...newSigner() })).toMatchObject(
      refusal(400, "Missing required parameter: 'pin'"),
    );
    expect(
      await client.post('/request', { token: body.details, pin: '482913', ...newSigner() }),
    ).toMatchObject({ http: 201 });
    expect((await client.delete(`/token/${body.details}`)).body.details).toBe('Token deleted successfully');
    expect(await client.get(`/token/${body.details}`)).toMatchObject(refusal(404, 'Token not found'));
  });
});

describe('requests', () => {
  it('created with a form with pictures: an integer', async () => {
    const form = new FormData();
    const fields = { token: await client.token(), profile: 'PFnubeNC', ...newSigner() };
    for (const [key, value] of Object.entries(fields)) form.append(key, value);
    for (const key of ['document_front', 'document_rear', 'document_owner']) {
      form.append(key, new Blob([new Uint8Array(readFileSync(PICTURE))]), `${key}.png`);
    }
    const { http, body } = await client.call('POST', '/request', { body: form });
    expect({ http, status: body.status }).toEqual({ http: 201, status: '201 Created' });
    expect(Number.isInteger(body.details)).toBe(true);
    const { details } = (await client.get(`/request/${body.details}`)).body;
    expect(details).toMatchObject({
      pk: body.details,
      status: 'ENROLLREADY',
      profile: 'PFnubeNC',
      registration_authority: 1000,
      given_name: 'Ada',
      certificate_set: [],
      organization_name: null,
    });
    expect(details.scratchcard).toMatch(/^\d+$/);
    expect((await client.get('/requests')).body.details[body.details]).toMatchObject({
      status: 'ENROLLREADY',
    });
  });

  it.each([
    ['urlencoded', (fields: Record<string, string>) => new URLSearchParams(fields)],
    ['JSON', (fields: Record<string, string>) => JSON.stringify(fields)],
  ])('created with %s, credentials inline and the older name of the sandbox', async (kind, encode) => {
    const officer = { username: 'officer', password: 'sandbox-password', pin: '482913', env: 'test' };
    const response = await client.call('POST', '/request', {
      body: encode({ ...officer, ...newSigner(), registration_authority: '1000' }),
      headers: kind === 'JSON' ? { 'content-type': 'application/json' } : {},
    });
    expect(response).toMatchObject({ http: 201, body: { details: expect.any(Number) } });
  });

  it.each(['139', '1234', '9999', '2000'])(
    'created for the authority %s, which a sample of the maker names: a sandbox takes any number',
    async (authority) => {
      const pk = await client.request({ registration_authority: authority });
      const { details } = (await client.get(`/request/${pk}`)).body;
      expect(details).toMatchObject({ status: 'ENROLLREADY', registration_authority: Number(authority) });
    },
  );

  it.each([
    [
      'mobile_phone_number',
      '600123123',
      400,
      'Please use the mobile phone number with an international prefix',
    ],
    ['mobile_phone_number', '', 400, 'Missing parameter: mobile_phone_number required'],
    ['email', 'nobody', 400, 'Enter a valid email address'],
    ['env', 'prod', 400, 'The specified environment is not available'],
    ['env', 'moon', 400, 'Environment moon does not exist'],
    [
      'id_document_type',
      'XYZ',
      400,
      'The id_document_type specified is not valid. Valid options are IDC, PAS, PNO, TIN, CI, CE',
    ],
    [
      'id_document_country',
      'ESX',
      400,
      { id_document_country: ["'ESX' is not a valid ISO 3166-1 alpha-2 country code"] },
    ],
    ['token', 'f'.repeat(32), 404, "Error getting RAO's id. Make sure the credentials are correct"],
    ['callback', 'file:///etc/passwd', 400, 'Invalid parameter: callback is not an address'],
  ])('%s = "%s" is refused with %i', async (field, value, http, details) => {
    const token = await client.token();
    expect(await client.post('/request', { token, ...newSigner(), [field]: value })).toMatchObject(
      refusal(http, details),
    );
  });

  it('a wrong PIN is refused as the officer is', async () => {
    const officer = { username: 'officer', password: 'sandbox-password', pin: '111111' };
    expect(await client.post('/request', { ...officer, ...newSigner() })).toMatchObject(
      refusal(403, 'Invalid RAO Credentials'),
    );
  });

  it.each(['undefined', '999999', '1e3', '..%2f..', '%00'])('"%s" is no request: 404', async (pk) => {
    expect((await client.get(`/request/${pk}`)).http).toBe(404);
    expect((await client.call('POST', `/otp/${pk}`)).http).toBe(404);
    expect((await client.upload(`/document/${pk}`, { file: corpus('pdftex.pdf') })).http).toBe(404);
  });

  it('cancelled: no code, no signature, and its state says so', async () => {
    const { pk } = await client.requestWith(corpus('pdftex.pdf'));
    expect(await client.delete(`/request/${pk}`)).toMatchObject({
      http: 200,
      body: { details: 'Request directory removed successfully' },
    });
    expect((await client.get(`/request/${pk}`)).body.details.status).toBe('CANCELLED');
    expect(await client.call('POST', `/otp/${pk}`)).toMatchObject(
      refusal(412, 'Error occured during OTP generation: Invalid request status'),
    );
    expect((await client.post(`/sign/${pk}`, CODE)).http).toBe(412);
  });
});

describe('documents', () => {
  it('one part gives a string, several an array', async () => {
    const pk = await client.request();
    const one = await client.upload(`/document/${pk}`, { file: corpus('pdftex.pdf') });
    expect(one.body.details).toMatch(/^[0-9a-f-]{36}$/);
    const two = await client.upload(`/document/${pk}/`, {
      file: corpus('libreoffice.pdf'),
      file2: corpus('chromium.pdf'),
    });
    const entry = (key: string, filename: string) => ({
      key,
      filename,
      uid: expect.stringMatching(/^[0-9a-f-]{36}$/),
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(two.body.details).toEqual([entry('file', 'libreoffice.pdf'), entry('file2', 'chromium.pdf')]);
    const { body } = await client.get(`/documents/${pk}`);
    expect(Object.values(body.details)).toHaveLength(3);
    expect(body.details[one.body.details]).toEqual({
      upload_date: expect.stringMatching(/^\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d$/),
      ext: '.pdf',
      size: readFileSync(corpus('pdftex.pdf')).length,
      mime: 'application/pdf',
      filename: 'pdftex.pdf',
    });
    expect(Buffer.from((await client.bytes(`/document/${pk}/original/${one.body.details}`)).bytes)).toEqual(
      readFileSync(corpus('pdftex.pdf')),
    );
  });

  it('the eleventh is refused, and with it whatever came in the same call', async () => {
    const pk = await client.request();
    const ten = Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`file${n}`, corpus('pdftex.pdf')]));
    expect((await client.upload(`/document/${pk}`, { ...ten, more: corpus('pdftex.pdf') })).http).toBe(400);
    expect((await client.get(`/documents/${pk}`)).http).toBe(404);
    expect((await client.upload(`/document/${pk}`, ten)).http).toBe(200);
    expect(await client.upload(`/document/${pk}`, { file: corpus('pdftex.pdf') })).toMatchObject(
      refusal(400, `Maximum number of document reached for Request ${pk}`),
    );
  });

  it('goes by content: a picture is refused, a PDF without name or type is taken', async () => {
    const pk = await client.request();
    expect(await client.upload(`/document/${pk}`, { file: PICTURE })).toMatchObject(
      refusal(415, 'Unsupported file type: handwriting.png'),
    );
    const nameless = new Blob([new Uint8Array(readFileSync(corpus('pdftex.pdf')))]);
    expect((await client.upload(`/document/${pk}`, { file: nameless })).http).toBe(200);
  });

  it('says why a PDF cannot be signed, and keeps none of the call', async () => {
    const pk = await client.request();
    const response = await client.upload(`/document/${pk}`, {
      file: corpus('pdftex.pdf'),
      file2: corpus('signed-mdp1.pdf'),
    });
    expect(response.http).toBe(422);
    expect(response.body.details).toContain('OSS_PDF_CERTIFIED_NO_CHANGES');
    expect((await client.get(`/documents/${pk}`)).http).toBe(404);
  });

  it('the contract is a PDF, before and after the signature', async () => {
    const { pk } = await client.readyToSign(corpus('pdftex.pdf'));
    const contract = async () => Buffer.from((await client.bytes(`/document/${pk}/contract`)).bytes);
    const before = await contract();
    expect(before.subarray(0, 5).toString()).toBe('%PDF-');
    expect((await client.post(`/sign/${pk}`, CODE)).http).toBe(200);
    expect(await contract()).toEqual(before);
  });

  it('deleted one by one, then all, then there is none', async () => {
    const pk = await client.request();
    const { body } = await client.upload(`/document/${pk}`, {
      file: corpus('pdftex.pdf'),
      file2: corpus('chromium.pdf'),
      file3: corpus('libreoffice.pdf'),
    });
    const uid = body.details[0].uid;
    expect((await client.delete(`/document/${pk}/original/${uid}`)).body.details).toBe(
      'Document successfully deleted',
    );
    expect(await client.delete(`/document/${pk}/original/${uid}`)).toMatchObject(
      refusal(404, `Document not found with uid ${uid} and type original`),
    );
    expect(Object.keys((await client.get(`/documents/${pk}`)).body.details)).toHaveLength(2);
    expect((await client.delete(`/documents/${pk}`)).body.details).toBe('Documents deleted successfully');
    const none = refusal(404, 'No documents found for specified Request');
    expect(await client.get(`/documents/${pk}`)).toMatchObject(none);
    expect(await client.delete(`/documents/${pk}`)).toMatchObject(none);
  });
});

describe('code and signature', () => {
  it('a code is sent without any body, not again at once, and by SMS only', async () => {
    const { pk } = await client.requestWith(corpus('pdftex.pdf'));
    const empty = { headers: { 'content-type': 'application/json' } };
    expect(await client.call('POST', `/otp/${pk}`, empty)).toMatchObject({
      http: 200,
      body: { details: 'OTP generated' },
    });
    expect(await client.call('POST', `/otp/${pk}`, empty)).toMatchObject(
      refusal(412, 'Error occured during OTP generation: Otp generated less than a minute ago'),
    );
    expect(await client.post(`/otp/${pk}`, { delivery_method: 'whatsapp' })).toMatchObject({ http: 400 });
  });

  it('a wrong code is refused, the right one signs, and once is enough', async () => {
    const { pk, uid } = await client.readyToSign(corpus('pdftex.pdf'));
    expect(await client.post(`/sign/${pk}`, {})).toMatchObject(
      refusal(400, "Missing required parameter: 'secret'"),
    );
    for (const secret of ['111111', 'not a code']) {
      expect(await client.post(`/sign/${pk}`, { secret })).toMatchObject(
        refusal(403, 'Confirmation Code invalid'),
      );
    }
    expect((await client.get(`/request/${pk}`)).body.details.status).toBe('ENROLLREADY');
    expect((await client.bytes(`/document/${pk}/signed/${uid}`)).http).toBe(404);
    expect(await client.post(`/sign/${pk}`, CODE)).toEqual({
      http: 200,
      body: { status: '200 OK', details: 'Documents correctly signed' },
    });
    expect((await client.get(`/request/${pk}`)).body.details.status).toBe('ISSUED');
    expect(await client.post(`/sign/${pk}`, CODE)).toMatchObject(
      refusal(412, 'Request already in ISSUED status'),
    );
  });

  it('a document that came after the code is not signed with it', async () => {
    const { pk } = await client.readyToSign(corpus('pdftex.pdf'));
    await client.upload(`/document/${pk}`, { file: corpus('chromium.pdf') });
    expect((await client.post(`/sign/${pk}`, CODE)).http).toBe(403);
  });

  it('the place is judged document by document', async () => {
    const { pk, uid } = await client.readyToSign(corpus('pdftex.pdf'));
    const sign = (placement: object, key = uid) =>
      client.post(`/sign/${pk}`, { ...CODE, options: { [key]: placement } });
    expect(await sign({ page: 0 })).toMatchObject(
      refusal(400, { [uid]: `Missing required parameter 'position' for file ${uid}` }),
    );
    expect(await sign({ position: '1,2,30,40' })).toMatchObject(
      refusal(400, { [uid]: `Missing required parameter 'page' for file ${uid}` }),
    );
    expect(await sign({ position: '1,2,30', page: 0 })).toMatchObject({ http: 400 });
    expect(await sign({ position: '1,2,30,40', page: 77 })).toMatchObject({ http: 400 });
    expect(await sign({ position: '9000,2,9900,40', page: 0 })).toMatchObject(
      refusal(400, { [uid]: expect.stringContaining('not on the page') }),
    );
    expect(await sign({ position: '1,2,30,40', page: 0, image: 'gone' })).toMatchObject(
      refusal(404, { [uid]: 'The image gone cannot be found on disk' }),
    );
    expect(await sign({ position: '1,2,30,40', page: 0 }, 'stranger')).toMatchObject(
      refusal(404, "The following documents are not found in Request's folders: stranger"),
    );
    expect(await client.post(`/sign/${pk}`, { ...CODE, metadata: 'abc' })).toMatchObject({ http: 400 });
    expect(await sign({ position: '300, 100, 500, 150', page: '0' })).toMatchObject({ http: 200 });
  });

  it.each([
    ['a number for the page, no spaces', { position: '300,100,500,150', page: 0 }],
    ['the last page, corners the other way round', { position: '500,150,300,100', page: -1 }],
  ])('%s', async (_name, placement) => {
    const { pk, uid } = await client.readyToSign(corpus('chromium.pdf'));
    const options = { [uid]: placement };
    expect(await client.post(`/sign/${pk}`, { ...CODE, options })).toMatchObject({ http: 200 });
  });

  it('a flat placement is that of the only document', async () => {
    const { pk } = await client.readyToSign(corpus('pdftex.pdf'));
    const options = { position: '300, 100, 500, 150', page: 0 };
    expect(await client.post(`/sign/${pk}`, { ...CODE, options })).toMatchObject({ http: 200 });
  });
});

describe('what comes back', () => {
  it('is the original, followed by a valid visible signature with a time stamp; earlier ones stay valid', async () => {
    const image = (await client.upload('/image', { image: PICTURE })).body.details;
    const { pk, uid } = await client.readyToSign(corpus('signed-once.pdf'));
    const signed = await client.post(`/sign/${pk}`, {
      ...CODE,
      use_signature_text: true,
      signature_format: {
        text_format: ['%(CN)s', 'on %(DATE)s', '%(E)'],
        date_format: '%d/%m/%Y %H:%M:%S',
        timezone: 'Europe/Barcelona',
      },
      options: { [uid]: { position: '300, 100, 500, 150', page: '0', image } },
    });
    expect(signed).toMatchObject({ http: 200 });
    const { type, bytes } = await client.bytes(`/document/${pk}/signed/${uid}`);
    expect(type).toBe('application/pdf');
    const original = readFileSync(corpus('signed-once.pdf'));
    expect(Buffer.from(bytes).subarray(0, original.length)).toEqual(original);
    const report = await verifyFile(asFile(bytes, 'signed.pdf'), {
      anchors: certificatesFromPem(await sandboxAnchor()),
      certificates: new CertificateCache(),
      at: new Date(),
    });
    const own = report.signatures.at(-1);
    expect(own).toMatchObject({ verdict: 'valid', level: 'B-LT', signer: 'Ada Lovelace' });
    expect(report.signatures).toHaveLength(2);
    expect(report.signatures[0]?.checks.find(({ outcome }) => outcome === 'failed')).toBeUndefined();
  });

  const sandboxAnchor = async (): Promise<string> =>
    readFileSync(join(data, 'optimizer', 'service', 'authorities', 'root.pem'), 'utf8');
});

describe('pictures and metadata', () => {
  it('pictures are kept, listed with their size, given back and removed', async () => {
    await client.delete('/images');
    const uid = (await client.upload('/image', { image: PICTURE })).body.details;
    expect(await client.upload('/image', { image: corpus('pdftex.pdf') })).toMatchObject({ http: 415 });
    const { body } = await client.get('/images');
    expect(body.details[uid]).toMatchObject({
      ext: '.png',
      mime: 'image/png',
      filename: 'handwriting.png',
      size: [expect.any(Number), expect.any(Number)],
      upload_date: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/),
    });
    expect(Buffer.from((await client.bytes(`/image/${uid}`)).bytes)).toEqual(readFileSync(PICTURE));
    expect((await client.delete(`/image/${uid}`)).body.details).toBe('Image deleted');
    expect(await client.get(`/image/${uid}`)).toMatchObject(refusal(404, `Image with uid ${uid} not found`));
  });

  it('metadata is kept and removed', async () => {
    expect(await client.post('/metadata', {})).toMatchObject({ http: 400 });
    const entry = { metadata: 'AQID', metadata_oid: '1.3.6.1.4.1.99999.1' };
    const id = (await client.post('/metadata', entry)).body.details.metadata;
    expect((await client.get(`/metadata/${id}`)).body.details).toEqual({
      oid: entry.metadata_oid,
      metadata: 'AQID',
    });
    expect((await client.delete(`/metadata/${id}`)).body.details).toBe('Metadata successfully deleted');
    expect(await client.get('/metadata')).toMatchObject(refusal(404, 'Metadata not found on disk'));
  });
});
