import { randomUUID } from 'node:crypto';
import { chmod, open, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { renameDurably } from '../../base/durable-file.ts';
import { OssError } from '../../contract/errors.ts';
import type { VerificationReport } from '../../contract/model/verification.ts';
import { type RaiseOptions, raiseCopy } from '../raise-copy.ts';
import { RENEWAL_PREFIX } from './archive-files.ts';

export interface RenewOptions extends Omit<RaiseOptions, 'level' | 'lastingUntil'> {
  /** What is reached must last longer than that. */
  readonly lastingUntil: Date;
}

/**
 * Renews a file (B-LTA) under its own name. Its bytes stay and more are appended, so that anyone who reads it meanwhile,
 * or after a power cut, finds the old file or the new one, whole. A copy beside it is what a killed process leaves.
 * @throws OssError what `augmentFile` throws, OSS_FILE_CHANGED where somebody else wrote to it meanwhile, OSS_FILE_*
 */
export async function renewInPlace(path: string, options: RenewOptions): Promise<VerificationReport> {
  const copy = join(dirname(path), `${RENEWAL_PREFIX}${randomUUID()}`);
  const before = await stat(path);
  try {
    const { report } = await raiseCopy(path, copy, { ...options, level: 'B-LTA' });
    const { protection } = report;
    if (!protection || new Date(protection.until) < options.lastingUntil) {
      const reason = `it would last until ${protection?.until ?? 'now'} only`;
      throw new OssError('OSS_TIMESTAMP_FAILED', { file: path, reason });
    }
    await chmod(copy, before.mode);
    const written = await open(copy, 'r');
    await written.sync().finally(() => written.close());
    const now = await stat(path);
    if (now.size !== before.size || now.mtimeMs !== before.mtimeMs || now.ino !== before.ino)
      throw new OssError('OSS_FILE_CHANGED', { file: path });
    await renameDurably(copy, path);
    return { ...report, file: path };
  } finally {
    await rm(copy, { force: true });
  }
}
