/** The CMS in a file: as DER or BER, armoured, or as base64. */
import { OssError } from '../../contract/errors.ts';
import { openFileSource } from '../../pdf/index.ts';

/** A message is decoded in memory, its content several times over; what is larger is signed detached. */
const LARGEST = 64 * 1024 * 1024;

const ARMOURED = /-----BEGIN [A-Z0-9 #]+-----([A-Za-z0-9+/=\s]*)-----END/u;

/** @throws OssError OSS_FILE_NOT_FOUND, OSS_PDF_LIMIT */
export async function readMessageFile(path: string): Promise<Uint8Array> {
  const source = await openFileSource(path);
  try {
    if (source.size > LARGEST) throw new OssError('OSS_PDF_LIMIT', { reason: 'size of a signed message' });
    return messageIn(Buffer.from(await source.read(0, source.size)));
  } finally {
    await source.close();
  }
}

export function messageIn(bytes: Buffer): Uint8Array {
  if (bytes[0] === 0x30) return bytes;
  const text = bytes.toString('latin1');
  return Buffer.from(ARMOURED.exec(text)?.[1] ?? text, 'base64');
}
