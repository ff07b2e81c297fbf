import { sign as signBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
let revoked: TestAuthority | undefined;
let isPublishing: boolean;
let clock: Date;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'augment-'));
  path = join(folder, 'signed.pdf');
  asked = [];
  revoked = undefined;
  isPublishing = true;
  clock = NOW;
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
        thisUpdate: clock,
        nextUpdate: new Date(clock.getTime() + DAY),
        revoked:
          revoked && isItsOwn
            ? [
                {
                  serialNumber: revoked.certificate.fields.serialNumber,
                  revokedAt: new Date(NOW.getTime() - MINUTE),
                  reason: 'keyCompromise',
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

const timestampAuthority = (): TimestampAuthority => ({
  url: 'http://tsa.example/',
  query: async (der) => {
    const { imprint, nonce } = parseTimestampRequest(der);
    const { certificate, signer } = foreign.tsa;
    const token = await buildTimestampToken(
      {
        policy: '1.2.3',
        imprint: imprint.der,
        serialNumber: Uint8Array.of(1),
        genTime: clock,
        accuracySeconds: 1,
        nonce,
        certificate: certificate.der,
        chain: [],
        embedCertificates: true,
      },
      signer,
    );
    return buildTimestampResponse(token);
  },
});

async function augment(level: LongTermLevel, authorities = [timestampAuthority()]): Promise<string> {
  try {
    await augmentFile(path, {
      level,
      anchors: [foreign.root.certificate],
      certificates: new CertificateCache(),
      source,
      timestampAuthorities: authorities,
      now: () => clock,
      onAttempt: async ({ purpose, outcome }: SourceAttempt) => {
        asked.push(`${purpose} ${outcome}`);
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

  it('no revocation data: no time stamp over what is incomplete is asked for (PA-09)', async () => {
    isPublishing = false;
    expect(await augment('B-LTA')).toBe('OSS_VALIDATION_DATA_MISSING');
    // The one that it got is the proof of time, which comes before everything else.
    expect(asked.filter((attempt) => attempt.startsWith('timestamp'))).toEqual(['timestamp used']);
  });

  it('a revoked signer, authority, or time-stamp authority', async () => {
    for (const authority of [foreign.signer, foreign.issuing, foreign.tsa]) {
      revoked = authority;
      expect(await augment('B-LTA')).toBe('OSS_LEVEL_NOT_POSSIBLE');
    }
  });

  it('a certificate that has expired, with nothing that proves an earlier time', async () => {
    clock = new Date(NOW.getTime() + 400 * DAY);
    expect(await augment('B-LTA')).toBe('OSS_LEVEL_NOT_POSSIBLE');
    expect(asked).toEqual([]);
  });
});

it('a document that was changed after signing is not raised', async () => {
  await signForeign('libreoffice.pdf');
  const bytes = await readFile(path);
  bytes.writeUInt8(bytes.readUInt8(200) ^ 1, 200);
  await writeFile(path, bytes);
  expect(await augment('B-LT')).toMatch(/^OSS_(LEVEL_NOT_POSSIBLE|PDF_)/);
});
