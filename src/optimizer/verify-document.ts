import { type ErrorCode, toOssError } from '../contract/errors.ts';
import type { VerificationReport } from '../contract/model/verification.ts';
import { notDrawn, signaturesToCompare, withSecondEye } from './second-eye/index.ts';
import type { DocumentWork } from './work/document-work.ts';
import type { Jobs } from './work/jobs.ts';
import type { RunOptions } from './work/run-options.ts';

/** What stops a process that works too long or needs too much. */
const LIMITS: readonly ErrorCode[] = ['OSS_WORK_TIME_LIMIT', 'OSS_WORK_MEMORY_LIMIT'];

/**
 * Verifies a file by its objects, and then by what it shows: each signed version is drawn beside the present one.
 * @throws OssError as `verifyFile`, and OSS_WORK_*
 */
export async function verifyDocument(
  work: DocumentWork,
  input: Jobs['verify']['input'],
  options: RunOptions = {},
): Promise<VerificationReport> {
  const report = await work.run('verify', input, options);
  const signatures = signaturesToCompare(report);
  if (signatures.length === 0) return report;
  const { path, password } = input;
  const compared = { path, ...(password !== undefined && { password }), signatures };
  const { signal } = options;
  try {
    return withSecondEye(report, await work.run('compareVersions', compared, signal ? { signal } : {}));
  } catch (thrown) {
    const { code } = toOssError(thrown);
    if (code === 'OSS_CANCELLED') throw thrown;
    // A file that cannot be drawn in time has been judged by its objects all the same; the report says so.
    const reason = LIMITS.includes(code) ? 'tooLong' : 'unreadable';
    return withSecondEye(
      report,
      signatures.map(() => notDrawn(reason)),
    );
  }
}
