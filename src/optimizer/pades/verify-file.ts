import { OssError } from '../../contract/errors.ts';
import type {
  Check,
  Protection,
  VerificationReport,
  VerifiedEvidenceRecord,
  VerifiedSignature,
} from '../../contract/model/verification.ts';
import {
  openFileSource,
  openPdf,
  type PdfDocument,
  type PdfSignature,
  parsePdfDate,
  readOwnSignatures,
  SharedDigests,
} from '../../pdf/index.ts';
import { type Certificate, CertificateCache, RevocationReader, WorkBudget } from '../../pki/index.ts';
import type { TrustedLists } from '../trusted-lists/trusted-lists.ts';
import { pathChecks } from './checks/path.ts';
import { reachedLevel, revocationCheck } from './checks/revocation.ts';
import { changesCheck, coverageCheck, historyChecks } from './envelope/coverage.ts';
import { type DigestRange, type Envelope, readEnvelope } from './envelope/envelope.ts';
import type { PathOptions } from './envelope/path-options.ts';
import { undecided, verdictOf, worst } from './envelope/verdict.ts';
import { qualificationsOf, timestampQualificationOf, trustOf } from './listed-trust.ts';
import { judgeRecord } from './proof/evidence-record.ts';
import { type OfferedMaterial, proofOver, readOfferedMaterial } from './proof/offered-material.ts';
import type { ChainUse } from './proof/revocation-status.ts';
import { describeSignature } from './report/describe-signature.ts';
import { indicationOf } from './report/indication.ts';
import { protectionOf } from './report/protection.ts';
import { watched } from './watched-source.ts';

export interface VerifyOptions {
  readonly anchors: readonly Certificate[];
  /** Lists of the European Union, whose granted services are trusted as well, and which say what a signature is. */
  readonly trustedLists?: TrustedLists;
  /** The time of verification, where nothing proves an earlier one. */
  readonly at: Date;
  readonly password?: string;
  /** DER of an evidence record (RFC 4998) that was kept beside the file. */
  readonly evidenceRecord?: Uint8Array;
  /** As people know the file, where it lies under another name. */
  readonly name?: string;
  /** What a detached signature (.p7s) was made over, where it does not lie beside it under its name. */
  readonly signedFile?: string;
  /** Remembers authorities from one file to the next. */
  readonly certificates?: CertificateCache;
  /** Ends the verification with OSS_CANCELLED. */
  readonly signal?: AbortSignal;
  /** Told how many bytes have been read; a file is read about once, however often it was signed. */
  readonly onBytes?: (read: number, expected: number) => void;
}

/** A verification with the chains that it found: what more validation data would have to be about. */
export interface JudgedFile {
  readonly offered: OfferedMaterial;
  readonly protection: Protection | undefined;
  readonly record?: VerifiedEvidenceRecord;
  readonly signatures: readonly JudgedSignature[];
  /** Of the file as a whole. */
  readonly checks: Check[];
}

export interface JudgedSignature {
  readonly report: VerifiedSignature;
  readonly uses: readonly ChainUse[];
  /** Certificates that the signature and its time stamp carry. */
  readonly certificates: readonly Certificate[];
}

/**
 * Verifies every signature in a PDF against the anchors given: integrity, coverage, changes afterwards, time stamps,
 * certificate, chain and revocation at the proven time. Works from the file alone, also in later years: document
 * time stamps carry the proof from one to the next.
 * @throws OssError OSS_PDF_* where the file cannot be read, OSS_PDF_NO_SIGNATURE
 */
export async function verifyFile(path: string, options: VerifyOptions): Promise<VerificationReport> {
  const { offered, signatures, checks, protection, record } = await judgeFile(path, options);
  const verified = signatures.map(({ report }) => report);
  const documentTimestamps = offered.documentTimestamps.map(({ report, verified: stamp }) => ({
    ...report,
    ...timestampQualificationOf(stamp, options.trustedLists, options.at),
  }));
  const verdict = worst([
    ...[...verified, ...documentTimestamps, ...(record ? [record] : [])].map((one) => one.verdict),
    verdictOf(checks),
  ]);
  const verifiedAt = options.at.toISOString();
  return {
    ...{ file: path, verdict, signatures: verified, documentTimestamps, checks },
    ...(record && { evidenceRecord: record }),
    ...(verdict === 'valid' && protection && { protection }),
    verifiedAt,
  };
}

