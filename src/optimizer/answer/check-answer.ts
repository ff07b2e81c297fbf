import { type ErrorCode, OssError } from '../../contract/errors.ts';
import { fromBase64 } from '../../contract/model/encoding.ts';
import { commonNameOf, fullNameOf, type Identity, surnameOf } from '../../contract/model/identity.ts';
import type { Manifest, ManifestEntry } from '../../contract/model/manifest.ts';
import type { SignAnswer, SignedDocument } from '../../contract/service-api/sign.ts';
import {
  assembleCms,
  type Certificate,
  type CertificateCache,
  digest,
  OID,
  PkiError,
  validatePath,
  verifyCms,
  verifyTimestampToken,
} from '../../pki/index.ts';

export interface AnswerExpectation {
  readonly manifest: Manifest;
  readonly identity: Identity;
  readonly anchors: readonly Certificate[];
  /** B-B leaves the time stamp out of the envelope; it is verified all the same. */
  readonly timestamped: boolean;
  /** Remembers authorities from one document to the next. */
  readonly certificates: CertificateCache;
  /** Now: the time at which the time-stamp authority's own path must be valid. */
  readonly at: Date;
}

/**
 * Trusts nothing that the service answers: every digest is ours, in our order; the certificate chains to the
 * pinned anchor and names the registered signer; every signature and time stamp verifies, and
 * `notBefore <= M <= genTime <= notAfter`.
 * @returns the DER CMS for each document, in the order of the manifest
 * @throws OssError OSS_SERVICE_WRONG_DIGEST, _CHAIN, _SUBJECT, _SIGNATURE, _TIMESTAMP or OSS_SERVICE_NONSENSE
 */
export function checkAnswer(answer: SignAnswer, expected: AnswerExpectation): Uint8Array[] {
  if (answer.documents.length !== expected.manifest.length) {
    throw new OssError('OSS_SERVICE_WRONG_DIGEST', { reason: 'another number of documents' });
  }
  const certificate = blame('OSS_SERVICE_WRONG_CHAIN', () =>
    expected.certificates.read(fromBase64(answer.certificate)),
  );
  const chain = blame('OSS_SERVICE_WRONG_CHAIN', () =>
    answer.chain.map((der) => expected.certificates.read(fromBase64(der))),
  );
  requireSubject(certificate, expected.identity);
  return expected.manifest.map((entry, index) => {
    const document = answer.documents[index];
    if (document?.digest !== entry.digest)
      throw new OssError('OSS_SERVICE_WRONG_DIGEST', { document: index });
    return checkDocument(document, entry, { certificate, chain, answer, expected });
  });
}

interface Party {
  readonly certificate: Certificate;
  readonly chain: readonly Certificate[];
  readonly answer: SignAnswer;
  readonly expected: AnswerExpectation;
}

function checkDocument(document: SignedDocument, entry: ManifestEntry, party: Party): Uint8Array {
  const { certificate, chain, answer, expected } = party;
  const timestampToken = fromBase64(document.timestamp);
  const signature = fromBase64(document.signature);
  const cms = blame('OSS_SERVICE_WRONG_SIGNATURE', () =>
    assembleCms({
      signedAttributes: fromBase64(document.signedAttributes),
      signature,
      scheme: answer.signatureScheme,
      certificate: certificate.der,
      // The anchor is what the verifier has; embedding it would prove nothing.
      chain: chain.filter((authority) => !authority.selfIssued).map((authority) => authority.der),
      ...(expected.timestamped ? { timestampToken } : {}),
    }),
  );
  requireSignature(cms, entry, expected.certificates);
  requireChain(entry, party);
  requireTimestamp(timestampToken, signature, entry, party);
  return cms;
}

function requireSignature(cms: Uint8Array, entry: ManifestEntry, certificates: CertificateCache): void {
  const verified = blame('OSS_SERVICE_WRONG_SIGNATURE', () =>
    verifyCms(cms, fromBase64(entry.digest), certificates.read),
  );
  if (!verified.digestMatches) throw new OssError('OSS_SERVICE_WRONG_DIGEST');
  if (!verified.signingCertificateMatches) {
    throw new OssError('OSS_SERVICE_WRONG_SIGNATURE', {
      reason: 'the signed reference names another certificate',
    });
  }
  if (!verified.signatureValid) throw new OssError('OSS_SERVICE_WRONG_SIGNATURE');
  if (verified.findings.length > 0) {
    throw new OssError('OSS_SERVICE_WRONG_SIGNATURE', { reason: verified.findings.join(', ') });
  }
}

/** The certificate is a single-use one of the pinned authority, valid at the claimed time that we wrote. */
function requireChain({ claimedSigningTime }: ManifestEntry, { certificate, chain, expected }: Party): void {
  const path = blame('OSS_SERVICE_WRONG_CHAIN', () =>
    validatePath(certificate, chain, expected.anchors, new Date(claimedSigningTime), 'signing'),
  );
  if (path.length < 2 || !certificate.hasExtension(OID.valassuredShortTerm)) {
    throw new OssError('OSS_SERVICE_WRONG_CHAIN', { reason: 'not a single-use certificate' });
  }
}

/** The time stamp proves when; the certificate must have been valid then and the claimed time not later. */
function requireTimestamp(
  token: Uint8Array,
  signature: Uint8Array,
  entry: ManifestEntry,
  party: Party,
): void {
  const { certificate, chain, expected } = party;
  const { genTime } = blame('OSS_SERVICE_WRONG_TIMESTAMP', () =>
    verifyTimestampToken(
      token,
      {
        imprint: (hash) => digest(hash, signature),
        anchors: expected.anchors,
        pool: chain,
        at: expected.at,
      },
      expected.certificates.read,
    ),
  );
  const claimed = new Date(entry.claimedSigningTime);
  if (!(certificate.notBefore <= claimed && claimed <= genTime && genTime <= certificate.notAfter)) {
    throw new OssError('OSS_SERVICE_WRONG_TIMESTAMP', {
      reason: 'the order of times does not hold',
      claimed: entry.claimedSigningTime,
      stamped: genTime.toISOString(),
    });
  }
}

/** EN 319 412-2 §4.2.4: the names in the certificate are those that the officer registered. */
function requireSubject({ subject }: Certificate, identity: Identity): void {
  const expected: Record<'givenName' | 'surname' | 'commonName' | 'country', (string | undefined)[]> = {
    // Of a person with one name the other attribute is left out.
    givenName: [identity.givenName],
    surname: [surnameOf(identity) || undefined],
    // In full, or shortened to what the attribute may hold.
    commonName: [commonNameOf(identity), fullNameOf(identity)],
    country: [identity.idDocument.country],
  };
  for (const name of Object.keys(expected) as (keyof typeof expected)[]) {
    if (!expected[name].includes(subject[name])) {
      throw new OssError('OSS_SERVICE_WRONG_SUBJECT', { field: name });
    }
  }
}

/** Runs a check of the PKI; what it finds wrong is the service's fault, under the code given. */
function blame<T>(code: ErrorCode, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (error instanceof PkiError) throw new OssError(code, { reason: error.message }, { cause: error });
    throw error;
  }
}
