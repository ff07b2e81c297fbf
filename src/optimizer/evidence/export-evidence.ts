import { join } from 'node:path';
import { z } from 'zod';
import { canonicalJson, type JsonObject } from '../../base/canonical-json.ts';
import { OssError } from '../../contract/errors.ts';
import { type SealedRecord, sealedRecordSchema, subjectOf } from '../../contract/model/evidence.ts';
import type { Language } from '../../contract/model/language.ts';
import { writeEvidenceReport } from '../report/index.ts';
import { writeNewFile } from '../vault/new-file.ts';

/** The records of one transaction or of one case, as they are given away. */
const exportSchema = z.strictObject({ records: z.array(sealedRecordSchema).min(1) });

/**
 * Writes the records (JSON) and the report made from them (PDF) into a folder. Never over a file.
 * @param fonts folder with the typefaces of the report
 * @returns the paths written
 * @throws OssError OSS_FILE_EXISTS, OSS_FILE_WRITE_FAILED, OSS_EVIDENCE_NOT_FOUND
 */
export async function exportEvidence(
  records: readonly SealedRecord[],
  folder: string,
  language: Language,
  fonts: string,
): Promise<string[]> {
  const id = records[0] && subjectOf(records[0].record.content);
  if (id === undefined) throw new OssError('OSS_EVIDENCE_NOT_FOUND');
  const report = await writeEvidenceReport(records, language, fonts);
  const base = join(folder, `evidence-${id}`);
  return [
    await writeNewFile(base, '.pdf', report),
    await writeNewFile(base, '.json', Buffer.from(exportedRecords(records))),
  ];
}

/** The records as `parseExport` reads them: one line of canonical JSON. */
export const exportedRecords = (records: readonly SealedRecord[]): string =>
  `${canonicalJson({ records } as unknown as JsonObject)}\n`;

/** @throws OssError OSS_EVIDENCE_DAMAGED for anything that is no exported evidence */
export function parseExport(text: string): SealedRecord[] {
  try {
    return exportSchema.parse(JSON.parse(text)).records;
  } catch (cause) {
    throw new OssError('OSS_EVIDENCE_DAMAGED', { reason: 'not exported evidence' }, { cause });
  }
}
