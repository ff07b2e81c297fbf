import { statSync } from 'node:fs';

const READABLE_BY_OTHERS = 0o004;

/**
 * Files of secrets that every user of the machine can read. They are told and not refused: in a container all of them
 * may be so, and nobody else is in it.
 * @param config any part of a configuration: references to secrets, keys of TLS, the PIN of a token
 */
export function secretsOpenToAll(config: object, platform: NodeJS.Platform = process.platform): string[] {
  // Modes of Windows say nothing of who may read.
  if (platform === 'win32') return [];
  return [...new Set(secretFilesIn(config))].filter(isOpenToAll).sort();
}

function* secretFilesIn(value: object): Generator<string> {
  const { from, path } = value as { readonly from?: unknown; readonly path?: unknown };
  if (from === 'file' && typeof path === 'string') yield path;
  for (const [name, inner] of Object.entries(value)) {
    if ((name === 'keyFile' || name === 'pinFile') && typeof inner === 'string') yield inner;
    else if (typeof inner === 'object' && inner !== null) yield* secretFilesIn(inner);
  }
}

function isOpenToAll(path: string): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat !== undefined && (stat.mode & READABLE_BY_OTHERS) !== 0;
}
