import { createHash, type Hash } from 'node:crypto';
import { OssError } from '../../contract/errors.ts';
import { eachBlock, openFileSource } from '../../pdf/index.ts';
import type { DigestName } from '../../pki/index.ts';

/** SHA-256 over the first bytes of a file, as the import left it. */
export interface HashedPrefix {
  readonly bytes: number;
  /** Copied, not consumed. */
  readonly hash: Hash;
}

interface HashOptions {
  readonly signal?: AbortSignal;
  /** What is known of the file already; only the rest is read. */
  readonly prefix?: HashedPrefix;
}

/** The digest of a whole file. @throws OssError OSS_FILE_NOT_FOUND, OSS_FILE_CHANGED */
export async function digestFile(path: string, name: DigestName): Promise<Uint8Array> {
  const source = await openFileSource(path);
  try {
    const hash = createHash(name);
    await eachBlock(source, 0, source.size, (block) => hash.update(block));
    return hash.digest();
  } finally {
    await source.close();
  }
}

/** SHA-256 of a whole file, hexadecimal. @throws OssError OSS_FILE_NOT_FOUND, OSS_FILE_CHANGED, OSS_CANCELLED */
export async function hashFile(path: string, { signal, prefix }: HashOptions = {}): Promise<string> {
  const source = await openFileSource(path);
  try {
    const hash = prefix?.hash.copy() ?? createHash('sha256');
    await eachBlock(source, prefix?.bytes ?? 0, source.size, (block) => {
      if (signal?.aborted) throw new OssError('OSS_CANCELLED');
      hash.update(block);
    });
    return hash.digest('hex');
  } finally {
    await source.close();
  }
}
