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

  it('signs nothing under a key of which it said that nothing is signed, and the code goes on to hold', async () => {
    const { client } = running;
    const { id } = await client.registered();
    const [manifest, late, next] = [newManifest(), randomUUID(), randomUUID()];
    await client.sendOtp(id, manifest);
    const code = await client.code(id);
    // The call is on its way while its caller, whose connection was lost, asks what came of it.
    for (let time = 0; time < 2; time += 1)
      expect((await client.respondUnder(id, late)).body.error.code).toBe('OSS_REQUEST_STATE');
    const arrived = await client.sign(id, code, manifest, late);
    expect([arrived.status, arrived.body.error.code]).toEqual([409, 'OSS_SIGNING_INTERRUPTED']);
    const signedNow = await client.sign(id, code, manifest, next);
    expect(signedNow.status, signedNow.text).toBe(200);
    expect((await client.respondUnder(id, next)).text).toBe(signedNow.text);
  });

  it('a question and the call that it is about, at once: what was asked about is signed only where the question was told so', async () => {
    const { client } = running;
    for (let round = 0; round < 6; round += 1) {
      const { id } = await client.registered();
      const [manifest, key] = [newManifest(), randomUUID()];
      await client.sendOtp(id, manifest);
      const code = await client.code(id);
      const call = client.sign(id, code, manifest, key);
      const asked: string[] = [];
      for (let time = 0; time < 4; time += 1) {
        const { status, body } = await client.respondUnder(id, key);
        asked.push(status === 200 ? 'signed' : body.error.code);
      }
      const { status } = await call;
      expect(asked.includes('OSS_REQUEST_STATE')).toBe(status !== 200);
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
