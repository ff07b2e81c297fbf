// `npm run package`: compiles, writes what goes beside the program, and makes the packages of this system. Further
// arguments go to electron-builder; `--stand-in` takes a folder in place of the Electron binary, to look at the result.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../build.mjs';
import { ROOT, runPackage } from '../run.mjs';
import { writeStandInDistribution } from './stand-in-dist.mjs';
import { builtAt, writeSupplyChain } from './supply-chain.mjs';

/** @param {readonly string[]} given @returns {Promise<boolean>} */
export async function makePackages(given) {
  writeSupplyChain(join(ROOT, 'dist', 'supply-chain'));
  process.env.SOURCE_DATE_EPOCH ??= String(builtAt().getTime() / 1000);
  const standIn = given.includes('--stand-in') ? mkdtempSync(join(tmpdir(), 'electron-dist-')) : undefined;
  try {
    if (standIn) writeStandInDistribution(standIn);
    const args = [
      ...['--config', 'electron-builder.yml', '--publish', 'never'],
      ...given.filter((argument) => argument !== '--stand-in'),
      ...(standIn ? [`-c.electronDist=${standIn}`] : []),
    ];
    return (await runPackage({ package: 'electron-builder', bin: 'electron-builder', args })) === 0;
  } finally {
    if (standIn) rmSync(standIn, { recursive: true });
  }
}

if (process.argv[1] === import.meta.filename) {
  const isMade = (await build()) && (await makePackages(process.argv.slice(2)));
  process.exitCode = isMade ? 0 : 1;
}
