import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyFile } from '../../src/optimizer/index.ts';
import { augmentFile } from '../../src/optimizer/pades/augment.ts';
import { CertificateCache, extensions, OID, type StampDigest, toPem } from '../../src/pki/index.ts';
import { describeWithJudge } from '../conformance/judges/at-hand.ts';
import { judgeDss } from '../conformance/judges/dss.ts';
import { judgePyHanko } from '../conformance/judges/pyhanko.ts';
import { isLongForm } from '../support/long-form.ts';
import { CA, certify, type Party, SIGNER } from '../support/own-pki/certificates.ts';
import { curveKey, ed25519Key, pssKey, rsaKey, type TestKey } from '../support/own-pki/keys.ts';
import { signPdf } from '../support/own-pki/sign-pdf.ts';
import {
  crlAddress,
  listsOf,
  type StampingAuthority,
  stampingAuthority,
  stampingBy,
} from '../support/own-pki/time-stamping.ts';

const SIGNED = new Date('2026-06-01T09:00:00Z');
const YEAR = 365.25 * 24 * 3600 * 1000;
const inYears = (years: number): Date =>
  new Date(Math.floor((SIGNED.getTime() + years * YEAR) / 1000) * 1000);

interface Stage {
  /** Since the signature. */
  readonly years: number;
  readonly what: string;
  readonly key: () => TestKey;
  readonly hash: StampDigest;
  /** What ends the protection. */
  readonly ends: 'timestamp' | 'algorithm';
}

const pss = (hash: StampDigest, bits: number): TestKey =>
  pssKey({ hash: OID[hash], mask: OID[hash], salt: 64 }, OID.rsaEncryption, bits);

/** The certificate of every unit lasts six years; a renewal comes before it ends, and before its algorithm does. */
const UNIT_YEARS = 6;
const STAGES: readonly Stage[] = [
  { years: 0, what: 'RSA-2048, SHA-256', key: () => rsaKey(2048), hash: 'sha256', ends: 'algorithm' },
  { years: 2, what: 'P-256, SHA-256', key: () => curveKey('P-256'), hash: 'sha256', ends: 'timestamp' },
  {
    years: 6,
    what: 'P-384, SHA-384',
    key: () => curveKey('P-384', 'sha384'),
    hash: 'sha384',
    ends: 'timestamp',
  },
  {
    years: 10,
    what: 'RSA-4096, SHA-512',
    key: () => rsaKey(4096, 65_537, 'sha512'),
    hash: 'sha512',
    ends: 'timestamp',
  },
  { years: 14, what: 'PSS-3072, SHA-512', key: () => pss('sha512', 3072), hash: 'sha512', ends: 'timestamp' },
  {
    years: 18,
    what: 'P-521, SHA-512',
    key: () => curveKey('P-521', 'sha512'),
    hash: 'sha512',
    ends: 'timestamp',
  },
  {
    years: 22,
    what: 'RSA-4096, SHA-384',
    key: () => rsaKey(4096, 65_537, 'sha384'),
    hash: 'sha384',
    ends: 'timestamp',
  },
  {
    years: 26,
    what: 'brainpoolP384r1, SHA-384',
    key: () => curveKey('brainpoolP384r1', 'sha384'),
    hash: 'sha384',
    ends: 'timestamp',
  },
  { years: 30, what: 'Ed25519, SHA-512', key: ed25519Key, hash: 'sha512', ends: 'timestamp' },
];

const RENEWALS = STAGES.length - 1;

