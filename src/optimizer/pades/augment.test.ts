import { sign as signBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  AUTHORITY_EXTENSIONS,
  makeCertificate,
  NOW,
  SIGNER_EXTENSIONS,
  type TestAuthority,
  TSA_EXTENSIONS,
} from '../../../test/support/pki-hierarchy.ts';
import { OssError } from '../../contract/errors.ts';
import type { LongTermLevel, SourceAttempt } from '../../contract/model/transaction.ts';
import { corpus, sign } from '../../pdf/signing.fixture.ts';
import {
  assembleCms,
  buildCrl,
  buildSignedAttributes,
  buildTimestampResponse,
  buildTimestampToken,
  CertificateCache,
  digest,
  extensions,
  parseTimestampRequest,
} from '../../pki/index.ts';
import type { TimestampAuthority, ValidationDataSource } from '../sources/port.ts';
import { augmentFile } from './augment.ts';
import type { AugmentOptions } from './augment-options.ts';
import { verifyFile } from './verify-file.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A hierarchy of somebody else's: long-lived certificates that can be revoked, and plain B-B signatures. */
interface Foreign {
  readonly root: TestAuthority;
  readonly issuing: TestAuthority;
  readonly signer: TestAuthority;
  readonly tsa: TestAuthority;
}
let foreign: Foreign;

beforeAll(async () => {
  const root = await makeCertificate({ commonName: 'Foreign Root', extensions: AUTHORITY_EXTENSIONS });
  const at = (name: string) => [
    extensions.crlDistributionPoint(`http://pki.example/${name}.crl`),
    extensions.authorityInfoAccess({ caIssuers: [`http://pki.example/${name}.cer`], ocsp: [] }),
  ];
  const issuing = await makeCertificate({
    commonName: 'Foreign CA',
    issuer: root,
    extensions: [...AUTHORITY_EXTENSIONS, ...at('root')],
  });
  const signer = await makeCertificate({
    commonName: 'Somebody Else',
    issuer: issuing,
    extensions: [...SIGNER_EXTENSIONS, ...at('issuing')],
  });
  const tsa = await makeCertificate({
    commonName: 'Foreign TSA',
    issuer: root,
    extensions: [...TSA_EXTENSIONS, ...at('root')],
  });
  foreign = { root, issuing, signer, tsa };
});

let folder: string;
let path: string;
let asked: string[];
/** Reasons of failures. */
let told: string[];
let revoked: TestAuthority | undefined;
let revocation: { readonly at: Date; readonly reason: 'keyCompromise' | 'superseded' };
let isPublishing: boolean;
let clock: Date;
/** How far other machines are ahead of this one, in milliseconds. */
let ahead: { readonly authority: number; readonly timestamps: number };

const clockOf = (machine: keyof typeof ahead): Date => new Date(clock.getTime() + ahead[machine]);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'augment-'));
  path = join(folder, 'signed.pdf');
  asked = [];
  told = [];
  revoked = undefined;
  revocation = { at: new Date(NOW.getTime() - MINUTE), reason: 'keyCompromise' };
  isPublishing = true;
  clock = NOW;
  ahead = { authority: 0, timestamps: 0 };
});
afterEach(() => rm(folder, { recursive: true }));

/** B-B, with or without the certificate of the issuing authority in it. */
async function signForeign(name: string, { embedIssuer = true } = {}): Promise<void> {
  const { signer, issuing } = foreign;
  const { bytes } = await sign(corpus(name), {
    claimedSigningTime: NOW,
    cms: (tbs) => {
      const signedAttributes = buildSignedAttributes({
        messageDigest: digest('sha256', tbs),
        signingCertificate: signer.certificate.der,
      });
      const cms = assembleCms({
        signedAttributes,
        signature: signBytes('sha256', signedAttributes, signer.privateKey),
        scheme: signer.signer.scheme,
        certificate: signer.certificate.der,
        chain: embedIssuer ? [issuing.certificate.der] : [],
      });
      return Buffer.from(cms);
    },
  });
  await writeFile(path, bytes);
}

