import { digestByteRange, listSignatures, openFileSource, openPdf } from '../../pdf/index.ts';

/** The digest of what each signature of a file covers, hexadecimal. @throws OssError OSS_PDF_*, OSS_FILE_NOT_FOUND */
export async function byteRangeDigests(path: string, password: string | undefined): Promise<string[]> {
  const source = await openFileSource(path);
  try {
    const pdf = await openPdf(source, password === undefined ? {} : { password });
    const digests: string[] = [];
    for (const { byteRange } of await listSignatures(pdf)) {
      if (byteRange) digests.push(Buffer.from(await digestByteRange(pdf.source, byteRange)).toString('hex'));
    }
    return digests;
  } finally {
    await source.close();
  }
}
