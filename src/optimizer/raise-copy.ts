import { OssError } from '../contract/errors.ts';
import type { LongTermLevel, SourceAttempt } from '../contract/model/transaction.ts';
import type { VerificationReport } from '../contract/model/verification.ts';
import type { Certificate, StampDigest } from '../pki/index.ts';
import { naming } from './naming.ts';
import type { Sources } from './sources/http-sources.adapter.ts';
import { copyIntoVault } from './vault/import-document.ts';
import { responsesOf } from './work/augment-job.ts';
import { type DocumentWork, workInPlace } from './work/document-work.ts';

export interface RaiseOptions {
  readonly level: LongTermLevel;
  readonly anchors: readonly Certificate[];
  /** Fields whose signatures are raised; without them all. */
  readonly fields?: readonly string[];
  /** Time-stamp authorities, asked in this order. */
  readonly timestampUrls: readonly string[];
  /** What time stamps are made over. Default: SHA-256. */
  readonly timestampDigest?: StampDigest;
  /** An authority whose certificates end before then is passed over. */
  readonly lastingUntil?: Date;
  readonly sources: Sources;
  /** Whatever looks into a document; without it this process does, and nothing stops it. */
  readonly documentWork?: DocumentWork;
  readonly now: () => Date;
  readonly password?: string;
  readonly onAttempt?: (attempt: SourceAttempt) => void;
}

/**
 * Copies a signed file and raises the signatures of the copy, no matter who made them. The file itself is only read.
 * @returns the report on the copy, and the name of the file
 * @throws OssError what `augmentFile` throws, and OSS_FILE_*
 */
export async function raiseCopy(
  path: string,
  copy: string,
  options: RaiseOptions,
): Promise<{ readonly name: string; readonly report: VerificationReport }> {
  const { level, sources, timestampUrls, timestampDigest, lastingUntil, fields, now, password } = options;
  const { documentWork = workInPlace } = options;
  const anchors = options.anchors.map(({ der }) => der);
  const access = password === undefined ? {} : { password };
  const { name } = await copyIntoVault(path, copy);
  const outside = responsesOf(sources, async (attempt) => options.onAttempt?.(attempt));
  const file = { path: copy, anchors, ...access };
  const wanted = {
    ...{ level, timestampUrls },
    ...(fields && { fields }),
    ...(timestampDigest && { timestampDigest }),
    ...(lastingUntil && { lastingUntil }),
  };
  await naming(path, documentWork.run('augment', { ...file, ...wanted, at: now() }, { outside }));
  const report = await naming(path, documentWork.run('verify', { ...file, at: now() }));
  requireLevel(report, options);
  return { name, report };
}

/** What was appended is judged as a stranger would, before anybody gets the file. */
function requireLevel({ signatures }: VerificationReport, { level, fields }: RaiseOptions): void {
  for (const signature of signatures) {
    if (fields && !fields.includes(signature.field)) continue;
    // One of another format has none to reach (`augmentFile`).
    const isReached =
      [level, 'B-LTA'].includes(signature.level) || (fields === undefined && signature.level === 'none');
    if (signature.verdict !== 'valid' || !isReached) {
      throw new OssError('OSS_LEVEL_NOT_POSSIBLE', {
        field: signature.field,
        reason: `it is ${signature.verdict} at ${signature.level}`,
      });
    }
  }
}
