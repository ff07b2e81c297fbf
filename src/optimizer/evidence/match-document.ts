import type { EvidenceRecord, SealedRecord } from '../../contract/model/evidence.ts';
import { digestByteRange, listSignatures, openFileSource, openPdf } from '../../pdf/index.ts';
import { hashFile } from '../vault/hash-file.ts';

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

/** Computes the hashes of a file anew and looks for them in the records. @throws OssError OSS_PDF_*, OSS_FILE_NOT_FOUND */
export async function matchDocument(
  path: string,
  records: readonly SealedRecord[],
  password?: string,
): Promise<DocumentMatch> {
  const digests = await byteRangeDigests(path, password);
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

async function byteRangeDigests(path: string, password: string | undefined): Promise<ReadonlySet<string>> {
  const source = await openFileSource(path);
  try {
    const pdf = await openPdf(source, password === undefined ? {} : { password });
    const digests = new Set<string>();
    for (const { byteRange } of await listSignatures(pdf)) {
      if (byteRange) digests.add(Buffer.from(await digestByteRange(pdf.source, byteRange)).toString('hex'));
    }
    return digests;
  } finally {
    await source.close();
  }
}
