/** Verification by the rules, and the second eye over it: both versions drawn and compared. */
import type {
  Change,
  Check,
  VerificationReport,
  VerifiedSignature,
} from '../../contract/model/verification.ts';
import type { PageDifference, VisibleComparison } from '../../contract/model/visible-comparison.ts';
import { indicationOf } from '../pades/report/indication.ts';
import { type VerifyOptions, verifyFile } from '../pades/verify-file.ts';
import { compareVersions } from '../rendering/compare-versions.ts';

/** Signatures whose versions are drawn; further ones are judged by the rules alone. */
const MOST_SIGNATURES = 3;

/** @throws OssError as `verifyFile` */
export async function verifyAndCompare(path: string, options: VerifyOptions): Promise<VerificationReport> {
  const report = await verifyFile(path, options);
  const signatures: VerifiedSignature[] = [];
  for (const [index, signature] of report.signatures.entries()) {
    const { wholeFile, bytes } = signature.coverage;
    const isCompared = !wholeFile && bytes > 0 && signature.verdict !== 'invalid' && index < MOST_SIGNATURES;
    const access = options.password === undefined ? {} : { password: options.password };
    const seen = isCompared ? await compareVersions({ path, revisionEnd: bytes, ...access }) : undefined;
    signatures.push(seen ? withComparison(signature, seen) : signature);
  }
  const isOpen = signatures.some((one) => one.verdict === 'undecided') && report.verdict === 'valid';
  return { ...report, verdict: isOpen ? 'undecided' : report.verdict, signatures };
}

/** What shows and no rule explains leaves the signature undecided, whatever the rules said. */
export function withComparison(signature: VerifiedSignature, seen: VisibleComparison): VerifiedSignature {
  const differences = seen.differences.map((one) => ({
    ...one,
    isExplained: isExplained(one, signature.changes),
  }));
  const visible = { ...seen, differences };
  const unexplained = differences.filter((one) => !one.isExplained);
  if (unexplained.length === 0) return { ...signature, visible };
  const checks = [...signature.checks, checkOf(unexplained)];
  const { qualification, ...rest } = signature;
  return {
    ...rest,
    visible,
    checks,
    verdict: signature.verdict === 'valid' ? 'undecided' : signature.verdict,
    ...indicationOf(checks),
    ...(qualification && { qualification: { word: 'undetermined', reason: 'signatureNotValid' } as const }),
  };
}

const SHOWING: readonly Change['kind'][] = [
  ...([
    'signatureAdded',
    'documentTimestampAdded',
    'fieldFilled',
    'fieldOverwritten',
    'fieldRedesigned',
  ] as const),
  ...(['fieldAdded', 'fieldRemoved', 'annotationAdded', 'annotationChanged', 'annotationRemoved'] as const),
];

/** The page itself may never change; a mark on it is explained by a change of that kind that the rules have judged. */
const isExplained = ({ what, page }: PageDifference, changes: readonly Change[]): boolean =>
  what === 'marks' &&
  changes.some(({ kind, page: where }) => SHOWING.includes(kind) && (where === undefined || where === page));

function checkOf(unexplained: readonly PageDifference[]): Check {
  const pages = [...new Set(unexplained.map(({ page }) => page))].slice(0, 10).join(', ');
  return {
    name: 'changes',
    outcome: 'undecided',
    reason: 'looksDifferent',
    sentence: `Drawn as it was signed and as it is now, the file looks different on page ${pages}; look at it.`,
  };
}
