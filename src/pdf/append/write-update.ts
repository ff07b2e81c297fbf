/** Copies, appends and hashes together: one pass over the original, whatever its size. */
import { createHash, type Hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { OssError } from '../../contract/errors.ts';
import type { ByteSource } from '../byte-source.ts';
import type { SignatureUpdate } from './signature-update.ts';

const BLOCK_SIZE = 1024 * 1024;

export interface WriteOptions {
  /** Bytes done, and to do in all. */
  onProgress?(bytes: number, totalBytes: number): void;
  readonly signal?: AbortSignal;
}

/**
 * Copies a document in one pass and answers the state of SHA-256 after its last byte: the digest of the original
 * is `copy().digest()`, the digest of the ByteRange goes on from there (see `appendUpdate`).
 * Throws OSS_CANCELLED, OSS_FILE_CHANGED and OSS_FILE_WRITE_FAILED.
 */
export async function copyHashed(
  source: ByteSource,
  target: FileHandle,
  options: WriteOptions = {},
): Promise<Hash> {
  const hash = createHash('sha256');
  await copyBlocks(source, target, hash, options);
  return hash;
}

/**
 * Writes the update behind the original bytes that `target` holds already.
 * @param prefixHash SHA-256 after the original; copied, not consumed.
 * @returns SHA-256 of what the signature will cover (ISO 32000-2 §12.8.1). Throws OSS_FILE_WRITE_FAILED.
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

/** While one block is hashed it is also being written, and the next one read. */
async function copyBlocks(
  source: ByteSource,
  target: FileHandle,
  hash: Hash,
  { onProgress, signal }: WriteOptions,
): Promise<void> {
  const blockSize = Math.min(BLOCK_SIZE, source.size);
  let current = new Uint8Array(blockSize);
  let spare = new Uint8Array(source.size > blockSize ? blockSize : 0);
  const load = async (buffer: Uint8Array, offset: number): Promise<Uint8Array> => {
    const part = buffer.subarray(0, Math.min(buffer.length, source.size - offset));
    await source.readInto(part, offset);
    return part;
  };
  let loaded = await load(current, 0);
  for (let offset = 0; offset < source.size; ) {
    if (signal?.aborted) throw new OssError('OSS_CANCELLED');
    const part = loaded;
    const next = offset + part.length;
    const [following] = await settleAll([
      next < source.size ? load(spare, next) : Promise.resolve(part),
      writeFully(target, part, offset),
      Promise.resolve().then(() => hash.update(part)),
    ]);
    loaded = following;
    [current, spare] = [spare, current];
    offset = next;
    onProgress?.(offset, source.size);
  }
}

/** Waits for all of them before it fails, so that nobody still uses a buffer or the file afterwards. */
async function settleAll<T extends readonly Promise<unknown>[]>(
  work: readonly [...T],
): Promise<{ [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(work);
  return Promise.all(work);
}

/** Throws OSS_FILE_WRITE_FAILED. */
export async function writeFully(target: FileHandle, bytes: Uint8Array, offset: number): Promise<void> {
  try {
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await target.write(bytes, done, bytes.length - done, offset + done);
      done += bytesWritten;
    }
  } catch (cause) {
    throw new OssError('OSS_FILE_WRITE_FAILED', {}, { cause });
  }
}

/**
 * Writes the CMS into the hole: lower-case hexadecimal, padded with zeros (ISO 32000-2 §12.8.3.3).
 * Throws OSS_PDF_CONTENTS_OVERFLOW, before anything is written, and OSS_FILE_WRITE_FAILED.
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