const source: ValidationDataSource = {
  crl: async (url) => {
    if (!isPublishing) throw new OssError('OSS_SOURCE_FAILED', { reason: 'no connection' });
    const issuer = url.includes('issuing') ? foreign.issuing : foreign.root;
    const isItsOwn = revoked?.certificate.issuer.text === issuer.certificate.subject.text;
    return buildCrl(
      {
        issuer: issuer.certificate,
        number: 1n,
        thisUpdate: clockOf('authority'),
        nextUpdate: new Date(clockOf('authority').getTime() + DAY),
        revoked:
          revoked && isItsOwn
            ? [
                {
                  serialNumber: revoked.certificate.fields.serialNumber,
                  revokedAt: revocation.at,
                  reason: revocation.reason,
                },
              ]
            : [],
      },
      issuer.signer,
    );
  },
  ocsp: async () => {
    throw new OssError('OSS_SOURCE_FAILED', { reason: 'no connection' });
  },
  certificate: async () => foreign.issuing.certificate.der,
};

interface StampOptions {
  readonly url?: string;
  readonly authority?: TestAuthority;
  /** Certificates in the token beside that of the authority. */
  readonly chain?: readonly Uint8Array[];
}

const timestampAuthority = ({
  url = 'http://tsa.example/',
  authority = foreign.tsa,
  chain = [],
}: StampOptions = {}): TimestampAuthority => ({
  url,
  query: async (der) => {
    const { imprint, nonce } = parseTimestampRequest(der);
    const { certificate, signer } = authority;
    const token = await buildTimestampToken(
      {
        policy: '1.2.3',
        imprint: imprint.der,
        serialNumber: Uint8Array.of(1),
        genTime: clockOf('timestamps'),
        accuracySeconds: 1,
        nonce,
        certificate: certificate.der,
        chain,
        embedCertificates: true,
      },
      signer,
    );
    return buildTimestampResponse(token);
  },
});

async function augment(
  level: LongTermLevel,
  authorities = [timestampAuthority()],
  wanted: Pick<AugmentOptions, 'timestampDigest'> = {},
): Promise<string> {
  try {
    await augmentFile(path, {
      level,
      anchors: [foreign.root.certificate],
      certificates: new CertificateCache(),
      source,
      timestampAuthorities: authorities,
      now: () => clock,
      ...wanted,
      onAttempt: async ({ purpose, outcome, reason }: SourceAttempt) => {
        asked.push(`${purpose} ${outcome}`);
        if (reason !== undefined) told.push(reason);
      },
    });
    return 'raised';
  } catch (error) {
    if (error instanceof OssError) return error.code;
    throw error;
  }
}

async function found(at = clock) {
  const report = await verifyFile(path, { anchors: [foreign.root.certificate], at });
  return {
    levels: report.signatures.map(({ verdict, level }) => `${verdict} ${level}`),
    stamps: report.documentTimestamps.length,
  };
}

describe('a signature that somebody else made', () => {
  it.each(['libreoffice.pdf', 'q-objstm.pdf', 'x-hybrid.pdf'])(
    'is raised to B-LT, to B-LTA, and renewed: %s',
    async (name) => {
      await signForeign(name);
      expect(await found()).toEqual({ levels: ['valid B-B'], stamps: 0 });
      // It has no time stamp: the first proof of time is one over the document.
      expect(await augment('B-LT')).toBe('raised');
      expect(await found()).toEqual({ levels: ['valid B-LT'], stamps: 1 });
      expect(asked.sort()).toEqual(['crl used', 'crl used', 'timestamp used']);

      clock = new Date(NOW.getTime() + 30 * DAY);
      const before = await readFile(path);
      expect(await augment('B-LTA')).toBe('raised');
      expect(await found()).toEqual({ levels: ['valid B-LTA'], stamps: 2 });
      expect((await readFile(path)).subarray(0, before.length).equals(before)).toBe(true);

      clock = new Date(NOW.getTime() + 60 * DAY);
      expect(await augment('B-LTA')).toBe('raised');
      expect(await found()).toEqual({ levels: ['valid B-LTA'], stamps: 3 });
    },
  );

  it('stays as it is where the level is reached already', async () => {
    await signForeign('libreoffice.pdf');
    await augment('B-LT');
    const before = await readFile(path);
    asked = [];
    expect(await augment('B-LT')).toBe('raised');
    expect((await readFile(path)).equals(before)).toBe(true);
    expect(asked).toEqual([]);
  });

  it('is not raised where the issuer is missing and only the signature itself names an address for it', async () => {
    await signForeign('libreoffice.pdf', { embedIssuer: false });
    expect(await augment('B-LT')).toBe('OSS_LEVEL_NOT_POSSIBLE');
    expect(asked).toEqual([]);
  });
});

