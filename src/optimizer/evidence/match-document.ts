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
  for (const record of records) {
    const document = signedDocuments(record).find(({ byteRangeDigest }) =>
      digests.has(byteRangeDigest ?? ''),
    );
    if (document) return { match: document.result?.sha256 === whole ? 'identical' : 'extended', record };
  }
  return { match: 'unknown' };
}

const signedDocuments = ({ record: { content } }: SealedRecord): readonly SignedDocument[] =>
  content.kind === 'transaction' && content.outcome === 'signed' ? content.documents : [];
