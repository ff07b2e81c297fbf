import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromBase64 } from '../../src/contract/model/encoding.ts';
import { manifestReference } from '../../src/contract/model/manifest-reference.ts';
import { type SignResponse, signResponseSchema } from '../../src/contract/service-api/sign.ts';
import {
  certificatesFromPem,
  digest,
  parseCertificate,
  parseSignedAttributes,
  parseTimestampToken,
  validatePath,
} from '../../src/pki/index.ts';
import { newManifest, startTestService, type TestService, wrongCode } from './service-client.ts';

let running: TestService;
beforeAll(async () => {
  running = await startTestService();
});
afterAll(() => running.close());

const signed = async (documents: number, profile = 'single-use-p256') => {
  const { client } = running;
  const { id } = await client.registered({ profile });
  const manifest = newManifest(documents);
  const sent = await client.sendOtp(id, manifest);
  expect(sent.status, sent.text).toBe(200);
  const key = randomUUID();
  const code = await client.code(id);
  const response = await client.sign(id, code, manifest, key);
  expect(response.status, response.text).toBe(200);
  return { id, manifest, sent, key, code, response };
};

describe('a transaction', () => {
  it('goes from registration over the SMS to signatures that verify', async () => {
    const { id, manifest, sent, response } = await signed(3);
    expect(sent.body.reference).toBe(manifestReference(manifest));
    expect(await running.client.state(id)).toBe('signed');
    const result: SignResponse = signResponseSchema.parse(response.body);
    const certificate = parseCertificate(fromBase64(result.certificate));
    const [issuing, root] = result.chain.map((der) => parseCertificate(fromBase64(der)));
    if (!issuing || !root) throw new Error('the chain is not complete');
    const anchors = certificatesFromPem(running.service.ready.sandbox?.anchorPem ?? '');
    validatePath(certificate, [issuing], anchors, new Date(), 'signing');
    expect(result.documents.map((document) => document.digest)).toEqual(
      manifest.map((entry) => entry.digest),
    );
    for (const [index, document] of result.documents.entries()) {
      const attributes = fromBase64(document.signedAttributes);
      expect(parseSignedAttributes(attributes).messageDigest).toEqual(fromBase64(document.digest));
      const { genTime, imprint } = parseTimestampToken(fromBase64(document.timestamp)).info;
      expect(imprint.hash).toEqual(new Uint8Array(digest('sha256', fromBase64(document.signature))));
      const claimed = new Date(manifest[index]?.claimedSigningTime ?? 0);
      expect(certificate.notBefore <= claimed && claimed <= genTime && genTime <= certificate.notAfter).toBe(
        true,
      );
    }
  });

  it('answers the same bytes for the same idempotency key, and refuses another after success', async () => {
    const { id, manifest, key, code, response } = await signed(1);
    expect((await running.client.sign(id, code, manifest, key)).text).toBe(response.text);
    expect((await running.client.respondUnder(id, key)).text).toBe(response.text);
    expect((await running.client.respondUnder(id, randomUUID())).body.error.code).toBe('OSS_REQUEST_STATE');
    expect((await running.client.sign(id, code, manifest)).body.error.code).toBe('OSS_SIGNING_DONE');
    expect((await running.client.sign(id, wrongCode(code), manifest, key)).body.error.code).toBe(
      'OSS_IDEMPOTENCY_CONFLICT',
    );
  });
});