it.each(['sha384', 'sha512'] as const)(
  'is renewed by time stamps over %s where the policy asks for it',
  async (digestName) => {
    await signForeign('libreoffice.pdf');
    expect(await augment('B-LTA')).toBe('raised');
    expect(await augment('B-LTA', undefined, { timestampDigest: digestName })).toBe('raised');
    expect(await found()).toEqual({ levels: ['valid B-LTA'], stamps: 3 });
  },
);

describe('on failure the file is as it was', () => {
  let before: Buffer;
  beforeEach(async () => {
    await signForeign('libreoffice.pdf');
    before = await readFile(path);
  });
  afterEach(async () => {
    expect((await readFile(path)).equals(before)).toBe(true);
  });

  it('no time-stamp authority', async () => {
    expect(await augment('B-LTA', [])).toBe('OSS_TIMESTAMP_FAILED');
  });

  it('nobody tells whether the time-stamp authority was revoked', async () => {
    isPublishing = false;
    expect(await augment('B-LTA')).toBe('OSS_TIMESTAMP_FAILED');
    expect(told.join()).toContain('Foreign TSA');
  });

  it('a revoked signer, authority, or time-stamp authority', async () => {
    for (const authority of [foreign.signer, foreign.issuing]) {
      revoked = authority;
      expect(await augment('B-LTA')).toBe('OSS_LEVEL_NOT_POSSIBLE');
    }
    revoked = foreign.tsa;
    expect(await augment('B-LTA')).toBe('OSS_TIMESTAMP_FAILED');
  });

  it('a certificate that has expired, with nothing that proves an earlier time', async () => {
    clock = new Date(NOW.getTime() + 400 * DAY);
    expect(await augment('B-LTA')).toBe('OSS_LEVEL_NOT_POSSIBLE');
    expect(asked).toEqual([]);
  });
});

it('without fresh data no time stamp is asked for (PA-09)', async () => {
  await signForeign('libreoffice.pdf');
  expect(await augment('B-LT')).toBe('raised');
  const before = await readFile(path);
  clock = new Date(NOW.getTime() + 30 * DAY);
  isPublishing = false;
  asked = [];
  expect(await augment('B-LTA')).toBe('OSS_VALIDATION_DATA_MISSING');
  expect(asked.filter((attempt) => attempt.startsWith('timestamp'))).toEqual([]);
  expect((await readFile(path)).equals(before)).toBe(true);
});

it('a document that was changed after signing is not raised', async () => {
  await signForeign('libreoffice.pdf');
  const bytes = await readFile(path);
  bytes.writeUInt8(bytes.readUInt8(200) ^ 1, 200);
  await writeFile(path, bytes);
  expect(await augment('B-LT')).toMatch(/^OSS_(LEVEL_NOT_POSSIBLE|PDF_)/);
});

describe('clocks that are apart, as honest machines are', () => {
  const APART = 5 * MINUTE;
  const offset = fc.oneof(
    fc.constantFrom(-300, 300, -APART / 2, APART / 2),
    fc.integer({ min: -APART / 2, max: APART / 2 }),
  );

  it('up to five minutes between any two: every level is reached, renewed, and found by any of them', async () => {
    await fc.assert(
      fc.asyncProperty(offset, offset, offset, async (authority, first, second) => {
        clock = NOW;
        ahead = { authority, timestamps: first };
        await signForeign('libreoffice.pdf');
        expect(await augment('B-LTA')).toBe('raised');
        // The next time stamp is of another authority, whose clock may be behind the first one's.
        ahead = { authority, timestamps: second };
        expect(await augment('B-LTA')).toBe('raised');
        for (const at of [clock, clockOf('authority'), clockOf('timestamps')])
          expect(await found(at)).toEqual({ levels: ['valid B-LTA'], stamps: 3 });
      }),
      { numRuns: 25 },
    );
  });

  it.each([-6 * MINUTE, 6 * MINUTE])('a time-stamp authority %d ms away is refused', async (timestamps) => {
    ahead = { authority: 0, timestamps };
    await signForeign('libreoffice.pdf');
    expect(await augment('B-LTA')).toBe('OSS_TIMESTAMP_FAILED');
  });
});

