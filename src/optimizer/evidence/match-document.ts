import type { EvidenceRecord, SealedRecord } from '../../contract/model/evidence.ts';
import { hashFile } from '../vault/hash-file.ts';
import { type DocumentWork, workInPlace } from '../work/document-work.ts';

/** What the evidence says of a file that somebody brings. */
export interface DocumentMatch {
  /**
   * `identical`: the very file that was delivered. `extended`: what was signed is untouched, and something was
   * added behind it. `unknown`: no record tells of it.
   */
  readonly match: 'identical' | 'extended' | 'unknown';
  readonly record?: SealedRecord;
}

type SignedDocument = Extract<EvidenceRecord['content'], { kind: 'transaction' }>['documents'][number];

/**
 * Computes the hashes of a file again and looks for them in the records.
 * @throws OssError OSS_PDF_*, OSS_FILE_NOT_FOUND, OSS_WORK_*
 */
export async function matchDocument(
  path: string,
  records: readonly SealedRecord[],
  password?: string,
  work: DocumentWork = workInPlace,
): Promise<DocumentMatch> {
  const access = password === undefined ? {} : { password };
  const digests = new Set(await work.run('digests', { path, ...access }));
  const whole = await hashFile(path);
  let extended: SealedRecord | undefined;
  // Of a file that several people signed, the record of the last one tells of the whole.
  for (const record of records) {
    const documents = signedDocuments(record).filter(({ byteRangeDigest }) =>
      digests.has(byteRangeDigest ?? ''),
    );
    if (documents.some(({ result }) => result?.sha256 === whole)) return { match: 'identical', record };
    if (documents.length > 0) extended = record;
  }
  return extended ? { match: 'extended', record: extended } : { match: 'unknown' };
}

const signedDocuments = ({ record: { content } }: SealedRecord): readonly SignedDocument[] =>
  content.kind === 'transaction' && content.outcome === 'signed' ? content.documents : [];
