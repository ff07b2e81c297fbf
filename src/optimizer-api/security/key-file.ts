import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import { writeFileDurably } from '../../base/durable-file.ts';
import { OssError } from '../../contract/errors.ts';
import { type ApiClient, apiClientSchema, isRevoked } from '../../contract/model/api-client.ts';
import { type Applications, newApiKey, newApplication } from './api-keys.ts';

/**
 * Adds an application to the file, which has one JSON line for each.
 * @returns its key
 * @throws OssError OSS_CONFIG_INVALID where an application of that name has a key
 */
export async function addApiKey(path: string, about: Pick<ApiClient, 'name' | 'addresses'>): Promise<string> {
  const clients = await readLines(path, true);
  if (clients.some((client) => client.name === about.name && !isRevoked(client))) {
    throw invalid(`${about.name} has a key; --rotate replaces it`);
  }
  const { key, client } = newApplication(about);
  const checked = apiClientSchema.safeParse(client);
  if (!checked.success) throw invalid(z.prettifyError(checked.error));
  await writeLines(path, [...clients, checked.data]);
  return key;
}

/**
 * Gives an application a new key; the one that it had opens nothing any more. It keeps what it owns.
 * @returns the key
 * @throws OssError OSS_CONFIG_INVALID where no application has that name
 */
export async function rotateApiKey(path: string, name: string): Promise<string> {
  const clients = await readLines(path, true);
  const { revokedAt: _, ...current } = latest(clients, name);
  const { key, sha256 } = newApiKey();
  const others = clients.filter((client) => client.name !== name || client.id !== current.id);
  await writeLines(path, [...others, { ...current, sha256 }]);
  return key;
}

/** @throws OssError OSS_CONFIG_INVALID where no application has that name */
export async function revokeApiKey(path: string, name: string, now: Date): Promise<void> {
  const clients = await readLines(path, true);
  latest(clients, name);
  await writeLines(
    path,
    clients.map((client) =>
      client.name === name && !isRevoked(client) ? { ...client, revokedAt: now.toISOString() } : client,
    ),
  );
}

/** @throws OssError OSS_FILE_NOT_FOUND, OSS_CONFIG_INVALID naming the line, or where no application has a key */
export async function readApiClients(path: string): Promise<ApiClient[]> {
  const clients = await readLines(path, false);
  if (clients.every(isRevoked)) throw invalid(`${path} has no key`);
  return clients;
}

/** Reads the file again when it has changed: a key that is revoked opens nothing from the next call on. */
export function applicationsIn(path: string): Applications {
  let known: { readonly version: string; readonly clients: readonly ApiClient[] } | undefined;
  return async () => {
    const { ino, size, mtimeNs } = await stat(path, { bigint: true }).catch((cause: unknown) => {
      throw new OssError('OSS_FILE_NOT_FOUND', { file: path }, { cause });
    });
    const version = `${ino} ${size} ${mtimeNs}`;
    if (known?.version !== version) known = { version, clients: await readLines(path, false) };
    return known.clients;
  };
}

/** The one that has a key, or had the last one. */
function latest(clients: readonly ApiClient[], name: string): ApiClient {
  const named = clients.filter((client) => client.name === name);
  const found = named.find((client) => !isRevoked(client)) ?? named.at(-1);
  if (!found) throw invalid(`no application is called ${name}`);
  return found;
}

/** @param isOptional an absent file has no line */
async function readLines(path: string, isOptional: boolean): Promise<ApiClient[]> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (isOptional && cause.code === 'ENOENT') return '';
    throw new OssError('OSS_FILE_NOT_FOUND', { file: path }, { cause });
  });
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line, index) => {
    try {
      return apiClientSchema.parse(JSON.parse(line));
    } catch (cause) {
      throw new OssError('OSS_CONFIG_INVALID', { reason: `${path}, line ${index + 1}` }, { cause });
    }
  });
}

/** Readable by this user only. */
const writeLines = (path: string, clients: readonly ApiClient[]): Promise<void> =>
  writeFileDurably(path, Buffer.from(clients.map((client) => `${JSON.stringify(client)}\n`).join('')));

const invalid = (reason: string): OssError => new OssError('OSS_CONFIG_INVALID', { reason });
