import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Typefaces } from '../../pdf/index.ts';

/** Typefaces of further scripts, in a folder beside the one of visible signatures. */
const FURTHER_SCRIPTS = 'scripts';

/**
 * The typefaces of visible signatures, read when they are needed: the one given, then, for characters that it
 * does not have, the TrueType files in the folder `scripts` beside it, by name.
 */
export function openTypefaces(signatureFontPath: string): Typefaces {
  const folder = join(dirname(signatureFontPath), FURTHER_SCRIPTS);
  const further = namesIn(folder).filter((name) => /\.ttf$/i.test(name));
  const paths = [signatureFontPath, ...further.sort().map((name) => join(folder, name))];
  return new Typefaces(paths.map((path) => () => readFile(path)));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // an installation without further scripts
  }
}
