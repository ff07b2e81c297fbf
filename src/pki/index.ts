/** Public surface of the PKI: pure functions over bytes; failures are PkiError, verification of a CMS is data. */
export { buildCertificate, type CertificatePlan, finishCertificate } from './certificate/build.ts';
export {
  Certificate,
  keyIdentifier,
  parseCertificate,
  parseTbsCertificate,
  type TbsCertificate,
} from './certificate/certificate.ts';
export { CertificateCache } from './certificate/certificate-cache.ts';
export { fingerprintOf, viewOfCertificate, viewOfPem } from './certificate/certificate-view.ts';
export {
  buildCertificationRequest,
  type CertificationRequest,
  parseCertificationRequest,
} from './certificate/certification-request.ts';
export { type DistinguishedName, encodeName, type NameAttributes } from './certificate/distinguished-name.ts';
export type { Extension } from './certificate/extensions.ts';
export * as extensions from './certificate/extensions.ts';
export { certificatesFromPem, toPem } from './certificate/pem.ts';
export { qcStatementsOf } from './certificate/qc-statements.ts';
export { isSandboxCertificate, SANDBOX_POLICY_ARC } from './certificate/sandbox-mark.ts';
export { isClearlyAfter } from './clock-tolerance.ts';
export { assembleCms, type CmsParts } from './cms/assemble.ts';
export { derOfContents, estimateCmsSize } from './cms/contents.ts';
export { certificateValuesIn, embeddedRevocation } from './cms/embedded-values.ts';
export {
  buildSignedAttributes,
  claimedTimeOf,
  parseSignedAttributes,
  type SignedAttributes,
  signedAttributesWriter,
} from './cms/signed-attributes.ts';
export {
  findSignerCertificate,
  parseForeignSignedData,
  parseSignedData,
  parseSignedMessage,
  type ReadCertificate,
  type SignedData,
  type SignedMessage,
} from './cms/signed-data.ts';
export { type BaselineFinding, type CmsVerification, verifyCms } from './cms/verify.ts';
export { berLength, derFromBer } from './der/ber.ts';
export { equalBytes } from './der/bytes.ts';
export { PkiError, type PkiReason } from './errors.ts';
export { HashTree } from './evidence-record/hash-tree.ts';
export {
  type ArchiveTimestampChain,
  archiveTimestamp,
  encodeEvidenceRecord,
  parseEvidenceRecord,
} from './evidence-record/record.ts';
export { hashOfChain, leafOf, verifyEvidenceRecord } from './evidence-record/verify.ts';
export { OID } from './oids.ts';
export { CertificatePool } from './path/certificate-pool.ts';
export { chainEnds } from './path/chain-ends.ts';
export type { PathPurpose } from './path/purpose.ts';
export { validatePath } from './path/validate.ts';
export { WorkBudget } from './path/work-budget.ts';
export {
  buildCrl,
  type CrlPlan,
  type RevocationReason,
  type RevokedEntry,
} from './revocation/build-crl.ts';
export {
  buildOcspError,
  buildOcspResponse,
  type OcspErrorName,
  type SingleResponse,
} from './revocation/build-ocsp-response.ts';
export {
  type CertificateInQuestion,
  certificatesInQuestion,
  checkChainRevocation,
  delegatesInQuestion,
  findRevocationGrounds,
  type ProvenMaterial,
  type RevocationGround,
} from './revocation/check-chain.ts';
export { checkCrl } from './revocation/check-crl.ts';
export { checkOcspResponse } from './revocation/check-ocsp.ts';
export { type Crl, parseCrl } from './revocation/crl.ts';
export type { StatusTime } from './revocation/freshness.ts';
export {
  buildOcspRequest,
  encodeCertId,
  namesIssuer,
  type OcspRequest,
  parseOcspRequest,
} from './revocation/ocsp-request.ts';
export { parseOcspResponse } from './revocation/ocsp-response.ts';
export { type RevocationMaterial, RevocationReader } from './revocation/revocation-reader.ts';
export type { TimeOfUse } from './revocation/statement.ts';
export {
  type DigestName,
  digest,
  digestNameOf,
  PSS_SHA256_PARAMETERS,
  type SignatureScheme,
  type Signer,
  schemeOfKey,
} from './signature-scheme.ts';
export {
  buildTimestampRequest,
  HASH_LENGTHS,
  messageImprint,
  parseTimestampRequest,
  type StampDigest,
  type TimestampRequest,
} from './timestamp/request.ts';
export {
  buildTimestampRejection,
  buildTimestampResponse,
  parseTimestampResponse,
  type TimestampFailure,
} from './timestamp/response.ts';
export {
  buildTimestampToken,
  parseTimestampToken,
  type TimestampToken,
  type TokenPlan,
  type TstInfo,
  timestampTokenWriter,
} from './timestamp/token.ts';
export {
  type TimestampExpectation,
  type VerifiedTimestamp,
  verifyTimestampToken,
} from './timestamp/verify.ts';
