import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { OssError } from '../contract/errors.ts';
import type { LongTermLevel, SourceAttempt } from '../contract/model/transaction.ts';
import type { VerificationReport } from '../contract/model/verification.ts';
import type { Certificate } from '../pki/index.ts';
import { naming } from './naming.ts';
import type { Sources } from './sources/http-sources.adapter.ts';
import { deliverFile } from './vault/deliver-file.ts';
import { copyIntoVault } from './vault/import-document.ts';
import { responsesOf } from './work/augment-job.ts';
import { type DocumentWork, workInPlace } from './work/document-work.ts';

export interface AugmentDocumentOptions {
  readonly level: LongTermLevel;
  readonly deliverTo: string;
  readonly anchors: readonly Certificate[];
  /** Fields whose signatures are raised; without them all. */
  readonly fields?: readonly string[];
  /** Time-stamp authorities, asked in this order. */
  readonly timestampUrls: readonly string[];
  readonly sources: Sources;
  /** Whatever looks into a document; without it this process does, and nothing stops it. */
  readonly documentWork?: DocumentWork;
  readonly now: () => Date;
  readonly password?: string;
  readonly onAttempt?: (attempt: SourceAttempt) => void;
}

/**
 * Raises the signatures of a signed file, no matter who made them, and writes the result under a
 * name that is free, whole or not at all. The file itself is only read.
 * @returns the report on the new file
 * @throws OssError what `augmentFile` throws, and OSS_FILE_*
 */
export async function augmentDocument(
  path: string,
  options: AugmentDocumentOptions,
): Promise<VerificationReport> {
  const { level, deliverTo, sources, timestampUrls, fields, now, password } = options;
  const { documentWork = workInPlace } = options;
  const anchors = options.anchors.map(({ der }) => der);
  const access = password === undefined ? {} : { password };
  await mkdir(deliverTo, { recursive: true });
  const folder = await mkdtemp(join(deliverTo, '.augmenting-'));
  try {
    const workingCopy = join(folder, 'document.pdf');
    const { name } = await copyIntoVault(path, workingCopy);
    const outside = responsesOf(sources, async (attempt) => options.onAttempt?.(attempt));
    const file = { path: workingCopy, anchors, ...access };
    const wanted = { level, timestampUrls, ...(fields === undefined ? {} : { fields }) };
    await naming(path, documentWork.run('augment', { ...file, ...wanted, at: now() }, { outside }));
    const report = await naming(path, documentWork.run('verify', { ...file, at: now() }));
    requireLevel(report, options);
    return { ...report, file: await deliverFile(workingCopy, deliverTo, name, `-${level}`) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What was appended is judged as a stranger would, before anybody gets the file. */
function requireLevel({ signatures }: VerificationReport, { level, fields }: AugmentDocumentOptions): void {
  for (const signature of signatures) {
    if (fields && !fields.includes(signature.field)) continue;
    const isReached = signature.level === level || signature.level === 'B-LTA';
    if (signature.verdict !== 'valid' || !isReached) {
      throw new OssError('OSS_LEVEL_NOT_POSSIBLE', {
        field: signature.field,
        reason: `it is ${signature.verdict} at ${signature.level}`,
      });
    }
  }
}
