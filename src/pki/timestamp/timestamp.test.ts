import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { asFile, openssl } from '../../../test/support/openssl.ts';
import {
  type Hierarchy,
  makeCertificate,
  makeHierarchy,
  NOW,
  SIGNER_EXTENSIONS,
  TSA_EXTENSIONS,
} from '../../../test/support/pki-hierarchy.ts';
import { toBigInt } from '../der/bytes.ts';
import { integer, sequence } from '../der/writer.ts';
import { PkiError } from '../errors.ts';
import {
  buildTimestampRejection,
  buildTimestampRequest,
  buildTimestampResponse,
  buildTimestampToken,
  digest,
  parseTimestampRequest,
  parseTimestampResponse,
  parseTimestampToken,
  type TimestampFailure,
  toPem,
  verifyTimestampToken,
} from '../index.ts';
import { FAILURE_BITS } from './response.ts';

const POLICY = '1.3.6.1.4.1.32473.1.2';
const stamped = Buffer.from('a signature value');
const imprint = digest('sha256', stamped);
let hierarchy: Hierarchy;

async function stamp(
  options: { nonce?: Uint8Array; certReq?: boolean; tsa?: Hierarchy['tsa']; genTime?: Date } = {},
) {
  const { nonce, certReq = true, tsa = hierarchy.tsa, genTime = NOW } = options;
  const request = buildTimestampRequest({
    digest: imprint,
    certReq,
    policy: POLICY,
    ...(nonce ? { nonce } : {}),
  });
  const parsed = parseTimestampRequest(request);
  const token = await buildTimestampToken(
    {
      policy: POLICY,
      imprint: parsed.imprint.der,
      serialNumber: new Uint8Array(20).fill(0x7f),
      genTime,
      accuracySeconds: 1,
      nonce: parsed.nonce,
      certificate: tsa.certificate.der,
      chain: [],
      embedCertificates: parsed.certReq,
    },
    tsa.signer,
  );
  return { request, token };
}

const expectation = () => ({ imprint: () => imprint, anchors: [hierarchy.root.certificate], at: NOW });

function reasonOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return error instanceof PkiError ? error.reason : `unexpected ${String(error)}`;
  }
  return 'accepted';
}

beforeAll(async () => {
  hierarchy = await makeHierarchy();
});

describe('our tokens', () => {
  test('are verified by OpenSSL against the request, and by us', async () => {
    const nonce = Uint8Array.of(0xff, ...new Uint8Array(15).fill(3));
    const { request, token } = await stamp({ nonce });
    const verdict = openssl(
      ...['ts', '-verify', '-queryfile', asFile(request), '-in', asFile(buildTimestampResponse(token))],
      ...['-CAfile', asFile(toPem(hierarchy.root.certificate.der)), '-attime', `${NOW.getTime() / 1000}`],
    );
    expect(verdict).toContain('Verification: OK');
    const verified = verifyTimestampToken(token, {
      ...expectation(),
      nonce: toBigInt(nonce),
      policy: POLICY,
    });
    expect(verified).toMatchObject({ genTime: NOW, policy: POLICY, accuracyMillis: 1000 });
    expect(verified.serialHex).toBe('7f'.repeat(20));
    expect(verified.tsaCertificate.der).toEqual(Buffer.from(hierarchy.tsa.certificate.der));
  });

  test('OpenSSL prints the request as it was meant', () => {
    const request = buildTimestampRequest({
      digest: imprint,
      certReq: true,
      policy: POLICY,
      nonce: Uint8Array.of(0x80),
    });
    const text = openssl('ts', '-query', '-in', asFile(request), '-text');
    expect(text).toContain('Hash Algorithm: sha256');
    expect(text).toContain('Certificate required: yes');
    expect(text).toContain('Nonce: 0x80');
  });

  test('carry certificates only when they were asked for (TS-05)', async () => {
    const { token } = await stamp({ certReq: false });
    expect(parseTimestampToken(token).signedData.certificates).toEqual([]);
    const pool = [hierarchy.tsa.certificate];
    expect(verifyTimestampToken(token, { ...expectation(), pool }).genTime).toEqual(NOW);
    expect(reasonOf(() => verifyTimestampToken(token, expectation()))).toBe('timestamp-invalid');
  });

  test('the nonce is compared as a number, whatever its first bit (TS-04)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 32 }), async (nonce) => {
        const { token } = await stamp({ nonce });
        verifyTimestampToken(token, { ...expectation(), nonce: toBigInt(nonce) });
        expect(
          reasonOf(() => verifyTimestampToken(token, { ...expectation(), nonce: toBigInt(nonce) + 1n })),
        ).toBe('timestamp-nonce-mismatch');
      }),
      { numRuns: 40 },
    );
  });
});