let directory: string;
let anchorPath: string;
let anchors: readonly Party[];
/** As each stage left it, with the moment a judge looks at it. */
const left: { readonly path: string; readonly stage: Stage; readonly at: Date }[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'thirty-years-own-'));
  const from = inYears(0);
  const lasting = { notBefore: new Date(from.getTime() - YEAR), notAfter: inYears(60) };
  const root = certify({ name: 'Own Root', extensions: CA, ...lasting });
  // Directly below the root: pyHanko looks into the past only where nothing but the signer's own certificate has expired.
  const signer = certify({
    ...{ name: 'Own Signer', issuer: root, ...lasting, notAfter: inYears(1) },
    extensions: [...SIGNER, extensions.crlDistributionPoint(crlAddress('Own Root'))],
  });
  const authorities: StampingAuthority[] = STAGES.map(({ what, years, key }) =>
    stampingAuthority(what, { key: key(), from: inYears(years), years: UNIT_YEARS }),
  );
  const [first] = authorities;
  if (!first) throw new Error('no authority');
  anchors = [root, ...authorities.map((one) => one.root)];
  anchorPath = join(directory, 'anchors.pem');
  await writeFile(anchorPath, anchors.map(({ certificate }) => toPem(certificate.der)).join(''));

  const path = join(directory, 'signed.pdf');
  await writeFile(
    path,
    await signPdf({ root, issuing: root, signer, tsa: first.unit }, { claimed: from, stamped: [from] }),
  );
  for (const [index, stage] of STAGES.entries()) {
    let clock = inYears(stage.years);
    const now = (): Date => clock;
    const options = {
      anchors: anchors.map(({ certificate }) => certificate),
      certificates: new CertificateCache(),
      source: listsOf([root, ...authorities.map((one) => one.root)], now),
      timestampAuthorities: [stampingBy(authorities[index] ?? first, stage.hash, now)],
      timestampDigest: stage.hash,
      now,
      onAttempt: async () => undefined,
    };
    await augmentFile(path, { ...options, level: 'B-LTA' });
    // A judge wants to know of the last authority, too, whether it was revoked: what the next renewal would keep.
    clock = new Date(clock.getTime() + 3_600_000);
    const copy = join(directory, `${stage.years}.pdf`);
    await writeFile(copy, await readFile(path));
    await augmentFile(copy, { ...options, level: 'B-LT' });
    left.push({ path: copy, stage, at: new Date(clock.getTime() + 3_600_000) });
  }
}, 300_000);
afterAll(() => rm(directory, { recursive: true }));

const verdictAt = (path: string, at: Date) =>
  verifyFile(path, { anchors: anchors.map(({ certificate }) => certificate), at });

describe('eight renewals in thirty years, each by another authority with another algorithm', () => {
  it.each(STAGES.map((stage, index) => [stage.years, stage.what, index] as const))(
    'after %d years: %s',
    async (_years, _what, index) => {
      const { path, stage, at } = left[index] ?? expect.unreachable();
      const report = await verdictAt(path, at);
      expect(report).toMatchObject({
        verdict: 'valid',
        signatures: [{ verdict: 'valid', level: 'B-LTA' }],
        protection: { by: stage.ends },
      });
      expect(report.documentTimestamps.map(({ verdict }) => verdict)).toEqual(Array(index + 1).fill('valid'));
      const until = new Date(report.protection?.until ?? 0);
      const end =
        stage.ends === 'algorithm' ? new Date('2029-01-01T00:00:00Z') : inYears(stage.years + UNIT_YEARS);
      expect(until).toEqual(end);
      expect(await verdictAt(path, new Date(until.getTime() - 1000))).toMatchObject({ verdict: 'valid' });
      // The end of an algorithm is a date by which to renew; with its certificate a stamp proves nothing any more.
      const over = stage.ends === 'algorithm' ? inYears(stage.years + UNIT_YEARS) : until;
      expect(await verdictAt(path, new Date(over.getTime() + 1000))).toMatchObject({ verdict: 'undecided' });
    },
  );
});

/** In the long form all of them, else the first and the last one. */
const judged = (): typeof left => left.filter((_, index) => isLongForm || index % RENEWALS === 0);

describeWithJudge('pyHanko', 'pyHanko accepts each as if it were that day', () => {
  it('from the file alone', async () => {
    for (const { path, stage, at } of judged()) {
      const [verdict] = await judgePyHanko([{ path }], anchorPath, { ades: true, at });
      expect(verdict, stage.what).toMatchObject({
        signatures: [{ adesAccepted: true, ades: 'OK', intact: true, permitted: true }],
      });
    }
  }, 300_000);
});

describeWithJudge('DSS', 'DSS passes each as if it were that day', () => {
  it('from the file alone', async () => {
    for (const { path, stage, at } of judged()) {
      const [verdict] = await judgeDss([{ path }], anchorPath, { online: false, at });
      expect(verdict, stage.what).toMatchObject({
        signatures: [
          { indication: 'TOTAL_PASSED', level: 'PAdES-BASELINE-LTA', modificationsDetected: false },
        ],
      });
    }
  }, 300_000);
});
