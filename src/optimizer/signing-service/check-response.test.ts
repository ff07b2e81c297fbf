import { beforeAll, describe, expect, it } from 'vitest';
import {
  AUTHORITY_EXTENSIONS,
  makeCertificate,
  makeSigner,
  NOW,
  SIGNER_EXTENSIONS,
  type TestAuthority,
  TSA_EXTENSIONS,
} from '../../../test/support/pki-hierarchy.ts';
import { type ErrorCode, OssError } from '../../contract/errors.ts';
import { toBase64, toUtcSeconds } from '../../contract/model/encoding.ts';
import { identitySchema } from '../../contract/model/identity.ts';
import type { Manifest } from '../../contract/model/manifest.ts';
import {
  assembleCms,
  buildSignedAttributes,
  buildTimestampRequest,
  buildTimestampToken,
  CertificateCache,
  digest,
  type Extension,
  extensions,
  OID,
  parseSignedData,
  parseTimestampRequest,
} from '../../pki/index.ts';
import { checkResponse } from './check-response.ts';
import type { CertificatePolicy, FinishedCms, SignatureParts, SigningResponse } from './port.ts';

const MINUTE = 60_000;
const SINGLE_USE = [...SIGNER_EXTENSIONS, extensions.nullExtension(OID.valassuredShortTerm)];
const SUBJECT = { commonName: 'Ada Lovelace', givenName: 'Ada', surname: 'Lovelace' };
const identity = identitySchema.parse({
  givenName: 'Ada',
  surname1: 'Lovelace',
  idDocument: { type: 'IDC', country: 'ES', number: '10000001X' },
  email: 'ada@example.com',
  mobilePhone: '+34600100001',
  language: 'en',
});
const manifest: Manifest = ['contract', 'annex'].map((content) => ({
  digest: toBase64(digest('sha256', Buffer.from(content))),
  claimedSigningTime: toUtcSeconds(NOW),
}));
const afterNow = (minutes: number): Date => new Date(NOW.getTime() + minutes * MINUTE);

let root: TestAuthority;
let issuing: TestAuthority;
let tsa: TestAuthority;
let ada: TestAuthority;

const certificateOf = (
  subject: Partial<typeof SUBJECT> & { country?: string } = {},
  options: { issuer?: TestAuthority; marks?: readonly Extension[]; notBefore?: Date; notAfter?: Date } = {},
): Promise<TestAuthority> => {
  const { issuer = issuing, marks = SINGLE_USE, notBefore = afterNow(-1), notAfter = afterNow(10) } = options;
  const named = { ...SUBJECT, ...subject };
  return makeCertificate({
    commonName: named.commonName,
    subject: named,
    issuer,
    extensions: marks,
    notBefore,
    notAfter,
  });
};

beforeAll(async () => {
  root = await makeCertificate({ commonName: 'Root', extensions: AUTHORITY_EXTENSIONS });
  issuing = await makeCertificate({ commonName: 'Issuing', issuer: root, extensions: AUTHORITY_EXTENSIONS });
  tsa = await makeCertificate({ commonName: 'TSA', issuer: root, extensions: TSA_EXTENSIONS });
  ada = await certificateOf();
});

const stamp = (signature: Uint8Array, genTime: Date, authority = tsa): Promise<Uint8Array> => {
  const request = buildTimestampRequest({ digest: digest('sha256', signature), certReq: true });
  return buildTimestampToken(
    {
      policy: '1.3.6.1.4.1.32473.1.2',
      imprint: parseTimestampRequest(request).imprint.der,
      serialNumber: new Uint8Array(16).fill(5),
      genTime,
      accuracySeconds: 1,
      nonce: undefined,
      certificate: authority.certificate.der,
      chain: [],
      embedCertificates: true,
    },
    authority.signer,
  );
};

interface Making {
  readonly signer?: TestAuthority;
  /** Whose certificate the signed reference names. */
  readonly referred?: TestAuthority;
  readonly genTime?: Date;
  readonly tsa?: TestAuthority;
}

