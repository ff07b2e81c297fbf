/** Verification of a time-stamp token before it is relied on (RFC 3161 §2.2, TS-14). */
import { type Certificate, parseCertificate, serialHex } from '../certificate/certificate.ts';
import { findSignerCertificate, type ReadCertificate } from '../cms/signed-data.ts';
import { refersTo } from '../cms/signing-certificate.ts';
import { equalBytes } from '../der/bytes.ts';
import { PkiError } from '../errors.ts';
import { OID } from '../oids.ts';
import { CertificatePool } from '../path/certificate-pool.ts';
import { validatePath } from '../path/validate.ts';
import type { WorkBudget } from '../path/work-budget.ts';
import { type DigestName, digest, digestNameOf, verifySignature } from '../signature-scheme.ts';
import { parseTimestampToken, type TimestampToken } from './token.ts';

export interface TimestampExpectation {
  /** Digest of the stamped data, made with the hash algorithm that the token names. */
  readonly imprint: (hash: DigestName) => Uint8Array;
  /** Unsigned value of the nonce sent; compared as integer (TS-04). */
  readonly nonce?: bigint;
  readonly policy?: string;
  readonly anchors: readonly Certificate[] | CertificatePool;
  /** Certificates beside those in the token. */
  readonly pool?: readonly Certificate[] | CertificatePool;
  readonly work?: WorkBudget;
  /** The time at which the authority's path must be valid. */
  readonly at: Date;
}

export interface VerifiedTimestamp {
  readonly genTime: Date;
  readonly serialHex: string;
  readonly policy: string;
  readonly accuracyMillis: number | undefined;
  readonly tsaCertificate: Certificate;
  /** From the authority's certificate to the anchor. */
  readonly chain: readonly Certificate[];
}

/**
 * Verifies DER token bytes.
 * @throws PkiError: `timestamp-imprint-mismatch`, `timestamp-nonce-mismatch`, `timestamp-policy-mismatch`,
 * `timestamp-invalid` (signature, ESS reference, genTime outside the certificate), the path reasons of validatePath,
 * `malformed`, `unsupported-algorithm`.
 */
export function verifyTimestampToken(
  der: Uint8Array,
  expected: TimestampExpectation,
  readCertificate: ReadCertificate = parseCertificate,
): VerifiedTimestamp {
  const token = parseTimestampToken(der, readCertificate);
  requireExpectedInfo(token, expected);
  const pool = new CertificatePool(token.signedData.certificates, CertificatePool.of(expected.pool ?? []));
  const tsaCertificate = requireSignature(token, pool);
  const { anchors, at, work } = expected;
  const chain = validatePath(tsaCertificate, pool, anchors, at, 'timestamping', work);
  const { genTime, policy, serialNumber, accuracyMillis } = token.info;
  if (!tsaCertificate.isValidAt(genTime)) {
    throw new PkiError('timestamp-invalid', 'genTime outside the validity of the TSA certificate');
  }
  return { genTime, policy, accuracyMillis, serialHex: serialHex(serialNumber), tsaCertificate, chain };
}

function requireExpectedInfo({ info }: TimestampToken, expected: TimestampExpectation): void {
  if (!equalBytes(info.imprint.hash, expected.imprint(digestNameOf(info.imprint.hashOid)))) {
    throw new PkiError('timestamp-imprint-mismatch', 'the token stamps other data');
  }
  if (expected.nonce !== undefined && info.nonce !== expected.nonce) {
    throw new PkiError('timestamp-nonce-mismatch', 'the token answers another request');
  }
  if (expected.policy !== undefined && info.policy !== expected.policy) {
    throw new PkiError('timestamp-policy-mismatch', `policy ${info.policy}`);
  }
  if (info.hasCriticalExtension) throw new PkiError('timestamp-invalid', 'critical extension in the token');
}

/** Content digest, signature value and ESSCertIDv2 hold (RFC 5816); returns the certificate that they name. */
function requireSignature({ signedData, content }: TimestampToken, pool: CertificatePool): Certificate {
  const { signer } = signedData;
  const { contentType, messageDigest, signingCertificate } = signer.signedAttributes;
  const certificate = findSignerCertificate(signedData, pool);
  if (certificate === undefined) throw new PkiError('timestamp-invalid', 'TSA certificate not available');
  if (contentType !== OID.tstInfo || !equalBytes(messageDigest, digest(signer.digest, content))) {
    throw new PkiError('timestamp-invalid', 'signed attributes do not match the content');
  }
  if (signingCertificate === undefined || !refersTo(signingCertificate, certificate)) {
    throw new PkiError('timestamp-invalid', 'ESS reference does not name the TSA certificate');
  }
  const { signatureAlgorithm, signedBytes, signature } = signer;
  if (!verifySignature(signatureAlgorithm, certificate.publicKey, signedBytes, signature)) {
    throw new PkiError('timestamp-invalid', 'signature of the token does not verify');
  }
  return certificate;
}
