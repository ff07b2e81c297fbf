import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serviceInfoSchema } from '../../src/contract/service-api/info.ts';
import {
  newIdentity,
  newManifest,
  ServiceClient,
  startTestService,
  type TestService,
} from './service-client.ts';

const run = promisify(execFile);
let running: TestService;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'service-http-'));
  running = await startTestService({ limits: { loginsPerMinute: 12 } });
});
afterAll(async () => {
  await running.close();
  await rm(folder, { recursive: true });
});

const error = (answer: { status: number; body: { error: { code: string } } }) => [
  answer.status,
  answer.body.error.code,
];

describe('the API', () => {
  it('tells anybody what it offers, with sizes that hold for what it signs', async () => {
    const info = serviceInfoSchema.parse(
      (await new ServiceClient(running.client.apiUrl).get('/v1/info')).body,
    );
    expect(info).toMatchObject({ mode: 'sandbox', languages: ['es', 'ca', 'en', 'it', 'pt', 'fr'] });
    for (const profile of info.profiles) {
      const { id } = await running.client.registered({ profile: profile.id });
      const manifest = newManifest(2);
      await running.client.sendOtp(id, manifest);
      const { body } = await running.client.sign(id, await running.client.code(id), manifest);
      const bytes = (base64: string): number => Buffer.from(base64, 'base64').length;
      const chain = [body.certificate, ...body.chain].reduce(
        (sum: number, der: string) => sum + bytes(der),
        0,
      );
      expect(chain).toBeLessThanOrEqual(profile.chainBytes);
      for (const { timestamp } of body.documents)
        expect(bytes(timestamp)).toBeLessThanOrEqual(profile.timestampBytes);
      expect(profile.chainBytes - chain, 'and they are not far too large').toBeLessThan(1200);
    }
  });

  it('describes itself in OpenAPI 3.1 and can be browsed', async () => {
    const { body } = await running.client.get('/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    expect(Object.keys(body.paths).sort()).toEqual([
      '/health',
      '/ready',
      '/v1/info',
      '/v1/requests',
      '/v1/requests/{id}',
      '/v1/requests/{id}/cancel',
      '/v1/requests/{id}/contract',
      '/v1/requests/{id}/delivery',
      '/v1/requests/{id}/events',
      '/v1/requests/{id}/id-pictures/{side}',
      '/v1/requests/{id}/log',
      '/v1/requests/{id}/otp',
      '/v1/requests/{id}/sign',
      '/v1/requests/{id}/signature',
      '/v1/sandbox/outbox',
      '/v1/seals',
      '/v1/seals/{id}/check',
      '/v1/seals/{id}/sign',
      '/v1/tokens',
    ]);
    expect((await running.client.get('/docs/')).text).toContain('swagger-ui');
    expect((await running.client.get('/health')).body).toEqual({ status: 'ok' });
  });

  it('lets nobody in without a token, and answers every error in one shape', async () => {
    const stranger = new ServiceClient(running.client.apiUrl);
    expect(error(await stranger.create())).toEqual([401, 'OSS_CREDENTIALS_INVALID']);
    expect(error(await stranger.login('officer', 'wrong'))).toEqual([401, 'OSS_CREDENTIALS_INVALID']);
    expect(error(await stranger.login('nobody', 'wrong'))).toEqual([401, 'OSS_CREDENTIALS_INVALID']);
    expect(error(await running.client.get('/nothing'))).toEqual([404, 'OSS_NOT_FOUND']);
    expect(error(await running.client.get(`/v1/requests/req_${'0'.repeat(32)}`))).toEqual([
      404,
      'OSS_REQUEST_NOT_FOUND',
    ]);
    expect(error(await running.client.post('/v1/requests', '{"a":'))).toEqual([400, 'OSS_REQUEST_INVALID']);
    expect(error(await running.client.create({ organisation: 'x'.repeat(70_000) }))).toEqual([
      413,
      'OSS_PAYLOAD_TOO_LARGE',
    ]);
    expect(error(await running.client.create({ profile: 'gold' }))).toEqual([422, 'OSS_PROFILE_UNKNOWN']);
    expect(error(await running.client.create({ pin: '0000' }))).toEqual([401, 'OSS_CREDENTIALS_INVALID']);
    expect(error(await running.client.create({ registrationAuthority: '2000' }))).toEqual([
      403,
      'OSS_FORBIDDEN',
    ]);
  });

  it('names every field that is wrong', async () => {
    const identity = {
      ...newIdentity(),
      mobilePhone: '600111222',
      idDocument: { type: 'DNI', country: 'XX', number: '1' },
    };
    const { body } = await running.client.create({ identity, extra: true });
    expect(body.error.code).toBe('OSS_REQUEST_INVALID');
    const fields: string[] = body.error.details.fields;
    for (const path of [
      'identity.mobilePhone',
      'identity.idDocument.type',
      'identity.idDocument.country',
      'identity.idDocument.number',
      'body',
    ]) {
      expect(
        fields.some((field) => field.startsWith(`${path}: `)),
        `${path} in ${fields}`,
      ).toBe(true);
    }
  });

  it('needs an idempotency key to sign, and answers the same request for the same key of a registration', async () => {
    const identity = newIdentity();
    const key = { 'idempotency-key': 'key-0123456789abcdef' };
    const first = await running.client.create({ identity }, key);
    const again = await running.client.create({ identity }, key);
    expect(again.text).toBe(first.text);
    expect(error(await running.client.create({ identity: newIdentity() }, key))).toEqual([
      409,
      'OSS_IDEMPOTENCY_CONFLICT',
    ]);
    const call = { authorisation: { type: 'otp', code: '123456' }, manifest: newManifest() };
    const { body } = await running.client.post(`/v1/requests/${first.body.id}/sign`, call);
    expect(body.error.code).toBe('OSS_REQUEST_INVALID');
  });

  it('keeps the events of a request as a chain that anybody can check', async () => {
    const { id } = await running.client.registered();
    await running.client.sendOtp(id, newManifest());
    const { events } = (await running.client.get(`/v1/requests/${id}/events`)).body;
    expect(events.map((event: { type: string }) => event.type)).toEqual([
      'request.approved',
      'otp.created',
      'otp.delivered',
    ]);
    for (const [index, event] of events.entries()) {
      expect(event.previousHash).toBe(index === 0 ? '0'.repeat(64) : events[index - 1].hash);
    }
  });

  it('gives the contract, the same bytes every time, with the digest that was announced', async () => {
    const { id, contract } = await running.client.registered({ organisation: 'Ajuntament' });
    const bytes = await running.client.bytes(`/v1/requests/${id}/contract`);
    expect(await running.client.bytes(`/v1/requests/${id}/contract`)).toEqual(bytes);
    expect([bytes.length, createHash('sha256').update(bytes).digest('hex')]).toEqual([
      contract.bytes,
      contract.sha256,
    ]);
  });

  it('slows down who guesses passwords', async () => {
    const guesser = new ServiceClient(running.client.apiUrl);
    const codes: string[] = [];
    for (let i = 0; i < 14; i++) codes.push((await guesser.login(`someone-${i}`, 'wrong')).body.error.code);
    expect(codes.at(-1)).toBe('OSS_RATE_LIMITED');
  });
});

