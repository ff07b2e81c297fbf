import { createHash, randomBytes, verify as verifySignature, X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeSandbox } from '../../../test/support/sandbox.ts';
import { OssError } from '../../contract/errors.ts';
import { identitySchema } from '../../contract/model/identity.ts';
import { parseSignedAttributes, parseTbsCertificate } from '../../pki/index.ts';
import type { Authorities } from '../ca/authority.ts';
import { caIssuersUrl, practiceStatementUrl } from '../ca/public-urls.ts';
import { generateSingleUseKey, type SingleUseKey } from '../keys/single-use-key.ts';
import { SHIPPED_PROFILES } from '../settings/profiles.ts';
import { createTsa } from '../tsa/time-stamp-authority.ts';
import { type IssuancePorts, issueAndSign } from './issuance.ts';

const PUBLIC_URL = 'http://127.0.0.1:4100';
const [P256] = SHIPPED_PROFILES;
if (!P256) throw new Error('no profile is shipped');
const IDENTITY = identitySchema.parse({
  givenName: 'Ada',
  surname1: 'Lovelace',
  idDocument: { type: 'PAS', country: 'GB', number: '533401372' },
  mobilePhone: '+34600111222',
});

let authorities: Authorities;
beforeAll(async () => {
  ({ authorities } = await makeSandbox({ publicUrl: PUBLIC_URL }));
});

const now = () => new Date(Math.floor(Date.now() / 1000) * 1000);
const inSeconds = (at: Date) => at.toISOString().replace('.000Z', 'Z');
const digestOf = (text: string) => createHash('sha256').update(text).digest('base64');
const manifestOf = (count: number, at = now()) =>
  Array.from({ length: count }, (_, index) => ({
    digest: digestOf(`document ${index}`),
    claimedSigningTime: inSeconds(at),
  }));

/** The real authorities, and the keys that were made. */
function ports(change: Partial<IssuancePorts> = {}) {
  const keys: SingleUseKey[] = [];
  const tsa = createTsa({
    authorities,
    clockGuard: { now: () => new Date() },
    randomBytes,
    onFailure: (error) => {
      throw error;
    },
  });
  const given: IssuancePorts = {
    authorities,
    async singleUseKey({ keyAlgorithm }) {
      const key = await generateSingleUseKey(keyAlgorithm);
      keys.push(key);
      return key;
    },
    tsa,
    revocationData: async () => ({ crls: [], ocspResponses: [] }),
    clock: () => new Date(),
    randomBytes,
    practiceStatementUrl: practiceStatementUrl(PUBLIC_URL),
    caIssuersUrl: caIssuersUrl(PUBLIC_URL, 'issuing'),
    ...change,
  };
  return { given, keys };
}

const order = (change: Partial<Parameters<typeof issueAndSign>[1]> = {}) => ({
  identity: IDENTITY,
  signerId: 'c0ffee00c0ffee00',
  profile: P256,
  manifest: manifestOf(1),
  storePlan: async () => undefined,
  ...change,
});

