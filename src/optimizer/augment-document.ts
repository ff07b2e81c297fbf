import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { VerificationReport } from '../contract/model/verification.ts';
import { type RaiseOptions, raiseCopy } from './raise-copy.ts';
import { deliverFile } from './vault/deliver-file.ts';

export interface AugmentDocumentOptions extends RaiseOptions {
  readonly deliverTo: string;
}

/**
 * Raises the signatures of a signed file, no matter who made them, and writes the result under a
 * name that is free, whole or not at all. The file itself is only read.
 * @returns the report on the new file
 * @throws OssError what `augmentFile` throws, and OSS_FILE_*
 */
export async function augmentDocument(
  path: string,
  { deliverTo, ...options }: AugmentDocumentOptions,
): Promise<VerificationReport> {
  await mkdir(deliverTo, { recursive: true });
  const folder = await mkdtemp(join(deliverTo, '.augmenting-'));
  try {
    const workingCopy = join(folder, 'document.pdf');
    const { name, report } = await raiseCopy(path, workingCopy, options);
    return { ...report, file: await deliverFile(workingCopy, deliverTo, name, `-${options.level}`) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
