import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromBase64 } from '../../src/contract/model/encoding.ts';
import { sealListSchema } from '../../src/contract/service-api/seals.ts';
import { signResponseSchema } from '../../src/contract/service-api/sign.ts';
import {
  assembleCms,
  type Certificate,
  certificatesFromPem,
  digest as digestOf,
  parseCertificate,
  toPem,
  validatePath,
  verifyCms,
  verifyTimestampToken,
} from '../../src/pki/index.ts';
import { SANDBOX_OFFICER } from '../../src/service/index.ts';
import { freePort } from '../support/local-server.ts';
import { asFile, openssl } from '../support/openssl.ts';
import { newManifest, startTestService, type TestService } from './service-client.ts';

const { pin, username } = SANDBOX_OFFICER;
const ID = 'sandbox-seal';
const path = (id = ID): string => `/v1/seals/${id}/sign`;

let running: TestService;
let metrics: number;
beforeAll(async () => {
  metrics = await freePort();
  running = await startTestService({ metrics: { port: metrics } });
});
afterAll(() => running.close());

const listed = async ({ client }: TestService) =>
  sealListSchema.parse((await client.get('/v1/seals')).body).seals;

describe('the seal of a sandbox', () => {
  it('is offered with what a client has to know, of a legal person as EN 319 412-3 names one', async () => {
    const [seal, ...others] = await listed(running);
    expect(others).toEqual([]);
    expect(seal).toMatchObject({ id: ID, keyAlgorithm: 'rsa-3072', organisationIdentifier: 'NTRXX-SANDBOX' });
    const text = openssl(
      ...['x509', '-in', asFile(toPem(fromBase64(seal?.certificate ?? ''))), '-noout', '-text'],
    );
    expect(text).toMatch(
      /Subject: C ?= ?XX, O ?= ?SANDBOX Bank.*organizationIdentifier ?= ?NTRXX-SANDBOX, CN/,
    );
    expect(text).toMatch(/X509v3 Key Usage: critical\s+Non Repudiation\n/);
    expect(text).toContain(`${running.service.ready.publicUrl}/crl/issuing.crl`);
    expect(text).not.toContain('0.4.0.194121.2.1');
  });

  it('signs every digest, in its order, with a time stamp, and is not revoked to anybody who asks', async () => {
    const manifest = newManifest(3);
    const answer = await running.client.post(path(), { pin, manifest });
    expect(answer.status, answer.text).toBe(200);
    const { certificate, chain, documents, signatureScheme } = signResponseSchema.parse(answer.body);
    const sealed = parseCertificate(fromBase64(certificate));
    const authorities = chain.map((der) => parseCertificate(fromBase64(der)));
    const anchors = certificatesFromPem(running.service.ready.sandbox?.anchorPem ?? '');
    expect(validatePath(sealed, authorities, anchors, new Date(), 'signing')).toHaveLength(3);
    expect(documents.map(({ digest }) => digest)).toEqual(manifest.map(({ digest }) => digest));
    for (const { digest, signedAttributes, signature, timestamp } of documents) {
      const cms = assembleCms({
        signedAttributes: fromBase64(signedAttributes),
        signature: fromBase64(signature),
        scheme: signatureScheme,
        certificate: sealed.der,
        chain: [],
        timestampToken: fromBase64(timestamp),
      });
      expect(verifyCms(cms, fromBase64(digest))).toMatchObject({ signatureValid: true, digestMatches: true });
      verifyTimestampToken(fromBase64(timestamp), {
        imprint: (hash) => digestOf(hash, fromBase64(signature)),
        anchors,
        pool: authorities,
        at: new Date(),
      });
    }
    expect(await statusOf(sealed, authorities[0], running)).toContain('good');
    const text = await (await fetch(`http://127.0.0.1:${metrics}/metrics`)).text();
    expect(text).toContain('oneshot_seal_signatures_total{seal="sandbox-seal",via="api"} 3');
  });

  it('needs the PIN each time, and a seal that there is', async () => {
    const manifest = newManifest(1);
    const wrong = await running.client.post(path(), { pin: '000000', manifest });
    expect([wrong.status, wrong.body.error.code]).toEqual([401, 'OSS_CREDENTIALS_INVALID']);
    const unknown = await running.client.post(path('another'), { pin, manifest });
    expect([unknown.status, unknown.body.error.code]).toEqual([404, 'OSS_NOT_FOUND']);
    const stranger = await fetch(`${running.service.ready.apiUrl}/v1/seals`);
    expect(stranger.status).toBe(401);
  });

  it('stays the same over a restart, and so does what OCSP says of it', async () => {
    const first = await startTestService();
    const [before] = await listed(first);
    await first.service.close();
    const again = await startTestService({}, {}, first.directory);
    const [after] = await listed(again);
    expect(after?.certificate).toBe(before?.certificate);
    const [certificate, issuer] = certificatesFromPem(
      await readFile(join(first.directory, 'seals', `${ID}.pem`), 'utf8'),
    );
    expect(certificate && (await statusOf(certificate, issuer, again))).toContain('good');
    await again.close();
    await rm(first.directory, { recursive: true, force: true });
  });
});

it('an officer who is not named may not use a seal, nor sees it', async () => {
  const seals = [
    { id: 'board', officers: ['director'] },
    { id: 'branch', officers: [username] },
  ];
  const service = await startTestService({ seals });
  try {
    expect((await listed(service)).map(({ id }) => id)).toEqual(['branch']);
    const refused = await service.client.post(path('board'), { pin, manifest: newManifest(1) });
    expect([refused.status, refused.body.error.code]).toEqual([403, 'OSS_FORBIDDEN']);
  } finally {
    await service.close();
  }
});

/** OpenSSL's verdict; not synchronous, since the service answers in this process. */
async function statusOf(
  certificate: Certificate,
  issuer: Certificate | undefined,
  { service }: TestService,
): Promise<string> {
  const root = asFile(service.ready.sandbox?.anchorPem ?? '');
  const { stdout } = await promisify(execFile)('openssl', [
    ...['ocsp', '-issuer', asFile(toPem(issuer?.der ?? new Uint8Array())), '-CAfile', root],
    ...['-cert', asFile(toPem(certificate.der)), '-url', `${service.ready.publicUrl}/ocsp/issuing`],
    '-no_nonce',
  ]);
  return stdout;
}
