import { type ErrorCode, OssError } from '../../contract/errors.ts';
import { fromBase64 } from '../../contract/model/encoding.ts';
import type { Identity } from '../../contract/model/identity.ts';
import type { Manifest, ManifestEntry } from '../../contract/model/manifest.ts';
import {
  assembleCms,
  type Certificate,
  type CertificateCache,
  digest,
  equalBytes,
  OID,
  PkiError,
  type VerifiedTimestamp,
  validatePath,
  verifyCms,
  verifyTimestampToken,
} from '../../pki/index.ts';
import { requireSubject } from './check-subject.ts';
import type { CertificatePolicy, DocumentSignature, SigningResponse } from './port.ts';

export interface ResponseExpectation {
  readonly manifest: Manifest;
  readonly identity: Identity;
  /** What the provider issues. */
  readonly policy: CertificatePolicy;
  readonly anchors: readonly Certificate[];
  /** B-B leaves the time stamp out of the envelope; one that was sent is verified all the same. */
  readonly timestamped: boolean;
  /** Remembers authorities from one document to the next. */
  readonly certificates: CertificateCache;
  /** Now: the time at which the time-stamp authority's own path must be valid. */
  readonly at: Date;
}

export interface VerifiedResponse {
  readonly certificate: Certificate;
  /** In the order of the manifest. */
  readonly documents: readonly VerifiedDocument[];
}

export interface VerifiedDocument {
  /** DER, for /Contents or a detached signature. */
  readonly cms: Uint8Array;
  readonly timestamp: (VerifiedTimestamp & { readonly token: Uint8Array }) | undefined;
}

/**
 * Trusts nothing that a service responds: every digest is ours, in our order; the certificate chains to the
 * pinned anchor, is of the kind that the provider issues and names the registered signer; every signature and time
 * stamp verifies, and `notBefore <= M <= genTime <= notAfter`, but for certificates that are issued while they sign.
 * @throws OssError OSS_SERVICE_WRONG_DIGEST, _CHAIN, _SUBJECT, _SIGNATURE or _TIMESTAMP
 */
export function checkResponse(response: SigningResponse, expected: ResponseExpectation): VerifiedResponse {
  if (response.documents.length !== expected.manifest.length) {
    throw new OssError('OSS_SERVICE_WRONG_DIGEST', { reason: 'another number of documents' });
  }
  const { read } = expected.certificates;
  const certificate = refusedAs('OSS_SERVICE_WRONG_CHAIN', () => read(response.certificate));
  const chain = refusedAs('OSS_SERVICE_WRONG_CHAIN', () => response.chain.map(read));
  requireSubject(certificate, expected.identity, expected.policy.names);
  const documents = expected.manifest.map((entry, index) => {
    const document = response.documents[index];
    if (!document || (document.digest !== undefined && document.digest !== entry.digest)) {
      throw new OssError('OSS_SERVICE_WRONG_DIGEST', { document: index });
    }
    return checkDocument(document, entry, { certificate, chain, expected });
  });
  return { certificate, documents };
}

interface Party {
  readonly certificate: Certificate;
  readonly chain: readonly Certificate[];
  readonly expected: ResponseExpectation;
}

function checkDocument(document: DocumentSignature, entry: ManifestEntry, party: Party): VerifiedDocument {
  const cms = cmsOf(document, party);
  const { signature, tokens, embedded } = requireSignature(cms, entry, party);
  const pool = [...party.chain, ...embedded];
  requireChain(entry, { ...party, chain: pool });
  const token = document.form === 'parts' ? document.timestamp : tokens[0];
  if (token === undefined) {
    if (!party.expected.timestamped) return { cms, timestamp: undefined };
    throw new OssError('OSS_SERVICE_WRONG_TIMESTAMP', { reason: 'no time stamp' });
  }
  const timestamp = requireTimestamp(token, signature, entry, { ...party, chain: pool });
  return { cms, timestamp: { ...timestamp, token } };
}

function cmsOf(document: DocumentSignature, { certificate, chain, expected }: Party): Uint8Array {
  if (document.form === 'cms') return document.cms;
  const { signedAttributes, signature, scheme, timestamp } = document;
  return refusedAs('OSS_SERVICE_WRONG_SIGNATURE', () =>
    assembleCms({
      signedAttributes,
      signature,
      scheme,
      certificate: certificate.der,
      // The anchor is what the verifier has; embedding it would prove nothing.
      chain: chain.filter((authority) => !authority.selfIssued).map((authority) => authority.der),
      ...(expected.timestamped && timestamp !== undefined ? { timestampToken: timestamp } : {}),
    }),
  );
}

