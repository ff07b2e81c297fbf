import { createHash, type Hash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { OssError } from '../../contract/errors.ts';

const BLOCK = 1024 * 1024;

/** A document in the vault, with the state of SHA-256 after the last original byte: hash once, go on later. */
export interface VaultCopy {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: Uint8Array;
  readonly hash: Hash;
}

/**
 * Copies a document into the vault in one pass, hashing on the way. The original is only read.
 * @throws OssError OSS_FILE_NOT_FOUND, OSS_PDF_EMPTY, OSS_CANCELLED, OSS_FILE_WRITE_FAILED
 */
export async function copyIntoVault(
  sourcePath: string,
  vaultPath: string,
  options: { onBytes?: (done: number, total: number) => void; signal?: AbortSignal } = {},
): Promise<VaultCopy> {
  const size = await sizeOfRegularFile(sourcePath);
  const source = await open(sourcePath, 'r').catch((cause: unknown) => {
    throw new OssError('OSS_FILE_NOT_FOUND', { file: basename(sourcePath) }, { cause });
  });
  try {
    const target = await open(vaultPath, 'wx', 0o600);
    try {
      const hash = createHash('sha256');
      let done = 0;
      // Two buffers in turn: one is written while the other is read and hashed.
      const buffers = [Buffer.allocUnsafe(BLOCK), Buffer.allocUnsafe(BLOCK)] as const;
      let pending: Promise<unknown> = Promise.resolve();
      for (let turn = 0; ; turn++) {
        if (options.signal?.aborted) throw new OssError('OSS_CANCELLED');
        const { bytesRead, buffer } = await source.read(buffers[(turn % 2) as 0 | 1], 0, BLOCK, done);
        if (bytesRead === 0) break;
        await pending;
        pending = target.write(buffer, 0, bytesRead, done);
        hash.update(buffer.subarray(0, bytesRead));
        done += bytesRead;
        options.onBytes?.(done, size);
      }
      await pending;
      if (done === 0) throw new OssError('OSS_PDF_EMPTY', { file: basename(sourcePath) });
      return { name: basename(sourcePath), bytes: done, sha256: new Uint8Array(hash.copy().digest()), hash };
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

async function sizeOfRegularFile(path: string): Promise<number> {
  const info = await stat(path).catch((cause: unknown) => {
    throw new OssError('OSS_FILE_NOT_FOUND', { file: basename(path) }, { cause });
  });
  if (!info.isFile())
    throw new OssError('OSS_FILE_NOT_FOUND', { file: basename(path), reason: 'not a file' });
  return info.size;
}

/** SHA-256 over the first `bytes` of a vault copy, for a process that no longer has the state of the import. */
export async function hashPrefix(path: string, bytes: number): Promise<Hash> {
  const file = await open(path, 'r');
  try {
    const hash = createHash('sha256');
    const buffer = Buffer.allocUnsafe(BLOCK);
    for (let done = 0; done < bytes; ) {
      const { bytesRead } = await file.read(buffer, 0, Math.min(BLOCK, bytes - done), done);
      if (bytesRead === 0) throw new OssError('OSS_FILE_CHANGED');
      hash.update(buffer.subarray(0, bytesRead));
      done += bytesRead;
    }
    return hash;
  } finally {
    await file.close();
  }
}