/** See `verifyFile`; `pool`: certificates beside those in the file. */
export async function judgeFile(
  path: string,
  options: VerifyOptions,
  pool: readonly Certificate[] = [],
): Promise<JudgedFile> {
  const file = await openFileSource(path);
  const source = watched(file, options);
  try {
    const pdf = await openPdf(source, options.password === undefined ? {} : { password: options.password });
    const { signatures: all, copies } = await readOwnSignatures(pdf);
    const ranges = all.flatMap(({ byteRange }) => (byteRange ? [byteRange] : []));
    source.expect(SharedDigests.bytesFor(ranges));
    const digests = new SharedDigests(source, ranges);
    const digestRange: DigestRange = (range, algorithm) => digests.digest(range, algorithm);
    const signatures = all.filter(({ kind }) => kind === 'signature');
    if (all.length === 0) throw new OssError('OSS_PDF_NO_SIGNATURE', { file: path });
    const certificates = options.certificates ?? new CertificateCache();
    const trust: PathOptions = {
      at: options.at,
      ...(await trustOf(pdf, all, { ...options, certificates })),
      certificates,
      revocation: new RevocationReader(certificates.read, new WorkBudget()),
    };
    const record = options.evidenceRecord && (await judgeRecord(file, options.evidenceRecord, trust));
    const offered = await readOfferedMaterial(pdf, all, {
      ...trust,
      digestRange,
      pool,
      record: record?.proof,
    });
    const read: ReadSignature[] = [];
    for (const signature of signatures) {
      const envelope = await readEnvelope(digestRange, signature, certificates.read, offered.pool);
      read.push({ signature, envelope, covers: await coverageCheck(pdf, signature) });
    }
    const verified = verifiedFields(read, offered);
    const judged: JudgedSignature[] = [];
    for (const one of read) {
      const coverage = coverageOf(one.signature, all);
      judged.push(await judgeSignature(pdf, one, offered, trust, coverage, verified, options.trustedLists));
    }
    const history = await historyChecks(pdf, all, copies);
    const stampedOnly = signatures.length === 0 ? await stampedOnlyChecks(pdf, offered) : [];
    const uses = read.map(({ signature }, index) => ({
      uses: judged[index]?.uses ?? [],
      isCovered: proofOver(offered, signature.revisionEnd) !== undefined,
    }));
    const protection = protectionOf(uses, offered, trust.revocation);
    return {
      ...{ offered, signatures: judged, checks: [...stampedOnly, ...history], protection },
      ...(record && { record: record.report }),
    };
  } finally {
    await file.close();
  }
}

/** Nobody signed, but a time stamp proves that the file existed: as it was then. */
async function stampedOnlyChecks(
  pdf: PdfDocument,
  { documentTimestamps }: OfferedMaterial,
): Promise<Check[]> {
  const sentence = 'Nobody signed this file: it carries document time stamps alone.';
  const [first] = documentTimestamps;
  if (!first) return [];
  const verified = new Set(documentTimestamps.map(({ signature }) => signature.fieldName));
  const { check } = await changesCheck(pdf, first.signature, verified);
  return [undecided('integrity', sentence, 'onlyTimestamps'), check];
}

/** A file that goes on behind its last signature has one version more than signatures. */
function coverageOf(
  { coversWholeFile, revisionEnd = 0 }: PdfSignature,
  all: readonly PdfSignature[],
): VerifiedSignature['coverage'] {
  const ends = [...new Set(all.map((one) => one.revisionEnd ?? 0))].sort((a, b) => a - b);
  const isOpen = !all.some((one) => one.coversWholeFile);
  return {
    wholeFile: coversWholeFile,
    bytes: revisionEnd,
    version: ends.indexOf(revisionEnd) + 1,
    versions: ends.length + (isOpen ? 1 : 0),
  };
}

/** A signature by itself: what it says, and what it covers. */
interface ReadSignature {
  readonly signature: PdfSignature;
  readonly envelope: Envelope;
  readonly covers: Check;
}

/** Fields whose signature holds, whichever signer it is: only they may show a mark that they brought. */
function verifiedFields(
  signatures: readonly ReadSignature[],
  { documentTimestamps }: OfferedMaterial,
): ReadonlySet<string> {
  const holding = signatures.filter(
    ({ envelope, covers }) => envelope.integrity.outcome === 'passed' && covers.outcome === 'passed',
  );
  const stamped = documentTimestamps.filter(({ report }) =>
    report.checks.every(({ outcome }) => outcome !== 'failed'),
  );
  return new Set([...holding, ...stamped].map(({ signature }) => signature.fieldName));
}

async function judgeSignature(
  pdf: PdfDocument,
  { signature, envelope, covers }: ReadSignature,
  offered: OfferedMaterial,
  options: PathOptions,
  coverage: VerifiedSignature['coverage'],
  verified: ReadonlySet<string>,
  trustedLists: TrustedLists | undefined,
): Promise<JudgedSignature> {
  const { revocation } = options;
  const proof = proofOver(offered, signature.revisionEnd);
  const claimed = parsePdfDate(signature.claimedTime ?? '');
  const {
    checks: trust,
    provenTime,
    singleUse,
    uses,
  } = pathChecks(envelope.cms, claimed, { ...options, offered, proof });
  const { check: changed, changes } = await changesCheck(pdf, signature, verified);
  const checks = [envelope.integrity, covers, changed, ...trust, revocationCheck(uses, offered, revocation)];
  const certificate = envelope.cms?.signerCertificate;
  const root = uses.find(({ role }) => role === 'signer')?.chain.at(-1)?.subject;
  const verdict = verdictOf(checks);
  const report: VerifiedSignature = {
    field: signature.fieldName,
    verdict,
    level:
      proof?.isOutside && envelope.level === 'B-B'
        ? envelope.level
        : reachedLevel(envelope.level, uses, offered, proof, revocation),
    signer: certificate?.subject.commonName ?? certificate?.subject.text ?? 'unknown',
    issuer: certificate?.issuer.commonName ?? certificate?.issuer.text ?? 'unknown',
    serialNumber: certificate?.serialHex ?? '',
    singleUse,
    ...(root && { anchor: root.commonName ?? root.text }),
    ...(claimed && { claimedSigningTime: claimed.toISOString() }),
    ...(provenTime === undefined ? {} : { provenTime: provenTime.toISOString() }),
    ...indicationOf(checks),
    checks,
    changes: [...changes],
    ...describeSignature(signature, envelope.cms),
    ...qualificationsOf(uses, { verdict, provenTime, at: options.at }, trustedLists),
    coverage,
  };
  return { report, uses, certificates: envelope.certificates };
}