async function partsOf(
  entry: Manifest[number],
  { signer = ada, referred = signer, genTime = afterNow(1), tsa: authority = tsa }: Making = {},
): Promise<SignatureParts & { timestamp: Uint8Array }> {
  const signedAttributes = buildSignedAttributes({
    messageDigest: Buffer.from(entry.digest, 'base64'),
    signingCertificate: referred.certificate.der,
  });
  const signature = await signer.signer.sign(signedAttributes);
  const timestamp = await stamp(signature, genTime, authority);
  return { form: 'parts', signedAttributes, signature, scheme: signer.signer.scheme, timestamp };
}

const finished = (parts: SignatureParts, { certificate }: TestAuthority, stamped = true): FinishedCms => ({
  form: 'cms',
  cms: assembleCms({
    ...parts,
    certificate: certificate.der,
    chain: [issuing.certificate.der],
    ...(stamped && parts.timestamp ? { timestampToken: parts.timestamp } : {}),
  }),
});

async function responseOf(making: Making = {}, of: Manifest = manifest): Promise<SigningResponse> {
  return {
    certificate: (making.signer ?? ada).certificate.der,
    chain: [issuing.certificate.der, root.certificate.der],
    documents: await Promise.all(of.map((entry) => partsOf(entry, making))),
    validationData: { crls: [], ocspResponses: [] },
  };
}

const policy: CertificatePolicy = {
  lifetime: 'single-use',
  names: 'as-registered',
  validFrom: 'before-the-claimed-time',
};

const check = (response: SigningResponse, timestamped = true, at = afterNow(1)) =>
  checkResponse(response, {
    manifest,
    identity,
    policy,
    anchors: [root.certificate],
    timestamped,
    certificates: new CertificateCache(),
    at,
  });

/** The refusal as `code` or `code: reason`. */
function refusalOf(response: SigningResponse, ...options: [timestamped?: boolean, at?: Date]): string {
  try {
    check(response, ...options);
  } catch (error) {
    if (!(error instanceof OssError)) throw error;
    const { reason } = error.details;
    return reason === undefined ? error.code : `${error.code}: ${String(reason)}`;
  }
  return 'accepted';
}

const expectRefusal = (response: SigningResponse, code: ErrorCode, reason?: string): void => {
  const refusal = refusalOf(response);
  if (reason === undefined) expect(refusal.split(':')[0]).toBe(code);
  else expect(refusal).toBe(`${code}: ${reason}`);
};

describe('a response that is right', () => {
  it('becomes one envelope a document, with its time stamp inside', async () => {
    const { certificate, documents } = check(await responseOf());
    expect(certificate.subject.commonName).toBe('Ada Lovelace');
    expect(documents).toHaveLength(2);
    for (const { cms, timestamp } of documents) {
      expect(timestamp?.genTime).toEqual(afterNow(1));
      const { signer, certificates } = parseSignedData(cms);
      expect(signer.unsignedAttributes.get(OID.signatureTimeStamp)).toHaveLength(1);
      // The anchor proves nothing inside the envelope.
      expect(certificates.map(({ subject }) => subject.commonName)).toEqual(['Issuing', 'Ada Lovelace']);
    }
  });

  it('leaves the time stamp out at level B-B, and may then have none', async () => {
    const [stamped] = check(await responseOf(), false).documents;
    expect(parseSignedData(stamped?.cms ?? new Uint8Array()).signer.unsignedAttributes.size).toBe(0);
    const response = await responseOf();
    const documents = response.documents.map((document) => {
      const { timestamp: _, ...rest } = document as SignatureParts;
      return rest;
    });
    expect(check({ ...response, documents }, false).documents[0]?.timestamp).toBeUndefined();
    expectRefusal({ ...response, documents }, 'OSS_SERVICE_WRONG_TIMESTAMP', 'no time stamp');
  });

  it('may be a finished CMS a document, which is taken as it is', async () => {
    const response = await responseOf();
    const documents = response.documents.map((document) => finished(document as SignatureParts, ada));
    const verified = check({ ...response, chain: [], documents });
    expect(verified.documents.map(({ cms }) => cms)).toEqual(documents.map(({ cms }) => cms));
    expect(verified.documents[1]?.timestamp?.tsaCertificate.subject.commonName).toBe('TSA');
  });
});

