import type { SealedRecord } from '../../contract/model/evidence.ts';
import type { Language } from '../../contract/model/language.ts';
import type { VerifiedFile } from './verification-report.ts';

export type { VerifiedFile } from './verification-report.ts';

// The PDF library is loaded with the first report: the station starts without it.

/** See `evidence-report.ts`, and `case-report.ts` for the records of a case. */
export async function writeEvidenceReport(
  records: readonly SealedRecord[],
  language: Language,
  fonts: string,
): Promise<Uint8Array> {
  if (records[0]?.record.content.kind === 'case')
    return (await import('./case-report.ts')).writeCaseReport(records, language, fonts);
  return (await import('./evidence-report.ts')).writeEvidenceReport(records, language, fonts);
}

/** See `verification-report.ts`. */
export async function writeVerificationReport(
  file: VerifiedFile,
  language: Language,
  fonts: string,
): Promise<Uint8Array> {
  return (await import('./verification-report.ts')).writeVerificationReport(file, language, fonts);
}
