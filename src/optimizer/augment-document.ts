import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { OssError } from '../contract/errors.ts';
import type { LongTermLevel, SourceAttempt } from '../contract/model/transaction.ts';
import type { VerificationReport } from '../contract/model/verification.ts';
import { type Certificate, CertificateCache } from '../pki/index.ts';
import { augmentFile } from './pades/augment.ts';
import { verifyFile } from './pades/verify-file.ts';
import type { Sources } from './sources/http-sources.adapter.ts';
import { deliverFile } from './vault/deliver-file.ts';
import { copyIntoVault } from './vault/import-document.ts';

export interface AugmentDocumentOptions {
  readonly level: LongTermLevel;
  readonly deliverTo: string;
  readonly anchors: readonly Certificate[];
  /** Fields whose signatures are raised; without them all. */
  readonly fields?: readonly string[];
  /** Time-stamp authorities, asked in this order. */
  readonly timestampUrls: readonly string[];
  readonly sources: Sources;
  readonly now: () => Date;
  readonly password?: string;
  readonly onAttempt?: (attempt: SourceAttempt) => void;
}

/**
 * Raises the signatures of a signed file, whoever made them, and writes the result under a
 * name that is free, whole or not at all. The file itself is only read.
 * @returns the report on the new file
 * @throws OssError what `augmentFile` throws, and OSS_FILE_*
 */
export async function augmentDocument(
  path: string,
  options: AugmentDocumentOptions,
): Promise<VerificationReport> {
  const { level, deliverTo, sources, anchors, now, password } = options;
  const certificates = new CertificateCache();
  await mkdir(deliverTo, { recursive: true });
  const folder = await mkdtemp(join(deliverTo, '.augmenting-'));
  try {
    const workingCopy = join(folder, 'document.pdf');
    const prefix = await copyIntoVault(path, workingCopy);
    await augmentFile(workingCopy, {
      ...options,
      certificates,
      prefix,
      source: sources,
      timestampAuthorities: options.timestampUrls.map((url) => sources.timestampAuthority(url)),
      onAttempt: async (attempt) => options.onAttempt?.(attempt),
    });
    const report = await verifyFile(workingCopy, {
      anchors,
      certificates,
      at: now(),
      ...(password === undefined ? {} : { password }),
    });
    requireLevel(report, options);
    const file = await deliverFile(workingCopy, deliverTo, prefix.name, `-${level}`);
    return { ...report, file };
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
