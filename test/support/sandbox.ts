import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureSandboxAuthorities, type SandboxOptions } from '../../src/service/ca/sandbox-authorities.ts';
import { SoftwareKeyStore } from '../../src/service/keys/software/software-key-store.ts';

/** A sandbox hierarchy in a directory of its own; the same options open it again. */
export async function makeSandbox(overrides: Partial<SandboxOptions> = {}) {
  const directory = await mkdtemp(join(tmpdir(), 'oss-sandbox-'));
  const options: SandboxOptions = {
    directory,
    keyStore: new SoftwareKeyStore(join(directory, 'keys'), 'derived passphrase'),
    publicUrl: 'http://127.0.0.1:4100',
    clock: () => new Date(),
    randomBytes,
    ...overrides,
  };
  return { options, authorities: await ensureSandboxAuthorities(options) };
}
