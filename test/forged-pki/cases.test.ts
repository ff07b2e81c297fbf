import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { describe, expect, it } from 'vitest';
import type { CheckReason, SubIndication } from '../../src/contract/model/verification.ts';
import { verifyFile } from '../../src/optimizer/index.ts';
import { certificatesFromPem } from '../../src/pki/index.ts';

/** When these files were made: their invented PKIs last a year. */
const AT = new Date('2026-11-30T12:00:00Z');
const ANCHORS = ['f', 'g', 'h', 'bomb', 'sandbox']
  .map((name) => `anchor-${name}.pem`)
  .concat('verify-05-anchor.pem', 'verify-own-ca.pem')
  .flatMap((name) => certificatesFromPem(readFileSync(join(import.meta.dirname, name), 'utf8')));

const verify = (name: string) =>
  verifyFile(join(import.meta.dirname, `${name}.pdf`), { anchors: ANCHORS, at: AT });

interface Expected {
  readonly name: string;
  readonly verdict: 'valid' | 'undecided' | 'invalid';
  readonly level?: string;
  readonly subIndication?: SubIndication;
  readonly reason?: CheckReason;
  /** Part of a sentence. */
  readonly says?: string;
}

const HONEST: readonly Expected[] = [
  { name: 'good', verdict: 'valid', level: 'B-T' },
  { name: 'base', verdict: 'valid', level: 'B-T' },
  { name: 'ocspGood', verdict: 'valid', level: 'B-LT' },
  { name: 'lta_good', verdict: 'valid', level: 'B-LTA' },
  { name: '05-rsassa-pss-key', verdict: 'valid', reason: 'claimedTimeImplausible' },
  { name: '06-pss-salt20-default-omitted', verdict: 'valid', level: 'B-B' },
  { name: '07-signer-issuer-printablestring-vs-utf8', verdict: 'valid', level: 'B-B' },
  { name: '09-sha3-256', verdict: 'valid', level: 'B-B' },
  {
    name: '09b-no-signed-attributes',
    verdict: 'undecided',
    reason: 'unsupportedFormat',
    says: 'no signed attributes',
  },
  {
    name: '10-signed-attributes-unsorted',
    verdict: 'undecided',
    reason: 'signedAttributesNotDer',
    says: 'order',
  },
  { name: '12-no-certificates', verdict: 'undecided', subIndication: 'NO_SIGNING_CERTIFICATE_FOUND' },
];

const WEAK = {
  verdict: 'undecided',
  subIndication: 'CRYPTO_CONSTRAINTS_FAILURE',
  reason: 'weakCryptography',
} as const;

const FORGED: readonly Expected[] = [
  { name: 'rsa512', ...WEAK, says: 'RSA with 512 bits' },
  { name: 'ec_secp112r1', ...WEAK, says: 'secp112r1' },
  { name: 'rsaE1', ...WEAK, says: 'exponent 1' },
  { name: 'substNoEss', verdict: 'valid', level: 'none', reason: 'certificateNotBound' },
  { name: 'noRevAvailRevoked', verdict: 'invalid', subIndication: 'REVOKED', reason: 'revoked' },
  { name: 'old_good_then_both', verdict: 'invalid', subIndication: 'REVOKED', reason: 'revoked' },
  { name: 'crlDeltaNotCritical', verdict: 'valid', level: 'B-T', reason: 'revocationUnknown', says: 'delta' },
  { name: 'ekuTlsCa', verdict: 'invalid', subIndication: 'CHAIN_CONSTRAINTS_FAILURE', says: 'TLS only CA' },
  {
    name: 'nameConstraintsNonCritical',
    verdict: 'invalid',
    reason: 'chainConstraints',
    says: 'may not certify',
  },
  { name: 'tsFuture', verdict: 'undecided', reason: 'timestampInFuture', says: '2027-06-18' },
  { name: 'm_absurd', verdict: 'undecided', reason: 'claimedTimeImplausible', says: '1970' },
  { name: 'contentTypeOther', verdict: 'invalid', reason: 'signedAttributesWrong', says: 'content-type' },
  { name: 'path-bomb-24', verdict: 'undecided', reason: 'chainUntrusted' },
];

describe.each([
  ['honest signatures in the manner of other products', HONEST],
  ['forged ones', FORGED],
])('%s', (_, expected) => {
  it.each(expected.map((one) => [one.name, one] as const))('%s', async (name, one) => {
    const report = await verify(name);
    const [signature] = report.signatures;
    const checks = signature?.checks ?? [];
    expect(report.verdict, JSON.stringify(checks, null, 1)).toBe(one.verdict);
    if (one.level) expect(signature?.level).toBe(one.level);
    if (one.subIndication) expect(signature?.subIndication).toBe(one.subIndication);
    if (one.reason) expect(checks.map(({ reason }) => reason)).toContain(one.reason);
    if (one.says) expect(checks.map(({ sentence }) => sentence).join('\n')).toContain(one.says);
  });
});

it('a certificate is not called missing where the signature value was not read', async () => {
  const report = await verify('09b-no-signed-attributes');
  const said = report.signatures.flatMap(({ checks }) => checks.map(({ reason }) => reason));
  expect(said).not.toContain('noSigningCertificate');
});

it('24 authorities of one name and key end in less than a second', async () => {
  const start = performance.now();
  await verify('path-bomb-24');
  expect(performance.now() - start).toBeLessThan(1000);
});
