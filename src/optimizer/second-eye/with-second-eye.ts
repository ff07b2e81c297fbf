import type {
  Change,
  Check,
  DrawnDifferences,
  VerificationReport,
  VerifiedSignature,
} from '../../contract/model/verification.ts';
import { changeInWords, changesTexts } from '../../texts/changes.ts';
import { checkOfChanges } from '../pades/envelope/coverage.ts';
import { verdictOf, worst } from '../pades/envelope/verdict.ts';
import { indicationOf } from '../pades/report/indication.ts';
import type { ComparedSignature } from './compare-versions.ts';

/** The signatures whose signed version has to be drawn beside the present one: those that something follows. */
export const signaturesToCompare = ({ signatures }: VerificationReport): ComparedSignature[] =>
  signatures.filter(isFollowed).map(({ coverage, changes }) => ({ revisionEnd: coverage.bytes, changes }));

const isFollowed = ({ coverage }: VerifiedSignature): boolean => !coverage.wholeFile && coverage.bytes > 0;

/**
 * A report with what drawing both versions showed: a page that looks different where no change that was found shows
 * leaves the verdict to a person.
 * @param drawn in the order of `signaturesToCompare`
 */
export function withSecondEye(
  report: VerificationReport,
  drawn: readonly DrawnDifferences[],
): VerificationReport {
  const next = drawn.values();
  const signatures = report.signatures.map((signature) => {
    const differences = isFollowed(signature) ? next.next().value : undefined;
    return differences ? judgedAgain(signature, differences) : signature;
  });
  const { protection, ...rest } = report;
  const { documentTimestamps, evidenceRecord } = report;
  const judged = [...signatures, ...documentTimestamps, ...(evidenceRecord ? [evidenceRecord] : [])];
  const verdict = worst([...judged.map((one) => one.verdict), verdictOf(report.checks)]);
  return { ...rest, verdict, signatures, ...(verdict === 'valid' && protection && { protection }) };
}

function judgedAgain(signature: VerifiedSignature, drawn: DrawnDifferences): VerifiedSignature {
  const unexplained = drawn.differing.filter(({ isExplained }) => !isExplained).map(({ page }) => page);
  const changes = signature.changes.find(({ outcome }) => outcome === 'forbidden');
  if (unexplained.length === 0 || changes) return { ...signature, drawn };
  const found = [...unexplained.map(looksOtherwise), ...signature.changes];
  const checks: Check[] = signature.checks.map((check) =>
    check.name === 'changes' && check.outcome !== 'failed' ? checkOfChanges(found) : check,
  );
  const { subIndication: _, ...rest } = signature;
  return { ...rest, drawn, changes: found, checks, verdict: verdictOf(checks), ...indicationOf(checks) };
}

function looksOtherwise(page: number): Change {
  const change = { kind: 'looksOtherwise', outcome: 'suspicious', page } as const;
  return { ...change, objects: [], sentence: changeInWords(change, changesTexts.en) };
}