describe('the public part, judged by OpenSSL', () => {
  const file = (name: string): string => join(folder, name);
  const fetchBytes = async (path: string, type: string): Promise<Buffer> => {
    const response = await fetch(`${running.service.ready.publicUrl}${path}`);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, type]);
    return Buffer.from(await response.arrayBuffer());
  };

  it('serves CRL and certificates that verify', async () => {
    await writeFile(file('root.pem'), running.service.ready.sandbox?.anchorPem ?? '');
    await writeFile(
      file('issuing.cer'),
      await fetchBytes('/certificates/issuing.cer', 'application/pkix-cert'),
    );
    await run('openssl', ['x509', '-inform', 'DER', '-in', file('issuing.cer'), '-out', file('issuing.pem')]);
    await writeFile(file('root.crl'), await fetchBytes('/crl/root.crl', 'application/pkix-crl'));
    const { stderr } = await run('openssl', [
      'crl',
      '-inform',
      'DER',
      '-in',
      file('root.crl'),
      '-CAfile',
      file('root.pem'),
      '-noout',
    ]);
    expect(stderr).toContain('verify OK');
  });

  it('answers OCSP for the issuing authority', async () => {
    const { stdout } = await run('openssl', [
      'ocsp',
      '-issuer',
      file('root.pem'),
      '-cert',
      file('issuing.pem'),
      '-CAfile',
      file('root.pem'),
      '-url',
      `${running.service.ready.publicUrl}/ocsp/root`,
    ]);
    expect(stdout).toContain('issuing.pem: good');
  });

  it('answers OCSP over GET', async () => {
    await run('openssl', [
      'ocsp',
      '-issuer',
      file('root.pem'),
      '-cert',
      file('issuing.pem'),
      '-reqout',
      file('ocsp.req'),
      '-no_nonce',
    ]);
    const encoded = encodeURIComponent((await readFile(file('ocsp.req'))).toString('base64'));
    const answer = await fetchBytes(`/ocsp/root/${encoded}`, 'application/ocsp-response');
    await writeFile(file('ocsp.res'), answer);
    const { stdout } = await run('openssl', [
      'ocsp',
      '-respin',
      file('ocsp.res'),
      '-issuer',
      file('root.pem'),
      '-cert',
      file('issuing.pem'),
      '-CAfile',
      file('root.pem'),
    ]);
    expect(stdout).toContain('issuing.pem: good');
  });

  it('stamps time for application/timestamp-query only, up to 64 KiB', async () => {
    const url = `${running.service.ready.publicUrl}/tsa`;
    await writeFile(file('data'), 'data');
    await run('openssl', [
      'ts',
      '-query',
      '-data',
      file('data'),
      '-sha256',
      '-cert',
      '-out',
      file('query.tsq'),
    ]);
    const query = await readFile(file('query.tsq'));
    const post = (body: Buffer, type: string) =>
      fetch(url, { method: 'POST', body: new Uint8Array(body), headers: { 'content-type': type } });
    const response = await post(query, 'application/timestamp-query');
    expect(response.headers.get('content-type')).toBe('application/timestamp-reply');
    await writeFile(file('reply.tsr'), Buffer.from(await response.arrayBuffer()));
    const { stdout } = await run('openssl', [
      'ts',
      '-verify',
      '-data',
      file('data'),
      '-in',
      file('reply.tsr'),
      '-CAfile',
      file('root.pem'),
    ]);
    expect(stdout).toContain('Verification: OK');
    expect((await post(query, 'text/plain')).status).toBe(400);
    expect((await post(Buffer.alloc(65 * 1024), 'application/timestamp-query')).status).toBe(413);
  });

  it('knows no other authority, and publishes its practice statement', async () => {
    const status = async (path: string) => (await fetch(`${running.service.ready.publicUrl}${path}`)).status;
    expect([
      await status('/crl/tsa.crl'),
      await status('/certificates/x.cer'),
      await status('/ocsp/x/MA%3D%3D'),
    ]).toEqual([404, 404, 404]);
    expect((await fetchBytes('/cps', 'text/html; charset=utf-8')).toString()).toContain('SANDBOX');
  });
});
