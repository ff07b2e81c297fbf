/** Raises signatures to the levels that last for years (EN 319 142-1 §5.4, §6.3), and renews them. */
import { OssError } from '../../contract/errors.ts';
import { planValidationData, type ValidationData } from '../../pdf/index.ts';
import type { Certificate } from '../../pki/index.ts';
import { fetchIssuers, hostsNamedBy } from '../sources/fetch-issuers.ts';
import { type ChainNeed, ValidationDataGatherer } from '../sources/gather-validation-data.ts';
import type { AugmentOptions } from './augment-options.ts';
import { clockFlawIn, flawIn } from './clock-flaw.ts';
import { GrowingFile } from './growing-file.ts';
import { stampDocument } from './stamp-document.ts';
import { type JudgedFile, type JudgedSignature, judgeFile } from './verify-file.ts';

const NOTHING: ValidationData = Object.freeze({ certificates: [], crls: [], ocspResponses: [] });

/**
 * Appends to the file what the level needs: validation data, and for B-LTA a document time stamp over it. Called
 * again for B-LTA it renews: fresh data about the last time stamp, and a new one. Every earlier byte stays
 * (PA-07); on failure the file is as it was. There is no lower level in between: either the level is reached or
 * an error says why not. A signature of another format (adbe.pkcs7.detached) has no level to reach: it gets the data and
 * the time stamp, and holds as long.
 * @throws OssError OSS_LEVEL_NOT_POSSIBLE, OSS_VALIDATION_DATA_MISSING (before any time stamp is asked for, PA-09),
 *   OSS_CLOCK_WRONG, OSS_TIMESTAMP_FAILED, OSS_PDF_*, OSS_FILE_*
 */
export async function augmentFile(path: string, options: AugmentOptions): Promise<void> {
  const file = await GrowingFile.open(path, options);
  const { size } = file;
  try {
    await raise(file, options);
    await file.flush();
  } catch (error) {
    await file.truncate(size);
    throw error;
  } finally {
    await file.close();
  }
}

async function raise(file: GrowingFile, options: AugmentOptions): Promise<void> {
  const gatherer = new ValidationDataGatherer({ ...options, atHand: options.shipped ?? NOTHING });
  let judged = await judge(file, options);
  if (targetsOf(judged, options).some(({ report }) => report.provenTime === undefined)) {
    // Without any time stamp the first proof of time is one over the document (EN 319 142-1 §6.3 T23).
    await stampDocument(file, judged, gatherer, options);
    judged = await judge(file, options);
  }
  const { materials, furtherMaterials } = judged.offered;
  const data = await gatherer.gather(needsOf(judged, options), [...materials, ...furtherMaterials]);
  await addValidationData(file, data);
  if (options.level === 'B-LTA') await stampDocument(file, judged, gatherer, options);
}

async function addValidationData(file: GrowingFile, data: ValidationData): Promise<void> {
  const update = await file.read((pdf) => planValidationData(pdf, data));
  if (update) await file.append(update.appended);
}

/** The file with all certificates that can be obtained: in it, shipped, or published by its authorities. */
async function judge(file: GrowingFile, options: AugmentOptions): Promise<JudgedFile> {
  const { anchors, certificates, source, onAttempt } = options;
  const shipped = (options.shipped ?? NOTHING).certificates.map(certificates.read);
  const judgeWith = (pool: readonly Certificate[]): Promise<JudgedFile> =>
    judgeFile(file.path, { ...options, at: options.now() }, pool);
  const judged = await judgeWith(shipped);
  if (judged.signatures.length === 0) throw new OssError('OSS_PDF_NO_SIGNATURE', { file: file.path });
  const embedded = [...judged.signatures, ...judged.offered.documentTimestamps].flatMap(
    (one) => one.certificates,
  );
  const chained = judged.signatures.flatMap(({ uses }) => uses.flatMap(({ chain }) => chain));
  const issuers = await fetchIssuers(embedded, {
    known: [...anchors, ...embedded, ...judged.offered.pool],
    hosts: hostsNamedBy([...anchors, ...chained]),
    source,
    certificates,
    onAttempt,
  });
  return issuers.length === 0 ? judged : judgeWith([...shipped, ...issuers]);
}

/**
 * @throws OssError OSS_LEVEL_NOT_POSSIBLE where one of them does not hold, or is named and none of the baseline,
 *   OSS_CLOCK_WRONG where nothing but the time speaks against it
 */
function targetsOf({ signatures }: JudgedFile, { fields }: AugmentOptions): JudgedSignature[] {
  const targets = signatures.filter(({ report }) => fields?.includes(report.field) ?? true);
  const missing = fields?.find((field) => !targets.some(({ report }) => report.field === field));
  if (missing !== undefined)
    throw new OssError('OSS_LEVEL_NOT_POSSIBLE', { field: missing, reason: 'there is no such signature' });
  for (const { report } of targets) {
    const clockFlaw = clockFlawIn(report);
    if (clockFlaw) throw clockFlaw;
    const flaw = flawIn(report);
    // Others than those that are named for it get what protects them, too, and keep the level that is true of them.
    const mustReachLevel = fields !== undefined && report.level === 'none';
    const reason = flaw?.sentence ?? (mustReachLevel ? 'it is not a PAdES baseline signature' : undefined);
    if (reason !== undefined) throw new OssError('OSS_LEVEL_NOT_POSSIBLE', { field: report.field, reason });
  }
  return targets;
}

/** A token that no later time stamp covers must hold until now; everything else at the time that is proven. */
function needsOf(judged: JudgedFile, options: AugmentOptions): ChainNeed[] {
  const { proofs } = judged.offered;
  const now = options.now();
  const last = proofs.at(-1)?.timestamp;
  const ofSignatures = targetsOf(judged, options).flatMap(({ uses }) =>
    uses.map(({ role, chain, at }) => ({
      chain,
      at,
      ...(role === 'signer' || last ? {} : { provenBy: now }),
      since: at,
    })),
  );
  const ofTimestamps = proofs.map(({ timestamp }) => ({
    chain: timestamp.chain,
    at: timestamp.genTime,
    ...(timestamp === last ? { provenBy: now } : {}),
    since: timestamp.genTime,
  }));
  return [...ofSignatures, ...ofTimestamps];
}
