/** Repairs a damaged cross-reference by appending a complete new one: no byte of the file changes. */
import { randomBytes as cryptoRandomBytes } from 'node:crypto';
import type { ByteSource } from '../byte-source.ts';
import type { RandomBytes } from '../read/encryption/object-cipher.ts';
import { writeCompleteXref } from './complete-xref.ts';
import { rebuildDocument } from './rebuild.ts';

export interface RepairOptions {
  readonly password?: string;
  readonly randomBytes?: RandomBytes;
}

/**
 * The bytes that make a file readable when they follow it. Meant for one that cannot be read because of its
 * cross-reference (OSS_PDF_XREF_DAMAGED); a file of which a part is missing stays as it is.
 * @throws what opening a document throws, OSS_PDF_XREF_DAMAGED where more is damaged, and OSS_PDF_DAMAGED_SIGNED.
 */
export async function planRepair(source: ByteSource, options: RepairOptions = {}): Promise<Uint8Array> {
  const rebuilt = await rebuildDocument(source, options.password ?? '');
  const [lastByte] = await source.read(source.size - 1, 1);
  return writeCompleteXref(rebuilt, {
    size: source.size,
    lastByte,
    randomBytes: options.randomBytes ?? cryptoRandomBytes,
  });
}
