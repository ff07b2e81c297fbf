/** The finished revision of a signature or a document time stamp: everything but what goes into /Contents. */
import { OssError } from '../../contract/errors.ts';
import type { ByteRange } from '../signatures/list-signatures.ts';
import type { PdfReference } from '../syntax/values.ts';
import type { Revision } from './revision.ts';
import { revisionBytes } from './revision-bytes.ts';
import { type SignaturePlaceholders, writeByteRange } from './signature-dictionary.ts';

export interface SignatureUpdate {
  /** The bytes that follow the unchanged original. */
  readonly appended: Uint8Array;
  /** Offset of the `<` of /Contents in the finished file. */
  readonly contentsOffset: number;
  /** Length of the string with its delimiters. */
  readonly contentsLength: number;
  readonly byteRange: ByteRange;
  readonly fieldName: string;
  readonly totalSize: number;
}

/** Now that every offset is known, /ByteRange is filled in (§12.8.1). */
export async function finishSignatureUpdate(
  revision: Revision,
  signature: PdfReference,
  placeholders: SignaturePlaceholders,
  fieldName: string,
): Promise<SignatureUpdate> {
  const { size, source } = revision.document;
  const [lastByte] = await source.read(size - 1, 1);
  const { bytes, bodyOffsets } = revisionBytes(revision, lastByte);
  const body = bodyOffsets.get(signature.number);
  if (body === undefined)
    throw new OssError('OSS_INTERNAL', { reason: 'the signature is not in its revision' });
  const totalSize = size + bytes.length;
  const contentsOffset = body + placeholders.contentsAt;
  const afterContents = contentsOffset + placeholders.contentsLength;
  const byteRange: ByteRange = [0, contentsOffset, afterContents, totalSize - afterContents];
  bytes.write(writeByteRange(byteRange), body + placeholders.byteRangeAt - size, 'latin1');
  return {
    appended: bytes,
    contentsOffset,
    contentsLength: placeholders.contentsLength,
    byteRange,
    fieldName,
    totalSize,
  };
}