interface RequiredSignature {
  readonly signature: Uint8Array;
  readonly tokens: readonly Uint8Array[];
  readonly embedded: readonly Certificate[];
}

function requireSignature(
  cms: Uint8Array,
  entry: ManifestEntry,
  { certificate, expected }: Party,
): RequiredSignature {
  const verified = refusedAs('OSS_SERVICE_WRONG_SIGNATURE', () =>
    verifyCms(cms, fromBase64(entry.digest), expected.certificates.read),
  );
  const refused = (reason: string) => new OssError('OSS_SERVICE_WRONG_SIGNATURE', { reason });
  if (!verified.digestMatches) throw new OssError('OSS_SERVICE_WRONG_DIGEST');
  const { signerCertificate } = verified;
  // A finished CMS may carry any certificate; all documents are signed with the one of the response.
  if (signerCertificate && !equalBytes(signerCertificate.der, certificate.der)) {
    throw refused('signed with another certificate');
  }
  if (!verified.signingCertificateMatches) throw refused('the signed reference names another certificate');
  if (!verified.signatureValid) throw new OssError('OSS_SERVICE_WRONG_SIGNATURE');
  if (verified.weakness !== undefined) throw refused(verified.weakness);
  if (verified.findings.length > 0) throw refused(verified.findings.join(', '));
  return {
    signature: verified.signature,
    tokens: verified.timestampTokens,
    embedded: verified.certificates,
  };
}

/**
 * The certificate is one of the pinned authority, valid at the claimed time that we wrote, and single-use where it has
 * to be.
 */
function requireChain({ claimedSigningTime }: ManifestEntry, { certificate, chain, expected }: Party): void {
  const path = refusedAs('OSS_SERVICE_WRONG_CHAIN', () =>
    validatePath(
      certificate,
      chain,
      expected.anchors,
      usedFrom(certificate, claimedSigningTime, expected),
      'signing',
    ),
  );
  // A root that signs by itself, or a long-lived certificate where a single-use one was promised.
  const isMarked = certificate.hasExtension(OID.valassuredShortTerm);
  if (path.length < 2 || (expected.policy.lifetime === 'single-use' && !isMarked)) {
    throw new OssError('OSS_SERVICE_WRONG_CHAIN', { reason: 'not a single-use certificate' });
  }
}

/** Between the preparation of the documents and the signer's code. */
const MAX_BEFORE_ISSUE_MS = 12 * 3600 * 1000;

/**
 * The claimed time, or the beginning of a certificate that was made after it where its authority issues while it
 * signs.
 */
function usedFrom(
  { notBefore }: Certificate,
  claimedSigningTime: string,
  { policy }: ResponseExpectation,
): Date {
  const claimed = new Date(claimedSigningTime);
  const ahead = notBefore.getTime() - claimed.getTime();
  const isIssuedLater =
    policy.validFrom === 'the-moment-of-signing' && ahead > 0 && ahead <= MAX_BEFORE_ISSUE_MS;
  return isIssuedLater ? notBefore : claimed;
}

/** The time stamp proves when; the certificate must have been valid then and the claimed time not later. */
function requireTimestamp(
  token: Uint8Array,
  signature: Uint8Array,
  entry: ManifestEntry,
  { certificate, chain, expected }: Party,
): VerifiedTimestamp {
  const timestamp = refusedAs('OSS_SERVICE_WRONG_TIMESTAMP', () =>
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
  const { genTime } = timestamp;
  const claimed = new Date(entry.claimedSigningTime);
  const from = usedFrom(certificate, entry.claimedSigningTime, expected);
  if (
    !(
      certificate.notBefore <= from &&
      from <= genTime &&
      claimed <= genTime &&
      genTime <= certificate.notAfter
    )
  ) {
    throw new OssError('OSS_SERVICE_WRONG_TIMESTAMP', {
      reason: 'the order of times does not hold',
      claimed: entry.claimedSigningTime,
      stamped: genTime.toISOString(),
    });
  }
  return timestamp;
}

/** Runs a check of the PKI; what it finds wrong is the service's fault, under the code given. */
function refusedAs<T>(code: ErrorCode, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (error instanceof PkiError) throw new OssError(code, { reason: error.message }, { cause: error });
    throw error;
  }
}
