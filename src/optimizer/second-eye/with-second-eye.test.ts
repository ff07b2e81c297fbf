import { expect, it } from 'vitest';
import type { DrawnDifferences, VerificationReport } from '../../contract/model/verification.ts';
import { notDrawn } from './compare-versions.ts';
import { signaturesToCompare, withSecondEye } from './with-second-eye.ts';

const NOTHING_FOUND = { name: 'changes', outcome: 'passed', sentence: 'Nothing was added.' } as const;

/** Valid to the rules; `covered`: bytes that each signature covers, of 300. All have the same name. */
const reportOf = (...covered: readonly number[]): VerificationReport => ({
  file: 'a.pdf',
  verdict: 'valid',
  signatures: covered.map((bytes, index) => ({
    field: 'Signature',
    verdict: 'valid',
    level: 'B-B',
    signer: 'Ada',
    issuer: 'CA',
    serialNumber: '01',
    singleUse: false,
    indication: 'TOTAL-PASSED',
    checks: [NOTHING_FOUND],
    changes: [],
    coverage: { wholeFile: bytes === 300, bytes, version: index + 1, versions: covered.length },
  })),
  documentTimestamps: [],
  checks: [],
  verifiedAt: '2026-05-04T10:00:00Z',
});
const same: DrawnDifferences = { pages: 1, differing: [] };
const other = (isExplained: boolean): DrawnDifferences => ({
  pages: 1,
  differing: [{ page: 1, parts: [{ x: 0, y: 0, width: 1, height: 1 }], isExplained }],
});
const verdicts = (report: VerificationReport) => report.signatures.map(({ verdict }) => verdict);

it('each signature that something follows gets what was drawn of it, also where all have one name', () => {
  const report = reportOf(100, 200, 300);
  expect(signaturesToCompare(report).map(({ revisionEnd }) => revisionEnd)).toEqual([100, 200]);
  expect(verdicts(withSecondEye(report, [other(false), same]))).toEqual(['undecided', 'valid', 'valid']);
  expect(verdicts(withSecondEye(report, [same, other(false)]))).toEqual(['valid', 'undecided', 'valid']);
});

it('a page that looks different is explained, or leaves file and signature to a person', () => {
  expect(withSecondEye(reportOf(100, 300), [other(true)]).verdict).toBe('valid');
  const judged = withSecondEye(reportOf(100, 300), [other(false)]);
  expect(judged).toMatchObject({
    verdict: 'undecided',
    signatures: [{ indication: 'INDETERMINATE', changes: [{ kind: 'looksOtherwise', page: 1 }] }, {}],
  });
});

it('what could not be drawn changes no verdict, and the report says so', () => {
  const report = reportOf(100, 200, 300);
  const judged = withSecondEye(report, [notDrawn('tooLong'), other(false)]);
  expect(verdicts(judged)).toEqual(['valid', 'undecided', 'valid']);
  expect(judged.signatures.map(({ drawn }) => drawn?.notDrawn)).toEqual(['tooLong', undefined, undefined]);
});
