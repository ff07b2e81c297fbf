import { OssError } from '../../contract/errors.ts';
import type { VerificationReport, VerifiedSignature } from '../../contract/model/verification.ts';
import {
  listSignatures,
  openFileSource,
  openPdf,
  type PdfDocument,
  type PdfSignature,
} from '../../pdf/index.ts';
import { type Certificate, CertificateCache } from '../../pki/index.ts';
import { changesCheck, coverageCheck } from './checks/coverage.ts';
import { readEnvelope } from './checks/envelope.ts';
import { type PathOptions, pathChecks } from './checks/path.ts';
import { worst } from './checks/verdict.ts';

export interface VerifyOptions {
  readonly anchors: readonly Certificate[];
  /** The time of verification, where nothing proves an earlier one. */
  readonly at: Date;
  readonly password?: string;
  /** Remembers authorities from one file to the next. */
  readonly certificates?: CertificateCache;
}

/**
 * Verifies every signature in a PDF against the anchors given: integrity, coverage, changes afterwards,
 * certificate, chain at the proven time, time stamp. Works from the file alone.
 * @throws OssError OSS_PDF_* where the file cannot be read, OSS_PDF_NO_SIGNATURE
 */
export async function verifyFile(path: string, options: VerifyOptions): Promise<VerificationReport> {
  const source = await openFileSource(path);
  try {
    const pdf = await openPdf(source, options.password === undefined ? {} : { password: options.password });
    const signatures = (await listSignatures(pdf)).filter(({ kind }) => kind === 'signature');
    if (signatures.length === 0) throw new OssError('OSS_PDF_NO_SIGNATURE', { file: path });
    const verified: VerifiedSignature[] = [];
    const trust = { ...options, certificates: options.certificates ?? new CertificateCache() };
    for (const signature of signatures) verified.push(await verifySignature(pdf, signature, trust));
    return { file: path, verdict: worst(verified.map(({ verdict }) => verdict)), signatures: verified };
  } finally {
    await source.close();
  }
}

async function verifySignature(
  pdf: PdfDocument,
  signature: PdfSignature,
  options: PathOptions,
): Promise<VerifiedSignature> {
  const envelope = await readEnvelope(pdf.source, signature, options.certificates.read);
  const { checks: trust, provenTime, chain } = pathChecks(envelope.cms, options);
  const checks = [envelope.integrity, coverageCheck(signature), await changesCheck(pdf, signature), ...trust];
  const certificate = envelope.cms?.signerCertificate;
  return {
    field: signature.fieldName,
    verdict: worst(
      checks.map(({ outcome }) =>
        outcome === 'failed' ? 'invalid' : outcome === 'undecided' ? 'undecided' : 'valid',
      ),
    ),
    level: envelope.level,
    signer: certificate?.subject.commonName ?? certificate?.subject.text ?? 'unknown',
    issuer: certificate?.issuer.commonName ?? certificate?.issuer.text ?? 'unknown',
    serialNumber: certificate?.serialHex ?? '',
    singleUse: chain.singleUse,
    ...(signature.claimedTime === undefined ? {} : { claimedSigningTime: signature.claimedTime }),
    ...(provenTime === undefined ? {} : { provenTime: provenTime.toISOString() }),
    checks,
  };
}
