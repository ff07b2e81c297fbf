import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { OssError } from '../../contract/errors.ts';
import { deriveKey, USUAL_WORK, type Work } from './derive-key.ts';
import { SECRET_NAMES, type SecretName, type SecretStore } from './port.ts';

const fileSchema = z.strictObject({
  version: z.literal(1),
  salt: z.base64(),
  nonce: z.base64(),
  tag: z.base64(),
  secrets: z.base64(),
});
const secretsSchema = z.partialRecord(z.enum(SECRET_NAMES), z.string());

/**
 * Secrets in a file under AES-256-GCM with a key from the clerk's passphrase: for computers without a
 * keychain. The whole file is authenticated, so a changed byte is noticed. The key is derived once and kept
 * while the station runs, with its salt; every write has a nonce of its own.
 *
 * @throws OssError OSS_CREDENTIALS_INVALID for a wrong passphrase or a changed file
 */
export async function openPassphraseFile(
  path: string,
  passphrase: string,
  work: Work = USUAL_WORK,
): Promise<SecretStore> {
  const file = await readSealed(path);
  const salt = file ? Buffer.from(file.salt, 'base64') : randomBytes(16);
  const key = await deriveKey(passphrase, salt, work);
  const secrets = file ? unseal(file, key) : new Map<SecretName, string>();
  let saved: Promise<void> = Promise.resolve();
  // One write after the other, each with all that is known by then: nobody's secret is lost to another's.
  const save = () => {
    saved = saved.catch(() => undefined).then(() => write(path, seal(secrets, key, salt)));
    return saved;
  };
  return {
    keptIn: 'passphrase-file',
    read: async (name) => secrets.get(name),
    async write(name, secret) {
      secrets.set(name, secret);
      await save();
    },
    async remove(name) {
      if (secrets.delete(name)) await save();
    },
  };
}

type SealedFile = z.infer<typeof fileSchema>;

/** @throws OssError OSS_CREDENTIALS_INVALID for a file that is not one of ours any more */
async function readSealed(path: string): Promise<SealedFile | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  try {
    return text === undefined ? undefined : fileSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new OssError('OSS_CREDENTIALS_INVALID', { reason: 'passphrase' }, { cause });
  }
}

function unseal(file: SealedFile, key: Buffer): Map<SecretName, string> {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(file.nonce, 'base64'), {
      authTagLength: 16,
    });
    decipher.setAuthTag(Buffer.from(file.tag, 'base64'));
    const plain = Buffer.concat([decipher.update(file.secrets, 'base64'), decipher.final()]);
    const secrets = secretsSchema.parse(JSON.parse(plain.toString('utf8')));
    return new Map(Object.entries(secrets) as [SecretName, string][]);
  } catch (cause) {
    throw new OssError('OSS_CREDENTIALS_INVALID', { reason: 'passphrase' }, { cause });
  }
}

function seal(secrets: ReadonlyMap<SecretName, string>, key: Buffer, salt: Buffer): SealedFile {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(Object.fromEntries(secrets))), cipher.final()]);
  return {
    version: 1,
    salt: salt.toString('base64'),
    nonce: nonce.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    secrets: sealed.toString('base64'),
  };
}

async function write(path: string, file: SealedFile): Promise<void> {
  await writeFile(`${path}.partial`, JSON.stringify(file), { mode: 0o600, flush: true });
  await rename(`${path}.partial`, path);
}
