import { beforeAll, describe, expect, it } from 'vitest';
import {
  AUTHORITY_EXTENSIONS,
  makeCertificate,
  NOW,
  OCSP_EXTENSIONS,
  SIGNER_EXTENSIONS,
  type TestAuthority,
  TSA_EXTENSIONS,
} from '../../../test/support/pki-hierarchy.ts';
import { OssError } from '../../contract/errors.ts';
import type { SourceAttempt } from '../../contract/model/transaction.ts';
import {
  buildCrl,
  buildOcspResponse,
  CertificateCache,
  extensions,
  OID,
  parseOcspRequest,
  type RevocationMaterial,
} from '../../pki/index.ts';
import { ValidationDataGatherer } from './gather-validation-data.ts';
import type { ValidationDataSource } from './port.ts';

const CRL_URL = 'http://pki.example/root.crl';
const OCSP_URL = 'http://pki.example/ocsp';
const HOUR = 3_600_000;
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const later = (millis: number): Date => new Date(NOW.getTime() + millis);

let root: TestAuthority;
let issuing: TestAuthority;
let tsa: TestAuthority;
let leaf: TestAuthority;
let responder: TestAuthority;

beforeAll(async () => {
  const addresses = [
    extensions.crlDistributionPoint(CRL_URL),
    extensions.authorityInfoAccess({ caIssuers: [], ocsp: [OCSP_URL] }),
  ];
  root = await makeCertificate({ commonName: 'Root', extensions: AUTHORITY_EXTENSIONS });
  const below = (commonName: string, purpose: Parameters<typeof makeCertificate>[0]['extensions'] = []) =>
    makeCertificate({ commonName, issuer: root, extensions: [...purpose, ...addresses] });
  issuing = await below('Issuing', AUTHORITY_EXTENSIONS);
  tsa = await below('TSA', TSA_EXTENSIONS);
  responder = await makeCertificate({ commonName: 'OCSP', issuer: root, extensions: OCSP_EXTENSIONS });
  leaf = await makeCertificate({
    commonName: 'Anna Example',
    issuer: issuing,
    extensions: [...SIGNER_EXTENSIONS, extensions.nullExtension(OID.valassuredShortTerm)],
  });
});

interface Publication {
  readonly thisUpdate?: Date;
  readonly nextUpdate?: Date;
  readonly revoked?: TestAuthority;
}

const crlOf = ({ thisUpdate = later(-HOUR), nextUpdate = later(HOUR), revoked }: Publication = {}) =>
  buildCrl(
    {
      issuer: root.certificate,
      number: 1n,
      thisUpdate,
      nextUpdate,
      revoked: revoked
        ? [
            {
              serialNumber: revoked.certificate.fields.serialNumber,
              revokedAt: later(-HOUR),
              reason: 'keyCompromise',
            },
          ]
        : [],
    },
    root.signer,
  );

async function ocspResponse(
  requestDer: Uint8Array,
  nonce?: Uint8Array,
  thisUpdate = NOW,
): Promise<Uint8Array> {
  const request = parseOcspRequest(requestDer);
  return buildOcspResponse(
    {
      responses: request.certIds.map(({ der }) => ({ certId: der, status: 'good' as const })),
      responder: responder.certificate,
      producedAt: NOW,
      thisUpdate,
      nextUpdate: later(HOUR),
      nonce: nonce ?? request.nonce,
    },
    responder.signer,
  );
}

const unreachable = async (): Promise<never> => {
  throw new OssError('OSS_SOURCE_FAILED', { reason: 'no connection' });
};
const NOWHERE: ValidationDataSource = { crl: unreachable, ocsp: unreachable, certificate: unreachable };
const NOTHING: RevocationMaterial = { crls: [], ocspResponses: [] };

async function gather(
  chain: readonly TestAuthority[],
  source: Partial<ValidationDataSource>,
  atHand: RevocationMaterial = NOTHING,
) {
  const attempts: string[] = [];
  const note = async ({ purpose, outcome }: SourceAttempt): Promise<void> => {
    attempts.push(`${purpose} ${outcome}`);
  };
  const gatherer = new ValidationDataGatherer({
    atHand,
    source: { ...NOWHERE, ...source },
    certificates: new CertificateCache(),
    now: () => NOW,
    onAttempt: note,
  });
  const needs = [{ chain: chain.map(({ certificate }) => certificate), at: NOW, since: NOW }];
  const data = await gatherer.gather(needs).catch((error: unknown) => {
    if (error instanceof OssError) return error.code;
    throw error;
  });
  return { data, attempts };
}

