import { createHash, type Hash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { OssError } from '../../contract/errors.ts';
import { copyHashed, eachBlock, openFileSource, type WriteOptions, writeFully } from '../../pdf/index.ts';

/** A document in the vault, with the state of SHA-256 after the last original byte: hash once, go on later. */
export interface VaultCopy {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: Uint8Array;
  readonly hash: Hash;
}

/**
 * Copies a document into the vault in one pass, hashing on the way. The original is only read.
 * @throws OssError OSS_FILE_NOT_FOUND, OSS_PDF_EMPTY, OSS_CANCELLED, OSS_FILE_CHANGED, OSS_FILE_WRITE_FAILED
 */
export async function copyIntoVault(
  sourcePath: string,
  vaultPath: string,
  options: WriteOptions = {},
): Promise<VaultCopy> {
  const source = await openFileSource(sourcePath);
  try {
    if (source.size === 0) throw new OssError('OSS_PDF_EMPTY');
    const target = await open(vaultPath, 'wx', 0o600);
    try {
      const hash = await copyHashed(source, target, options);
      return { name: basename(sourcePath), bytes: source.size, sha256: hash.copy().digest(), hash };
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/**
 * Appends a repair to a vault copy; from now on it belongs to what is shown and hashed.
 * @throws OssError OSS_FILE_WRITE_FAILED
 */
export async function appendToVaultCopy(
  vaultPath: string,
  { bytes, hash }: VaultCopy,
  repair: Uint8Array,
): Promise<void> {
  const target = await open(vaultPath, 'r+');
  try {
    await writeFully(target, repair, bytes);
    hash.update(repair);
  } finally {
    await target.close();
  }
}

/** SHA-256 over the first `bytes` of a vault copy, for a process that no longer has the state of the import. */
export async function hashPrefix(path: string, bytes: number): Promise<Hash> {
  const source = await openFileSource(path);
  try {
    const hash = createHash('sha256');
    await eachBlock(source, 0, bytes, (block) => hash.update(block));
    return hash;
  } finally {
    await source.close();
  }
}
