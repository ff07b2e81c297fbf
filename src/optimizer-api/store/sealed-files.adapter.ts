import { createHash, randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readIfPresent, removePartials, writeFileDurably } from '../../base/durable-file.ts';
import { sealedBox } from '../../base/sealed-box.ts';
import { OssError } from '../../contract/errors.ts';
import type { CredentialStore } from './credential-store.port.ts';

const KEY_BYTES = 32;

/** 32 bytes, asked for at the first need. */
export type SealingKey = () => Promise<Buffer>;

export const newSealingKey = (): Buffer => randomBytes(KEY_BYTES);

/**
 * Secrets as files, sealed with AES-256-GCM (SP 800-38D), readable by this user only.
 * @throws OssError OSS_FILE_WRITE_FAILED
 */
export async function openSealedFiles(directory: string, sealingKey: SealingKey): Promise<CredentialStore> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await removePartials(directory);
  const pathOf = (name: string): string =>
    join(directory, `${createHash('sha256').update(name).digest('hex').slice(0, 32)}.sealed`);
  return {
    async put(name, secret) {
      await writeFileDurably(pathOf(name), sealedBox(await sealingKey()).seal(Buffer.from(secret), name));
    },
    async get(name) {
      const sealed = await readIfPresent(pathOf(name));
      return sealed && open(await sealingKey(), name, sealed);
    },
    remove: (name) => rm(pathOf(name), { force: true }),
  };
}

/**
 * A key that lies beside what it seals: it protects copies of single files and backups without the key, not
 * against this user. @throws OssError OSS_CONFIG_INVALID where the key file is damaged
 */
export function keyBeside(directory: string): SealingKey {
  let key: Promise<Buffer> | undefined;
  return () => {
    key ??= keyOf(join(directory, 'key'));
    return key;
  };
}

async function keyOf(path: string): Promise<Buffer> {
  const existing = await readIfPresent(path);
  if (existing?.length === KEY_BYTES) return existing;
  if (existing) throw new OssError('OSS_CONFIG_INVALID', { reason: `${path} is not a key` });
  const key = newSealingKey();
  await writeFileDurably(path, key);
  return key;
}

/** The name is authenticated with it: a file moved to another name does not open. */
function open(key: Buffer, name: string, sealed: Buffer): string {
  try {
    return Buffer.from(sealedBox(key).open(sealed, name)).toString('utf8');
  } catch (cause) {
    throw new OssError('OSS_CONFIG_INVALID', { reason: 'a stored secret does not open' }, { cause });
  }
}
