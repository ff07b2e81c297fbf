import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { readTextIfPresent, writeFileDurably } from '../../base/durable-file.ts';
import { SerialQueue } from '../../base/keyed-queue.ts';
import { openParts, sealParts } from '../../base/sealed-box.ts';
import { DESK_COST, deriveKey, type HashCost } from '../../base/secret-hash.ts';
import { OssError } from '../../contract/errors.ts';
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
  cost: HashCost = DESK_COST,
): Promise<SecretStore> {
  const file = await readSealed(path);
  const salt = file ? Buffer.from(file.salt, 'base64') : randomBytes(16);
  const key = await deriveKey(passphrase, salt, cost);
  const secrets = file ? unseal(file, key) : new Map<SecretName, string>();
  const writes = new SerialQueue();
  // Each write has all that is known by then: no secret is lost to another's.
  const save = () => writes.run(() => writeFileDurably(path, JSON.stringify(seal(secrets, key, salt))));
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
  const text = await readTextIfPresent(path);
  try {
    return text === undefined ? undefined : fileSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new OssError('OSS_CREDENTIALS_INVALID', { reason: 'passphrase' }, { cause });
  }
}

function unseal(file: SealedFile, key: Buffer): Map<SecretName, string> {
  try {
    const plain = openParts(key, {
      nonce: Buffer.from(file.nonce, 'base64'),
      tag: Buffer.from(file.tag, 'base64'),
      body: Buffer.from(file.secrets, 'base64'),
    });
    const secrets = secretsSchema.parse(JSON.parse(plain.toString('utf8')));
    return new Map(Object.entries(secrets) as [SecretName, string][]);
  } catch (cause) {
    throw new OssError('OSS_CREDENTIALS_INVALID', { reason: 'passphrase' }, { cause });
  }
}

function seal(secrets: ReadonlyMap<SecretName, string>, key: Buffer, salt: Buffer): SealedFile {
  const { nonce, tag, body } = sealParts(key, Buffer.from(JSON.stringify(Object.fromEntries(secrets))));
  return {
    version: 1,
    salt: salt.toString('base64'),
    nonce: toBase64(nonce),
    tag: toBase64(tag),
    secrets: toBase64(body),
  };
}

const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