describe('digests', () => {
  it('are refused in another number', async () => {
    const response = await responseOf();
    expectRefusal(
      { ...response, documents: response.documents.slice(1) },
      'OSS_SERVICE_WRONG_DIGEST',
      'another number of documents',
    );
  });

  it('are refused in another order, said or not', async () => {
    const response = await responseOf();
    expectRefusal({ ...response, documents: response.documents.toReversed() }, 'OSS_SERVICE_WRONG_DIGEST');
    const saying = response.documents.map((document, index) => ({
      ...document,
      digest: manifest[1 - index]?.digest ?? '',
    }));
    expectRefusal({ ...response, documents: saying }, 'OSS_SERVICE_WRONG_DIGEST');
  });

  it('are refused where a finished CMS signs other ones', async () => {
    const response = await responseOf();
    const documents = response.documents.map((document) => finished(document as SignatureParts, ada));
    expectRefusal({ ...response, documents: documents.toReversed() }, 'OSS_SERVICE_WRONG_DIGEST');
  });
});

describe('the certificate', () => {
  it.each([
    ['given name', { givenName: 'Eve' }],
    ['surname', { surname: 'Byron' }],
    ['common name', { commonName: 'Eve Lovelace' }],
    ['country', { country: 'FR' }],
  ])('is refused with another %s', async (_, subject) => {
    expectRefusal(await responseOf({ signer: await certificateOf(subject) }), 'OSS_SERVICE_WRONG_SUBJECT');
  });

  it('is refused when it cannot be read, and so is its chain', async () => {
    const response = await responseOf();
    expectRefusal({ ...response, certificate: Buffer.from('3000', 'hex') }, 'OSS_SERVICE_WRONG_CHAIN');
    expectRefusal({ ...response, chain: [Buffer.from('3000', 'hex')] }, 'OSS_SERVICE_WRONG_CHAIN');
  });

  it('is refused without the mark of a single-use one (EN 319 412-1 §5.2)', async () => {
    const longLived = await certificateOf({}, { marks: SIGNER_EXTENSIONS });
    expectRefusal(
      await responseOf({ signer: longLived }),
      'OSS_SERVICE_WRONG_CHAIN',
      'not a single-use certificate',
    );
  });

  it('is refused as a pinned anchor itself', async () => {
    const self = await makeCertificate({
      commonName: SUBJECT.commonName,
      subject: SUBJECT,
      extensions: SINGLE_USE,
    });
    const response = await responseOf({ signer: self });
    expect(() =>
      checkResponse(response, {
        manifest,
        identity,
        policy,
        anchors: [root.certificate, self.certificate],
        timestamped: true,
        certificates: new CertificateCache(),
        at: afterNow(1),
      }),
    ).toThrow(expect.objectContaining({ code: 'OSS_SERVICE_WRONG_CHAIN' }));
  });

  it('is refused of another authority, also one of the same name', async () => {
    const impostor = await makeCertificate({ commonName: 'Issuing', extensions: AUTHORITY_EXTENSIONS });
    const signer = await certificateOf({}, { issuer: impostor });
    expectRefusal(await responseOf({ signer }), 'OSS_SERVICE_WRONG_CHAIN');
    const response = await responseOf({ signer });
    expectRefusal({ ...response, chain: [impostor.certificate.der] }, 'OSS_SERVICE_WRONG_CHAIN');
  });

  it('is refused when the claimed time lies before it', async () => {
    const signer = await certificateOf({}, { notBefore: afterNow(0.5) });
    expectRefusal(await responseOf({ signer }), 'OSS_SERVICE_WRONG_CHAIN');
  });
});

