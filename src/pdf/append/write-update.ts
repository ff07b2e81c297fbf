/** Copies, appends and hashes together: one pass over the original, whatever its size. */
import { createHash, type Hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { writeWhole } from '../../base/durable-file.ts';
import { OssError, writeFailure } from '../../contract/errors.ts';
import { eachBlock, settleAll } from '../blocks.ts';
import type { ByteSource } from '../byte-source.ts';
import type { SignatureUpdate } from './signature-update.ts';

export interface WriteOptions {
  /** Bytes done, and to do in all. */
  onProgress?(bytes: number, totalBytes: number): void;
  readonly signal?: AbortSignal;
}

/**
 * Copies a document in one pass and answers the state of SHA-256 after its last byte: the digest of the original
 * is `copy().digest()`, the digest of the ByteRange goes on from there (see `appendUpdate`).
 * @throws OSS_CANCELLED, OSS_FILE_CHANGED and OSS_FILE_WRITE_FAILED.
 */
export async function copyHashed(
  source: ByteSource,
  target: FileHandle,
  { onProgress, signal }: WriteOptions = {},
): Promise<Hash> {
  const hash = createHash('sha256');
  await eachBlock(source, 0, source.size, async (block, offset) => {
    if (signal?.aborted) throw new OssError('OSS_CANCELLED');
    // While a block is hashed it is also being written.
    await settleAll([writeFully(target, block, offset), Promise.resolve().then(() => hash.update(block))]);
    onProgress?.(offset + block.length, source.size);
  });
  return hash;
}

/**
 * Writes the update behind the original bytes that `target` holds already.
 * @param prefixHash SHA-256 after the original; copied, not consumed.
 * @returns SHA-256 of what the signature will cover (ISO 32000-2 §12.8.1).
 * @throws OSS_FILE_WRITE_FAILED.
 */
export async function appendUpdate(
  target: FileHandle,
  update: SignatureUpdate,
  prefixHash: Hash,
): Promise<Uint8Array> {
  const original = update.totalSize - update.appended.length;
  const gapStart = update.contentsOffset - original;
  await writeFully(target, update.appended, original);
  return prefixHash
    .copy()
    .update(update.appended.subarray(0, gapStart))
    .update(update.appended.subarray(gapStart + update.contentsLength))
    .digest();
}

/** @throws OSS_FILE_WRITE_FAILED, OSS_DISK_FULL. */
export async function writeFully(target: FileHandle, bytes: Uint8Array, offset: number): Promise<void> {
  try {
    await writeWhole(target, bytes, offset);
  } catch (cause) {
    throw writeFailure(cause);
  }
}

/**
 * Writes the CMS into the placeholder: lower-case hexadecimal, padded with zeros (ISO 32000-2 §12.8.3.3).
 * @throws OSS_PDF_CONTENTS_OVERFLOW, before anything is written, and OSS_FILE_WRITE_FAILED.
 */
export async function embedContents(
  target: FileHandle,
  { contentsOffset, contentsLength }: Pick<SignatureUpdate, 'contentsOffset' | 'contentsLength'>,
  der: Uint8Array,
): Promise<void> {
  const digits = contentsLength - 2;
  if (der.length * 2 > digits) {
    throw new OssError('OSS_PDF_CONTENTS_OVERFLOW', { needed: der.length, reserved: digits / 2 });
  }
  const hex = Buffer.from(der).toString('hex').padEnd(digits, '0');
  await writeFully(target, Buffer.from(`<${hex}>`, 'latin1'), contentsOffset);
}
