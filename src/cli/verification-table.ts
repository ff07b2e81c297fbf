/** Verifications as a table of comma-separated values (RFC 4180), a line for each signature. */
import { csvLine } from '../base/csv.ts';
import type { VerificationReport } from '../contract/model/verification.ts';

const COLUMNS = [
  ...['file', 'verdict', 'field', 'signature', 'indication', 'subIndication', 'signer', 'issuer'],
  ...['claimedTime', 'provenTime', 'level', 'qualification', 'timestamp', 'protectedUntil', 'finding'],
] as const;
type Row = Readonly<Partial<Record<(typeof COLUMNS)[number], string | undefined>>>;

/** A file that could not be verified; `finding`: why. */
export interface UnreadFile {
  readonly file: string;
  readonly verdict: string;
  readonly finding: string;
}

export const tableHead = (): string => csvLine(COLUMNS);

export function tableLines(one: VerificationReport | UnreadFile): string {
  return rowsOf(one)
    .map((row) => csvLine(COLUMNS.map((column) => row[column] ?? '')))
    .join('');
}

function rowsOf(one: VerificationReport | UnreadFile): Row[] {
  if (!('signatures' in one)) return [{ ...one }];
  const { file, verdict, signatures, checks, protection } = one;
  const flawOf = (found: VerificationReport['checks']): string | undefined =>
    (
      found.find(({ outcome }) => outcome === 'failed') ??
      found.find(({ outcome }) => outcome === 'undecided')
    )?.sentence;
  if (signatures.length === 0) return [{ file, verdict, finding: flawOf(checks) }];
  return signatures.map((signature) => ({
    file,
    verdict,
    field: signature.field,
    signature: signature.verdict,
    indication: signature.indication,
    subIndication: signature.subIndication,
    signer: signature.signer,
    issuer: signature.issuer,
    claimedTime: signature.claimedSigningTime,
    provenTime: signature.provenTime,
    level: signature.level,
    qualification: signature.qualification?.word,
    timestamp: signature.timestampQualification?.word,
    protectedUntil: protection?.until,
    finding: flawOf(signature.checks) ?? flawOf(checks),
  }));
}
