/** Whether an encrypted document is encrypted as it says: what is added would be unreadable otherwise. */
import { constants, inflateSync } from 'node:zlib';
import { OssError } from '../../contract/errors.ts';
import type { PdfDocument } from '../read/document.ts';
import type { Encryption } from '../read/encryption/standard-handler.ts';
import { entryOf, integerOf, nameOf, type PdfReference, type PdfStream } from '../syntax/values.ts';

const MAX_STREAMS = 4;
const MAX_BYTES = 8 * 1024 * 1024;
/** Bytes of a stream that are inflated; deflate makes at most some thousand bytes of one (RFC 1951). */
const BEGINNING = 512;
const MOST_INFLATED = 2048;

/**
 * A wrong method or key makes noise of every stream: AES finds no padding (ISO 32000-2 §7.6.3.1), and what begins a
 * deflated stream cannot be inflated; its header alone is right for one noise in five hundred (RFC 1950 §2.2). Only
 * where nothing on the first page can be read is the document refused; a single damaged stream is another matter.
 * @throws OSS_PDF_ENCRYPTION_UNSUPPORTED.
 */
export async function assertDecryptable(document: PdfDocument): Promise<void> {
  const { encryption } = document;
  if (!encryption) return;
  let looked = 0;
  for (const reference of await contentsOfFirstPage(document)) {
    const fits = await isDecrypted(document, encryption, reference);
    if (fits === true) return;
    if (fits === false) looked += 1;
  }
  if (looked > 0)
    throw new OssError('OSS_PDF_ENCRYPTION_UNSUPPORTED', {
      reason: 'its content is not encrypted in the way that it says',
    });
}

async function contentsOfFirstPage(document: PdfDocument): Promise<PdfReference[]> {
  const { dictionary } = await document.page(1);
  const entry = entryOf(dictionary, 'Contents');
  const value = await document.resolve(entry);
  const parts = value.kind === 'array' ? value.items.map((item) => item.value) : [entry];
  return parts.filter((part) => part.kind === 'reference').slice(0, MAX_STREAMS);
}

/** Undefined where it cannot be told. */
async function isDecrypted(
  document: PdfDocument,
  { cipher }: Encryption,
  reference: PdfReference,
): Promise<boolean | undefined> {
  const stream = await document.get(reference);
  if (stream.kind !== 'stream') return undefined;
  const filter = await filterOf(document, stream);
  const length = integerOf(await document.lookup(stream.dictionary, 'Length')) ?? 0;
  if (filter === 'other' || length <= 0 || length > MAX_BYTES) return undefined;
  const data = await document.source.read(stream.dataOffset, length);
  let plain: Uint8Array;
  try {
    plain = cipher.decryptStream(reference, data);
  } catch (error) {
    if (error instanceof OssError && error.code === 'OSS_PDF_MALFORMED') return false;
    throw error;
  }
  if (filter === 'none' || plain.length < 2) return undefined;
  return beginsDeflated(plain);
}

/** By its first bytes: what is damaged further on is not for the encryption to answer for. */
function beginsDeflated(plain: Uint8Array): boolean {
  try {
    inflateSync(plain.subarray(0, BEGINNING), {
      finishFlush: constants.Z_SYNC_FLUSH,
      maxOutputLength: BEGINNING * MOST_INFLATED,
    });
    return true;
  } catch (error) {
    if (String((error as { code?: unknown }).code).startsWith('Z_')) return false;
    throw error;
  }
}

async function filterOf(
  document: PdfDocument,
  { dictionary }: PdfStream,
): Promise<'none' | 'flate' | 'other'> {
  const filter = await document.lookup(dictionary, 'Filter');
  if (filter.kind === 'null' || (filter.kind === 'array' && filter.items.length === 0)) return 'none';
  const [only] = filter.kind === 'array' && filter.items.length === 1 ? filter.items : [];
  const name = nameOf(only ? await document.resolve(only.value) : filter);
  return name === 'FlateDecode' || name === 'Fl' ? 'flate' : 'other';
}
