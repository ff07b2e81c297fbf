import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { appendFile, readFile } from 'node:fs/promises';
import { z } from 'zod';
import { OssError } from '../../contract/errors.ts';
import { type ApiClient, apiClientSchema } from '../../contract/model/api-client.ts';

const hash = (key: string): Buffer => createHash('sha256').update(key).digest();

/** 256 random bits, so a plain hash keeps it. The key is shown this once and kept nowhere. */
export function newApiKey(): { readonly key: string; readonly sha256: string } {
  const key = `osk_${randomBytes(32).toString('base64url')}`;
  return { key, sha256: hash(key).toString('hex') };
}

/** Makes a key for a client and adds its hash to the file, one JSON line a client. @returns the key */
export async function addApiKey(path: string, client: Omit<ApiClient, 'sha256'>): Promise<string> {
  const { key, sha256 } = newApiKey();
  const line = apiClientSchema.safeParse({ ...client, sha256 });
  if (!line.success) throw new OssError('OSS_CONFIG_INVALID', { reason: z.prettifyError(line.error) });
  await appendFile(path, `${JSON.stringify(line.data)}\n`, { mode: 0o600, flush: true });
  return key;
}

/** @throws OssError OSS_FILE_NOT_FOUND, OSS_CONFIG_INVALID naming the line */
export async function readApiClients(path: string): Promise<ApiClient[]> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new OssError('OSS_FILE_NOT_FOUND', { file: path }, { cause });
  });
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) throw new OssError('OSS_CONFIG_INVALID', { reason: `${path} has no key` });
  return lines.map((line, index) => {
    try {
      return apiClientSchema.parse(JSON.parse(line));
    } catch (cause) {
      throw new OssError('OSS_CONFIG_INVALID', { reason: `${path}, line ${index + 1}` }, { cause });
    }
  });
}

/** The client that has this key; every stored hash is compared, in constant time. */
export function clientOf(clients: readonly ApiClient[], key: string): ApiClient | undefined {
  const presented = hash(key);
  return clients.filter(({ sha256 }) => timingSafeEqual(presented, Buffer.from(sha256, 'hex')))[0];
}
