import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { asFile, openssl } from '../../support/openssl.ts';
import { ApiClient, corpus, newSigner } from './client.ts';
import { type OptimizerProcess, startOptimizer, TRIAL } from './optimizer-process.ts';

const WEBHOOK_SECRET = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
const CODE = { secret: '000000' };
/** The receiver stands on this machine: the operator has to name it. */
const CALLED_BACK = [...TRIAL, '--callback-host', '127.0.0.1'];

interface Delivery {
  readonly headers: IncomingHttpHeaders;
  readonly raw: string;
  // biome-ignore lint/suspicious/noExplicitAny: a client takes what comes.
  readonly body: any;
}

let data: string;
let optimizer: OptimizerProcess;
let client: ApiClient;
let receiver: Server;
let deliveries: Delivery[] = [];
/** How many deliveries the receiver fails before it takes one. */
let failures = 0;

beforeAll(async () => {
  receiver = createServer(async (request, response) => {
    const raw = await text(request);
    const fails = failures > 0;
    if (fails) failures--;
    else deliveries.push({ headers: request.headers, raw, body: JSON.parse(raw) });
    response.writeHead(fails ? 503 : 204).end();
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  data = await mkdtemp(join(tmpdir(), 'optimizer-flows-'));
  optimizer = await startOptimizer({
    data,
    args: CALLED_BACK,
    env: { ONESHOT_WEBHOOK_SECRET: WEBHOOK_SECRET },
  });
  client = new ApiClient(optimizer.url);
});
afterAll(async () => {
  await optimizer?.stop();
  receiver.close();
  await rm(data, { recursive: true, force: true });
});

const callback = (): string => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
/** At least once is what is promised; a repetition has the same id. */
function told(pk: number): Delivery[] {
  const ofRequest = deliveries.filter(({ body }) => body.request === pk || body.request?.pk === pk);
  return [...new Map(ofRequest.map((delivery) => [delivery.headers['webhook-id'], delivery])).values()];
}

describe('authentication elsewhere', () => {
  it('signs without any code, and both of its fields are needed', async () => {
    const { pk, uid } = await client.requestWith(corpus('pdftex.pdf'));
    const proof = { secret: 'agreed', ext_unlock_type: 'biometric', ext_unlock_value: '12345678-12345678' };
    expect(await client.post(`/sign/${pk}`, { ...proof, ext_unlock_value: undefined })).toMatchObject({
      http: 400,
      body: { details: "Missing required parameter: 'ext_unlock_value'" },
    });
    expect(await client.post(`/sign/${pk}`, { ...proof, ext_unlock_type: undefined })).toMatchObject({
      http: 400,
      body: { details: "Missing required parameter: 'ext_unlock_type'" },
    });
    expect(await client.post(`/sign/${pk}`, proof)).toMatchObject({ http: 200 });
    expect((await client.bytes(`/document/${pk}/signed/${uid}`)).http).toBe(200);
  });
});

describe('hashes without their content', () => {
  const content = Buffer.from('A contract that never leaves the archive.');
  const digest = createHash('sha256').update(content).digest();
  const attribute = Buffer.concat([Buffer.from('302f06092a864886f70d01090431220420', 'hex'), digest]);
  const hashFile = (fields: object): Blob => new Blob([JSON.stringify(fields)], { type: 'application/json' });

  it.each([
    ['bare', { messageDigest: digest.toString('base64'), digestAlgorithm: 'sha256WithRSAEncryption' }],
    ['as DER', { messageDigest: attribute.toString('base64'), digestAlgorithm: 'sha256', addSigningTime: 1 }],
  ])('a digest %s becomes a detached CMS that OpenSSL verifies over the content', async (_name, fields) => {
    const pk = await client.request();
    const { body } = await client.upload(`/document/${pk}`, { hashfile: hashFile(fields) });
    const uid = body.details;
    expect((await client.call('POST', `/otp/${pk}`)).http).toBe(200);
    expect(await client.post(`/sign/${pk}`, CODE)).toMatchObject({ http: 200 });
    const { type, bytes } = await client.bytes(`/document/${pk}/signed/${uid}`);
    expect(type).toBe('application/pkcs7-mime');
    const p7m = asFile(bytes, 'signed.p7m');
    const verified = openssl(
      ...['cms', '-verify', '-inform', 'DER', '-in', p7m, '-content', asFile(content), '-binary'],
      ...['-CAfile', join(data, 'optimizer/service/authorities/root.pem'), '-purpose', 'any'],
    );
    expect(verified).toBe(content.toString());
  });

  it('takes the published attribute, and refuses what lost a character, naming the field', async () => {
    const pk = await client.request();
    const published = 'MC8GCSqGSIb3DQEJBDEiBCCxXpcEPsmyT4JVAGFu1ScquUGBbN3En9x21TpkP7Rp8g==';
    const upload = (messageDigest: string) =>
      client.upload(`/document/${pk}`, { hashfile: hashFile({ messageDigest }) });
    expect(await upload(published)).toMatchObject({ http: 200 });
    for (const wrong of [published.slice(0, -9), published.slice(4), 'AQID', '']) {
      const answer = await upload(wrong);
      expect(answer.http).toBe(400);
      expect(answer.body.details).toContain('messageDigest');
    }
  });
});

describe('asynchronous signatures and callbacks', () => {
  it('answers at once, tells the classic shape, signed, and ends in a final state', async () => {
    const { pk, uid } = await client.readyToSign(corpus('chromium.pdf'), {
      useasync: true,
      callback: callback(),
    });
    expect((await client.get(`/async/status/${pk}`)).body.details).toBe('approved');
    expect((await client.post(`/sign/${pk}`, CODE)).body.details).toBe(
      'Your documents are going to be signed. You will receive them in a few seconds',
    );
    await vi.waitFor(() => expect(told(pk)).toHaveLength(2), { timeout: 30_000 });
    const [approved, issued] = told(pk);
    expect(approved?.body).toMatchObject({ status: 'ENROLLREADY', previous_status: 'CREATED' });
    expect(issued?.body).toEqual({
      status: 'ISSUED',
      previous_status: 'ENROLLREADY',
      date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/),
      request: pk,
      registration_authority: 1000,
    });
    expect(
      new Webhook(WEBHOOK_SECRET).verify(issued?.raw ?? '', issued?.headers as Record<string, string>),
    ).toEqual(issued?.body);
    await vi.waitFor(async () =>
      expect((await client.get(`/async/status/${pk}`)).body.details).toBe('signed'),
    );
    expect((await client.bytes(`/document/${pk}/signed/${uid}`)).http).toBe(200);
    expect((await client.get('/async/status/999999')).body.details).toBe(
      'Request 999999 not found. Make sure the upload directory is correct',
    );
  });

  it('a wrong code is told by callback, and another try is possible', async () => {
    const { pk } = await client.readyToSign(corpus('pdftex.pdf'), { useasync: 'true', callback: callback() });
    expect((await client.post(`/sign/${pk}`, { secret: '111111' })).http).toBe(200);
    await vi.waitFor(() => expect(told(pk).at(-1)?.body.error).toBe('Confirmation Code invalid'), {
      timeout: 30_000,
    });
    expect((await client.get(`/async/status/${pk}`)).body.details).toBe('error');
    expect((await client.post(`/sign/${pk}`, CODE)).http).toBe(200);
    await vi.waitFor(
      async () => expect((await client.get(`/async/status/${pk}`)).body.details).toBe('signed'),
      { timeout: 30_000 },
    );
  });

  it('the newer shape; a receiver that fails is tried again, over a restart too', async () => {
    const newer = new ApiClient(optimizer.url, '/oneshot/api/v1');
    deliveries = [];
    failures = 3;
    const { body } = await newer.post('/create', {
      token: await newer.token(),
      ...newSigner(),
      callback: callback(),
    });
    const { pk } = body.details;
    await vi.waitFor(() => expect(failures).toBe(0), { timeout: 30_000 });
    await optimizer.kill();
    optimizer = await startOptimizer({ data, args: CALLED_BACK });
    client = new ApiClient(optimizer.url);
    await vi.waitFor(() => expect(told(pk)).toHaveLength(2), { timeout: 30_000 });
    const [created, approved] = [...told(pk)].sort((a) => (a.body.event_type === 'REQUEST_CREATED' ? -1 : 1));
    expect(created?.body).toMatchObject({ request: { status: 'CREATED', pk }, certificates: [] });
    expect(approved?.body).toMatchObject({
      event_type: 'REQUEST_APPROVED',
      sent_at: expect.stringMatching(/^\d{14}$/),
      request: { status: 'ENROLLREADY', registration_authority: 1000, scratchcard: expect.any(String) },
    });
    // Without a secret they are sent as the older receivers know them.
    expect(approved?.headers['webhook-signature']).toBeUndefined();

    await client.upload(`/document/${pk}`, { file: corpus('pdftex.pdf') });
    await client.call('POST', `/otp/${pk}`);
    expect((await client.post(`/sign/${pk}`, CODE)).http).toBe(200);
    await vi.waitFor(() => expect(told(pk)).toHaveLength(3), { timeout: 30_000 });
    expect(told(pk).at(-1)?.body).toMatchObject({
      event_type: 'REQUEST_ENROLLED',
      certificates: [{ status: 'VALID', valid_from: expect.stringMatching(/^\d{8} \d\d:\d\d:\d\d$/) }],
    });
  }, 90_000);
});

describe('video identification', () => {
  const VIDEO = new Blob([
    Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypmp42'), Buffer.alloc(64)]),
  ]);
  const officer = { username: 'officer', password: 'sandbox-password', pin: '482913', rao: 12 };

  it('evidence and video in, corrected, approved, signed', async () => {
    const created = await client.post('/videoid', {
      mobile_phone_number: newSigner().mobile_phone_number,
      email: 'ada@example.com',
      videoid_mode: 1,
      env: 'sandbox',
    });
    expect(created).toMatchObject({ http: 200, body: { details: { videoid_link: '' } } });
    const { request_pk: pk, videoid_pk: videoPk } = created.body.details;
    const state = async () => (await client.get(`/request/${pk}`)).body.details.status;
    expect(await state()).toBe('VIDEOPENDING');
    expect((await client.post(`/request/${pk}/approve/`, officer)).http).toBe(412);
    const evidences = {
      acceptance: { ip: '127.0.0.1' },
      videoid_data: {
        ocr_data: { given_name: 'Ada', surname_1: 'Lovelace', serial_number: '12345678Z' },
        similarity_level: 'high',
      },
    };
    expect((await client.post(`/videoid/${pk}/evidences`, evidences)).body.details).toBe(
      'Videoid evidences uploaded',
    );
    expect(await state()).toBe('VIDEOINCOMPLETE');
    // The newer dialect names it by the number of the identification.
    const newer = new ApiClient(optimizer.url, '/oneshot/api/v1');
    expect(await newer.upload(`/videoid/${videoPk}/video`, { video: VIDEO })).toMatchObject({ http: 200 });
    expect(await state()).toBe('VIDEOREVIEW');
    const { scratchcard } = (await client.get(`/request/${pk}`)).body.details;
    const correction = { scratchcard, surname_2: 'Byron', country_name: 'ES' };
    expect((await client.json('PUT', `/request/${pk}`, correction)).body.details).toBe('Request updated');
    expect((await client.post(`/request/${pk}/approve`, { rao: 12 })).body.details).toBe(
      "Missing required parameters: incomplete RAO's credentials",
    );
    expect((await client.post(`/request/${pk}/approve`, officer)).body.details).toBe(
      'Request approved successfully',
    );
    expect(await state()).toBe('ENROLLREADY');
    await client.upload(`/document/${pk}`, { file: corpus('pdftex.pdf') });
    await client.call('POST', `/otp/${pk}`);
    expect((await client.post(`/sign/${pk}`, CODE)).http).toBe(200);
    expect((await client.bytes(`/videoid/${pk}/download/video`)).type).toBe('video/mp4');
  });

  it('a refusal needs a reason, and ends it', async () => {
    const { body } = await client.post('/videoid', { mobile_phone_number: '+34600000000', email: 'a@b.org' });
    const { request_pk: pk } = body.details;
    await client.upload(`/videoid/${pk}/evidences/video`, { video: VIDEO });
    const ocr = { given_name: 'A', surname_1: 'B', serial_number: '1' };
    await client.post(`/videoid/${pk}/evidences`, { videoid_data: { ocr_data: ocr } });
    expect((await client.post(`/videoid/${pk}/refuse`, officer)).body.details).toBe('No reason specified');
    const refused = await client.post(`/videoid/${pk}/refuse`, { ...officer, reason: 'blurred' });
    expect(refused.body.details).toBe('Videoid refuse completed');
    expect((await client.get(`/request/${pk}`)).body.details.status).toBe('CANCELLED');
  });
});