describe('the authority of the last time stamp', () => {
  /** Another authority, below the issuing one, which the tokens do not bring along. */
  let other: TestAuthority;
  beforeAll(async () => {
    other = await makeCertificate({
      commonName: 'Other TSA',
      issuer: foreign.issuing,
      extensions: [
        ...TSA_EXTENSIONS,
        extensions.crlDistributionPoint('http://pki.example/issuing.crl'),
        extensions.authorityInfoAccess({ caIssuers: ['http://pki.example/issuing.cer'], ocsp: [] }),
      ],
    });
  });
  beforeEach(async () => {
    await signForeign('libreoffice.pdf');
    expect(await augment('B-LT')).toBe('raised');
    clock = new Date(NOW.getTime() + 30 * DAY);
    asked = [];
    told = [];
  });
  const otherFirst = () => [
    timestampAuthority({ url: 'http://other.example/', authority: other }),
    timestampAuthority(),
  ];

  it('was revoked: the next one is asked, and the reason names the certificate', async () => {
    revoked = other;
    expect(await augment('B-LTA', otherFirst())).toBe('raised');
    expect(asked.filter((one) => one.startsWith('timestamp'))).toEqual([
      'timestamp failed',
      'timestamp used',
    ]);
    expect(told.join()).toContain('Other TSA');
    expect(await found()).toEqual({ levels: ['valid B-LTA'], stamps: 2 });
  });

  it('was revoked, and there is no other: nothing is delivered', async () => {
    revoked = foreign.tsa;
    revocation = { at: clock, reason: 'superseded' };
    const before = await readFile(path);
    expect(await augment('B-LTA')).toBe('OSS_TIMESTAMP_FAILED');
    expect((await readFile(path)).equals(before)).toBe(true);
  });

  it('leaves its issuer out of the token: it is fetched, kept in the file, and nothing else is needed later', async () => {
    const { issuing, ...rest } = foreign;
    // The signer is of the root here, so that nothing else brings the issuing authority along.
    const direct = await makeCertificate({
      commonName: 'Directly Below',
      issuer: rest.root,
      extensions: [...SIGNER_EXTENSIONS, extensions.crlDistributionPoint('http://pki.example/root.crl')],
    });
    const usual = foreign.signer;
    foreign = { ...foreign, signer: direct };
    try {
      await signForeign('libreoffice.pdf', { embedIssuer: false });
    } finally {
      foreign = { ...foreign, signer: usual };
    }
    expect(await augment('B-LTA', [timestampAuthority({ authority: other })])).toBe('raised');
    expect(asked).toContain('certificate used');
    expect(await found()).toEqual({ levels: ['valid B-LTA'], stamps: 2 });
    expect(issuing.certificate.subject.text).toBeTruthy();
  });

  it('sends a token with more certificates than usual: it gets the room that it needs', async () => {
    const chain = Array.from({ length: 40 }, () => foreign.issuing.certificate.der);
    const [size] = [chain.reduce((sum, { length }) => sum + length, 0)];
    expect(size).toBeGreaterThan(16 * 1024);
    expect(await augment('B-LTA', [timestampAuthority({ chain })])).toBe('raised');
    expect(await found()).toEqual({ levels: ['valid B-LTA'], stamps: 2 });
  });

  it('was replaced in an orderly way since: what it stamped before holds, and is renewed by another one', async () => {
    expect(await augment('B-LTA')).toBe('raised');
    const stampedAt = clock;
    clock = new Date(clock.getTime() + 30 * DAY);
    revoked = foreign.tsa;
    revocation = { at: new Date(stampedAt.getTime() + DAY), reason: 'superseded' };
    expect(await augment('B-LTA', [timestampAuthority({ authority: other })])).toBe('raised');
    expect(await found()).toEqual({ levels: ['valid B-LTA'], stamps: 3 });
  });

  it('was compromised since: what nothing else covers proves nothing, whenever it says that it was made', async () => {
    expect(await augment('B-LTA')).toBe('raised');
    clock = new Date(clock.getTime() + 30 * DAY);
    revoked = foreign.tsa;
    revocation = { at: new Date(clock.getTime() - DAY), reason: 'keyCompromise' };
    expect(await augment('B-LTA', [timestampAuthority({ authority: other })])).toBe('OSS_LEVEL_NOT_POSSIBLE');
  });
});
