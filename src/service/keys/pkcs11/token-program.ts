import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NAME = 'pkcs11-token.js';

/** The compiled program that owns a token, beside the other compiled ones, from wherever this module runs. */
export function tokenProgram(): string {
  const here = fileURLToPath(import.meta.url);
  const compiled = /^(.*[\\/]out[\\/]main)[\\/]/.exec(here)?.[1];
  if (compiled !== undefined) return join(compiled, NAME);
  const root = here.replace(/[\\/]src[\\/]service[\\/].*$/, '');
  return join(root, 'out', 'main', NAME);
}
