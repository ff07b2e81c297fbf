import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { appendFile, readFile } from 'node:fs/promises';
import { z } from 'zod';
import { OssError } from '../../../contract/errors.ts';

/** One client application: its key as a hash, and the addresses it may call from, where they are known. */
const apiClientSchema = z.strictObject({
  name: z.string().regex(/^[\w.-]{1,64}$/),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  addresses: z.array(z.union([z.ipv4(), z.ipv6()])).optional(),
});
export type ApiClient = z.infer<typeof apiClientSchema>;

const hash = (key: string): Buffer => createHash('sha256').update(key).digest();

/**
 * Makes a key for a client and adds its hash to the file, one JSON line a client. A key has 256 random bits,
 * so a plain hash keeps it. @returns the key: it is shown this once and kept nowhere
 */
export async function addApiKey(path: string, client: Omit<ApiClient, 'sha256'>): Promise<string> {
  const key = `osk_${randomBytes(32).toString('base64url')}`;
  const line = apiClientSchema.safeParse({ ...client, sha256: hash(key).toString('hex') });
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
