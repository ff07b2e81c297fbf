import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { OssError } from '../../contract/errors.ts';
import { writeDurably } from '../../optimizer/index.ts';
import type { SecretStore } from './secret-store.port.ts';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** 32 bytes, asked for at the first need. */
export type SealingKey = () => Promise<Buffer>;

export const newSealingKey = (): Buffer => randomBytes(KEY_BYTES);

/**
 * Secrets as files, sealed with AES-256-GCM (SP 800-38D), readable by this user only.
 * @throws OssError OSS_FILE_WRITE_FAILED
 */
export async function openSealedFiles(directory: string, sealingKey: SealingKey): Promise<SecretStore> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const pathOf = (name: string): string =>
    join(directory, `${createHash('sha256').update(name).digest('hex').slice(0, 32)}.sealed`);
  return {
    async put(name, secret) {
      await writeDurably(pathOf(name), seal(await sealingKey(), name, secret));
    },
    async get(name) {
      const sealed = await readFile(pathOf(name)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined;
        throw error;
      });
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
  const existing = await readFile(path).catch(() => undefined);
  if (existing?.length === KEY_BYTES) return existing;
  if (existing) throw new OssError('OSS_CONFIG_INVALID', { reason: `${path} is not a key` });
  const key = newSealingKey();
  await writeDurably(path, key);
  return key;
}

/** The name is authenticated with it: a file moved to another name does not open. */
function seal(key: Buffer, name: string, secret: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(name));
  const body = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

function open(key: Buffer, name: string, sealed: Buffer): string {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES))
      .setAAD(Buffer.from(name))
      .setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const body = sealed.subarray(NONCE_BYTES + TAG_BYTES);
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new OssError('OSS_CONFIG_INVALID', { reason: 'a stored secret does not open' }, { cause });
  }
}