describe('gathering validation data', () => {
  it('asks for every certificate but the single-use one and the anchor (LT-01, LT-02)', async () => {
    const { data, attempts } = await gather([leaf, issuing, root], { crl: () => crlOf() });
    expect(attempts).toEqual(['crl used']);
    expect(data).toMatchObject({
      certificates: [leaf, issuing, root].map(({ certificate }) => certificate.der),
      crls: [expect.any(Uint8Array)],
      ocspResponses: [],
    });
  });

  it('keeps what came along about a single-use certificate, and asks nobody about it', async () => {
    const crl = await buildCrl(
      { issuer: issuing.certificate, number: 1n, thisUpdate: NOW, nextUpdate: later(HOUR), revoked: [] },
      issuing.signer,
    );
    const atHand = { crls: [crl, await crlOf({ thisUpdate: NOW })], ocspResponses: [] };
    const { data, attempts } = await gather([leaf, issuing, root], {}, atHand);
    expect(attempts).toEqual([]);
    expect(new Set(typeof data === 'string' ? [] : data.crls)).toEqual(new Set(atHand.crls));
  });

  it('never ends with an empty set (LT-03)', async () => {
    const short = await makeCertificate({
      commonName: 'Short',
      issuer: root,
      extensions: [...SIGNER_EXTENSIONS, extensions.nullExtension(OID.noRevAvail)],
    });
    expect((await gather([short, root], {})).data).toBe('OSS_VALIDATION_DATA_MISSING');
  });

  it('takes what came along where it is new enough, and asks nobody', async () => {
    const crls = [await crlOf({ thisUpdate: NOW })];
    const { data, attempts } = await gather([tsa, root], {}, { crls, ocspResponses: [] });
    expect(attempts).toEqual([]);
    expect(data).toMatchObject({ crls });
  });

  it('asks for newer data than came along, and keeps the older where none can be obtained', async () => {
    const crls = [await crlOf({ thisUpdate: later(-HOUR / 2) })];
    const atHand = { crls, ocspResponses: [] };
    const without = await gather([tsa, root], {}, atHand);
    expect(without.attempts).toEqual(['ocsp failed', 'crl failed']);
    expect(without.data).toMatchObject({ crls, ocspResponses: [] });
    const newer = await gather([tsa, root], { ocsp: (_url, request) => ocspResponse(request) }, atHand);
    expect(newer.attempts).toEqual(['ocsp used']);
    expect(newer.data).toMatchObject({ crls, ocspResponses: [expect.any(Uint8Array)] });
  });

  it('asks the list where the responder answers with another nonce', async () => {
    const { data, attempts } = await gather([tsa, root], {
      ocsp: (_url, request) => ocspResponse(request, new Uint8Array(32).fill(9)),
      crl: () => crlOf(),
    });
    expect(attempts).toEqual(['ocsp failed', 'crl used']);
    expect(data).toMatchObject({ ocspResponses: [] });
  });

  it('brings along the certificate of the responder', async () => {
    const { data } = await gather([tsa, root], { ocsp: (_url, request) => ocspResponse(request) });
    expect(typeof data === 'string' ? data : data.certificates.map(hex)).toEqual(
      [tsa, root, responder].map(({ certificate }) => hex(certificate.der)),
    );
  });

  it('does not take a stale list, one of the future, one of another authority, or garbage', async () => {
    const stale = crlOf({ thisUpdate: later(-3 * HOUR), nextUpdate: later(-2 * HOUR) });
    const future = crlOf({ thisUpdate: later(2 * HOUR), nextUpdate: later(3 * HOUR) });
    const foreign = buildCrl(
      { issuer: issuing.certificate, number: 1n, thisUpdate: NOW, nextUpdate: later(HOUR), revoked: [] },
      issuing.signer,
    );
    for (const list of [stale, future, foreign, Promise.resolve(Buffer.from('<html>'))]) {
      const { data, attempts } = await gather([tsa, root], { crl: () => list });
      expect(data).toBe('OSS_VALIDATION_DATA_MISSING');
      expect(attempts).toEqual(['ocsp failed', 'crl failed']);
    }
  });

  it('refuses a chain with a revoked certificate, also where another source calls it good', async () => {
    const revoked = { crls: [await crlOf({ revoked: tsa })], ocspResponses: [] };
    const good = { ocsp: (_url: string, request: Uint8Array) => ocspResponse(request) };
    expect((await gather([tsa, root], good, revoked)).data).toBe('OSS_LEVEL_NOT_POSSIBLE');
  });
});