describe('a token is refused', () => {
  test('over other data, under another policy, past its certificate', async () => {
    const { token } = await stamp();
    const other = digest('sha256', Buffer.from('other'));
    expect(reasonOf(() => verifyTimestampToken(token, { ...expectation(), imprint: () => other }))).toBe(
      'timestamp-imprint-mismatch',
    );
    expect(reasonOf(() => verifyTimestampToken(token, { ...expectation(), policy: '1.2.3' }))).toBe(
      'timestamp-policy-mismatch',
    );
    const later = new Date('2040-01-01T00:00:00Z');
    expect(reasonOf(() => verifyTimestampToken(token, { ...expectation(), at: later }))).toBe(
      'certificate-outside-validity',
    );
    const { token: early } = await stamp({ genTime: new Date('2001-01-01T00:00:00Z') });
    expect(reasonOf(() => verifyTimestampToken(early, expectation()))).toBe('timestamp-invalid');
  });

  test('from an authority that is not one for time alone (TS-09)', async () => {
    const signerOnly = await makeCertificate({
      commonName: 'S',
      issuer: hierarchy.root,
      extensions: SIGNER_EXTENSIONS,
    });
    const { token } = await stamp({ tsa: signerOnly });
    expect(reasonOf(() => verifyTimestampToken(token, expectation()))).toBe('path-invalid');
  });

  test('from an authority of another root', async () => {
    const foreignRoot = (await makeHierarchy()).root;
    const foreign = await makeCertificate({
      commonName: 'F',
      issuer: foreignRoot,
      extensions: TSA_EXTENSIONS,
    });
    const { token } = await stamp({ tsa: foreign });
    expect(reasonOf(() => verifyTimestampToken(token, expectation()))).toBe('path-not-found');
  });

  test('when any byte of it is changed', async () => {
    const { token } = await stamp();
    const untouched = parseTimestampToken(token);
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.integer({ min: 1, max: 255 }), (index, mask) => {
        const changed = Buffer.from(token);
        changed[index] = (changed[index] ?? 0) ^ mask;
        if (reasonOf(() => verifyTimestampToken(changed, expectation())) !== 'accepted') return;
        // Accepted only if the change lies where no signature reaches (version numbers of CMS).
        expect(parseTimestampToken(changed).content).toEqual(untouched.content);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('responses (TS-06)', () => {
  test.each(Object.keys(FAILURE_BITS) as TimestampFailure[])(
    '%s is understood by OpenSSL and by us',
    (failure) => {
      const rejection = buildTimestampRejection(failure, 'why');
      expect(openssl('ts', '-reply', '-in', asFile(rejection), '-text')).toContain('Status: Rejected');
      expect(() => parseTimestampResponse(rejection)).toThrow(failure);
    },
  );

  test('granted without token, rejected with token, unknown status', async () => {
    const { token } = await stamp();
    expect(reasonOf(() => parseTimestampResponse(sequence(sequence(integer(0)))))).toBe('malformed');
    expect(reasonOf(() => parseTimestampResponse(sequence(sequence(integer(2)), token)))).toBe('malformed');
    expect(reasonOf(() => parseTimestampResponse(sequence(sequence(integer(9)))))).toBe('malformed');
    expect(parseTimestampResponse(buildTimestampResponse(token))).toEqual(Buffer.from(token));
  });
});
