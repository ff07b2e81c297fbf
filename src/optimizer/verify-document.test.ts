import { expect, it } from 'vitest';
import { type ErrorCode, OssError } from '../contract/errors.ts';
import type { VerificationReport } from '../contract/model/verification.ts';
import { verifyDocument } from './verify-document.ts';
import type { DocumentWork } from './work/document-work.ts';

const report: VerificationReport = {
  ...{ file: 'a.pdf', verdict: 'valid', documentTimestamps: [], checks: [] },
  signatures: [
    {
      ...{ field: 'Signature', verdict: 'valid', level: 'B-B', signer: 'Ada', issuer: 'CA' },
      ...{ serialNumber: '01', singleUse: false, indication: 'TOTAL-PASSED', checks: [], changes: [] },
      coverage: { wholeFile: false, bytes: 100, version: 1, versions: 2 },
    },
  ],
  verifiedAt: '2026-05-04T10:00:00Z',
};

/** The rules have their verdict; drawing ends with this error. */
const drawingEndsWith = (code: ErrorCode): DocumentWork => {
  const run = async (job: string) => {
    if (job === 'verify') return report;
    throw new OssError(code);
  };
  return { run } as unknown as DocumentWork;
};

const input = { path: 'a.pdf', anchors: [], at: new Date() };

it.each<[ErrorCode, string]>([
  ['OSS_WORK_TIME_LIMIT', 'tooLong'],
  ['OSS_WORK_MEMORY_LIMIT', 'tooLong'],
  ['OSS_PDF_MALFORMED', 'unreadable'],
])(
  'a file whose drawing ends with %s is judged by the rules, and the report says so',
  async (code, reason) => {
    const { verdict, signatures } = await verifyDocument(drawingEndsWith(code), input);
    expect(verdict).toBe('valid');
    expect(signatures[0]?.drawn).toEqual({ pages: 0, notDrawn: reason, differing: [] });
  },
);

it('who cancels gets no report', async () => {
  const cancelled = verifyDocument(drawingEndsWith('OSS_CANCELLED'), input);
  await expect(cancelled).rejects.toMatchObject({ code: 'OSS_CANCELLED' });
});
