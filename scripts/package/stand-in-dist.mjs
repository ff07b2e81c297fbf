// A folder in the shape of Electron's distribution, for a machine that cannot fetch it: what electron-builder puts
// into a package can be looked at, the package itself cannot be used.
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How @electron/fuses finds its switches in the binary, the version of their list, and how many there are. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const FUSES = 9;

/** @param {string} folder */
export function writeStandInDistribution(folder) {
  mkdirSync(join(folder, 'locales'), { recursive: true });
  const wire = Buffer.concat([Buffer.from(SENTINEL), Buffer.from([1, FUSES]), Buffer.alloc(FUSES, '0')]);
  const script = Buffer.from(
    '#!/bin/sh\necho "not Electron: this package was made to be looked at" >&2\nexit 1\n',
  );
  writeFileSync(join(folder, 'electron'), Buffer.concat([script, wire, Buffer.from('\n')]));
  chmodSync(join(folder, 'electron'), 0o755);
  writeFileSync(join(folder, 'version'), '45.4.1');
  writeFileSync(join(folder, 'locales', 'en-US.pak'), '');
}