describe('the irreversible part of signing', () => {
  it('signs each document of the manifest, in its order, with one certificate', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 8 }), async (count) => {
        const { given, keys } = ports();
        const manifest = manifestOf(count);
        const response = await issueAndSign(given, order({ manifest }));
        expect(response.documents.map(({ digest }) => digest)).toEqual(manifest.map(({ digest }) => digest));
        const { publicKey } = new X509Certificate(Buffer.from(response.certificate, 'base64'));
        for (const { digest, signedAttributes, signature, timestamp } of response.documents) {
          const attributes = Buffer.from(signedAttributes, 'base64');
          const value = Buffer.from(signature, 'base64');
          expect(verifySignature('sha256', attributes, publicKey, value)).toBe(true);
          const { messageDigest } = parseSignedAttributes(attributes);
          expect(Buffer.from(messageDigest ?? []).toString('base64')).toBe(digest);
          // The imprint of RFC 3161 §2.4.2: over the signature value.
          const imprint = createHash('sha256').update(value).digest();
          expect(Buffer.from(timestamp, 'base64').includes(imprint)).toBe(true);
        }
        expect(keys).toHaveLength(1);
        expect(keys.every(({ destroyed }) => destroyed)).toBe(true);
      }),
      { numRuns: 5 },
    );
  });

  it('stores what it is about to certify before the authority signs, and certifies that', async () => {
    const { given } = ports();
    const plans: Uint8Array[] = [];
    const { certificate } = await issueAndSign(
      given,
      order({ storePlan: async (tbs) => void plans.push(tbs) }),
    );
    const issued = Buffer.from(certificate, 'base64');
    expect(plans.map((tbs) => tbs.length > 0)).toEqual([true]);
    expect(issued.includes(Buffer.from(plans[0] ?? []))).toBe(true);
    const { serialNumber } = parseTbsCertificate(plans[0] ?? new Uint8Array());
    expect(new X509Certificate(issued).serialNumber.toLowerCase()).toContain(serialNumber.toString(16));
  });

  it.each<[string, (fail: () => never) => Partial<IssuancePorts> & { storePlan?: () => Promise<void> }]>([
    ['the plan cannot be stored', (fail) => ({ storePlan: async () => fail() })],
    ['the time-stamp authority fails', (fail) => ({ tsa: { timestamp: async () => fail() } })],
    ['the revocation data cannot be read', (fail) => ({ revocationData: async () => fail() })],
    ['there is no random number', (fail) => ({ randomBytes: () => fail() })],
  ])('destroys the key where %s', async (_, breaking) => {
    const failure = new OssError('OSS_INTERNAL', { reason: 'on purpose' });
    const { storePlan, ...change } = breaking(() => {
      throw failure;
    });
    const { given, keys } = ports(change);
    await expect(issueAndSign(given, order(storePlan ? { storePlan } : {}))).rejects.toBe(failure);
    expect(keys.map(({ destroyed }) => destroyed)).toEqual([true]);
    await expect(keys[0]?.sign(Uint8Array.of(1))).rejects.toMatchObject({ code: 'OSS_INTERNAL' });
  });

  it.each<[string, number, number]>([
    ['a document claims a time after its stamp', 60_000, 0],
    ['the stamp comes after the certificate has ended', 0, 20 * 60_000],
    ['the stamp is older than what the document claims', 0, -60_000],
  ])('gives out nothing where %s', async (_, claimedLater, stampedLater) => {
    const { given, keys } = ports();
    const { timestamp } = given.tsa;
    const stamped = async (imprint: Uint8Array) => {
      const { token, genTime } = await timestamp(imprint);
      return { token, genTime: new Date(genTime.getTime() + stampedLater) };
    };
    const manifest = manifestOf(1, new Date(now().getTime() + claimedLater));
    const signing = issueAndSign({ ...given, tsa: { timestamp: stamped } }, order({ manifest }));
    await expect(signing).rejects.toMatchObject({ code: 'OSS_INTERNAL' });
    expect(keys.every(({ destroyed }) => destroyed)).toBe(true);
  });

  it('uses no key before its certificate is valid', async () => {
    let signatures = 0;
    const { given } = ports({ clock: () => new Date(Date.now() - 3_600_000) });
    const counted: IssuancePorts['singleUseKey'] = async (profile) => {
      const key = await given.singleUseKey(profile);
      const sign = (data: Uint8Array) => {
        signatures += 1;
        return key.sign(data);
      };
      return { ...key, destroyed: false, sign };
    };
    await expect(issueAndSign({ ...given, singleUseKey: counted }, order())).rejects.toMatchObject({
      code: 'OSS_INTERNAL',
      details: { reason: 'time order' },
    });
    expect(signatures).toBe(0);
  });
});
