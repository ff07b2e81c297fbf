import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { z } from 'zod';
import { OssError } from '../../contract/errors.ts';
import { SECRET_NAMES, type SecretName, type SecretStore } from './port.ts';

const deriveKey = promisify<string, Buffer, number, object, Buffer>(scrypt);

/** OWASP's floor for scrypt at rest (N = 2^17, r = 8, p = 1); needs 128 MiB while deriving. */
const COST = Object.freeze({ N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 2 ** 20 });

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
 * keychain. The whole file is authenticated, so a changed byte is noticed.
 *
 * @throws OssError OSS_CREDENTIALS_INVALID for a wrong passphrase or a changed file
 */
export async function openPassphraseFile(path: string, passphrase: string): Promise<SecretStore> {
  const secrets = await decrypt(path, passphrase);
  const save = () => encrypt(path, passphrase, secrets);
  return {
    keptIn: 'passphrase-file',
    read: async (name) => secrets.get(name),
    async write(name, secret) {
      secrets.set(name, secret);
      await save();
    },
    async remove(name) {
      secrets.delete(name);
      await save();
    },
  };
}

async function decrypt(path: string, passphrase: string): Promise<Map<SecretName, string>> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return new Map();
  try {
    const file = fileSchema.parse(JSON.parse(text));
    const key = await deriveKey(passphrase, Buffer.from(file.salt, 'base64'), 32, COST);
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

async function encrypt(path: string, passphrase: string, secrets: Map<SecretName, string>): Promise<void> {
  const salt = randomBytes(16);
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', await deriveKey(passphrase, salt, 32, COST), nonce);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(Object.fromEntries(secrets))), cipher.final()]);
  const file: z.infer<typeof fileSchema> = {
    version: 1,
    salt: salt.toString('base64'),
    nonce: nonce.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    secrets: sealed.toString('base64'),
  };
  await writeFile(`${path}.partial`, JSON.stringify(file), { mode: 0o600, flush: true });
  await rename(`${path}.partial`, path);
}
