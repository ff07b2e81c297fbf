import { type ErrorCode, OssError } from '../../contract/errors.ts';
import { fromBase64 } from '../../contract/model/encoding.ts';
import { commonNameOf, fullNameOf, type Identity, surnameOf } from '../../contract/model/identity.ts';
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
import type { DocumentSignature, SigningResponse } from './port.ts';

export interface ResponseExpectation {
  readonly manifest: Manifest;
  readonly identity: Identity;
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
 * pinned anchor and names the registered signer; every signature and time stamp verifies, and
 * `notBefore <= M <= genTime <= notAfter`.
 * @throws OssError OSS_SERVICE_WRONG_DIGEST, _CHAIN, _SUBJECT, _SIGNATURE or _TIMESTAMP
 */
export function checkResponse(response: SigningResponse, expected: ResponseExpectation): VerifiedResponse {
  if (response.documents.length !== expected.manifest.length) {
    throw new OssError('OSS_SERVICE_WRONG_DIGEST', { reason: 'another number of documents' });
  }
  const { read } = expected.certificates;
  const certificate = refusedAs('OSS_SERVICE_WRONG_CHAIN', () => read(response.certificate));
  const chain = refusedAs('OSS_SERVICE_WRONG_CHAIN', () => response.chain.map(read));
  requireSubject(certificate, expected.identity);
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

/** The certificate is a single-use one of the pinned authority, valid at the claimed time that we wrote. */
function requireChain({ claimedSigningTime }: ManifestEntry, { certificate, chain, expected }: Party): void {
  const path = refusedAs('OSS_SERVICE_WRONG_CHAIN', () =>
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
  if (!(certificate.notBefore <= claimed && claimed <= genTime && genTime <= certificate.notAfter)) {
    throw new OssError('OSS_SERVICE_WRONG_TIMESTAMP', {
      reason: 'the order of times does not hold',
      claimed: entry.claimedSigningTime,
      stamped: genTime.toISOString(),
    });
  }
  return timestamp;
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
function refusedAs<T>(code: ErrorCode, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (error instanceof PkiError) throw new OssError(code, { reason: error.message }, { cause: error });
    throw error;
  }
}