describe('the signature', () => {
  it('is refused when it does not verify', async () => {
    const response = await responseOf();
    const documents = response.documents.map((document) => ({
      ...(document as SignatureParts),
      signature: (response.documents[0] as SignatureParts).signature,
    }));
    expectRefusal({ ...response, documents }, 'OSS_SERVICE_WRONG_SIGNATURE');
  });

  it('is refused when its signed reference names another certificate', async () => {
    const twin = await certificateOf();
    expectRefusal(
      await responseOf({ referred: twin }),
      'OSS_SERVICE_WRONG_SIGNATURE',
      'the signed reference names another certificate',
    );
  });

  it('is refused when its attributes cannot be read, or are not in DER order', async () => {
    const response = await responseOf();
    const documents = response.documents.map((document) => ({
      ...(document as SignatureParts),
      signedAttributes: Buffer.from('3100', 'hex'),
    }));
    expectRefusal({ ...response, documents }, 'OSS_SERVICE_WRONG_SIGNATURE');
  });

  it('is refused in a CMS of another certificate than that of the response', async () => {
    const twin = await certificateOf();
    const response = await responseOf();
    const [first, second] = await Promise.all(manifest.map((entry) => partsOf(entry, { signer: twin })));
    if (!first || !second) throw new Error('two documents');
    expectRefusal(
      { ...response, documents: [finished(first, twin), finished(second, twin)] },
      'OSS_SERVICE_WRONG_SIGNATURE',
      'signed with another certificate',
    );
  });

  it('is refused in a CMS that nobody can read', async () => {
    const response = await responseOf();
    const documents = response.documents.map(() => ({
      form: 'cms' as const,
      cms: Buffer.from('3000', 'hex'),
    }));
    expectRefusal({ ...response, documents }, 'OSS_SERVICE_WRONG_SIGNATURE');
  });
});

describe('the time stamp', () => {
  it('is refused over another signature', async () => {
    const response = await responseOf();
    const timestamp = await stamp(makeSigner().signer.publicKeySpki, afterNow(1));
    const documents = response.documents.map((document) => ({ ...(document as SignatureParts), timestamp }));
    expectRefusal({ ...response, documents }, 'OSS_SERVICE_WRONG_TIMESTAMP');
    expect(refusalOf({ ...response, documents }, false)).toMatch(/^OSS_SERVICE_WRONG_TIMESTAMP/);
  });

  it('is refused of an authority that no anchor vouches for', async () => {
    const stranger = await makeCertificate({ commonName: 'Stranger', extensions: TSA_EXTENSIONS });
    expectRefusal(await responseOf({ tsa: stranger }), 'OSS_SERVICE_WRONG_TIMESTAMP');
  });

  it('is refused of a certificate that is not for time stamps', async () => {
    const pretender = await makeCertificate({ commonName: 'X', issuer: root, extensions: SIGNER_EXTENSIONS });
    expectRefusal(await responseOf({ tsa: pretender }), 'OSS_SERVICE_WRONG_TIMESTAMP');
  });

  it('is refused when the path of its authority has ended by now', async () => {
    const response = await responseOf();
    const inTwoYears = afterNow(2 * 365 * 24 * 60);
    expect(refusalOf(response, true, inTwoYears)).toMatch(/^OSS_SERVICE_WRONG_TIMESTAMP/);
  });

  it.each([
    ['before the claimed time', -0.5],
    ['after the certificate', 11],
  ])('is refused %s', async (_, minutes) => {
    expectRefusal(
      await responseOf({ genTime: afterNow(minutes) }),
      'OSS_SERVICE_WRONG_TIMESTAMP',
      'the order of times does not hold',
    );
  });

  it('is accepted in the very second of the claimed time and of the end of the certificate', async () => {
    expect(refusalOf(await responseOf({ genTime: NOW }))).toBe('accepted');
    expect(refusalOf(await responseOf({ genTime: afterNow(10) }))).toBe('accepted');
  });

  it('is refused in a finished CMS that lacks it', async () => {
    const response = await responseOf();
    const documents = response.documents.map((document) => finished(document as SignatureParts, ada, false));
    expectRefusal({ ...response, documents }, 'OSS_SERVICE_WRONG_TIMESTAMP', 'no time stamp');
  });
});
