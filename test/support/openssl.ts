import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** OpenSSL as judge: throws with its own words when it refuses. */
export function openssl(...args: readonly string[]): string {
  return execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Writes bytes or text to a fresh file that OpenSSL can be pointed at. */
export function asFile(content: Uint8Array | string, name = 'input'): string {
  const path = join(mkdtempSync(join(tmpdir(), 'oss-openssl-')), name);
  writeFileSync(path, content);
  return path;
}
