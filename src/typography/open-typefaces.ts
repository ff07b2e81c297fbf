/** Which font files there are: those that come along, and those of the operator. */
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Typefaces } from './typefaces.ts';

/** Typefaces of further scripts, in a folder beside the first one. */
const FURTHER_SCRIPTS = 'scripts';
/** Too large to be kept beside the others; comes as a package. */
const DEVANAGARI = '@expo-google-fonts/noto-sans-devanagari/400Regular/NotoSansDevanagari_400Regular.ttf';

/**
 * Typefaces, read when they are needed: the one given; for characters that it does not have, the files in the
 * folder `scripts` beside it, Devanagari, and the files in the folder of the operator, in the order of their names.
 * @param operatorFolder for scripts whose fonts are too large to come along, such as Chinese, Japanese and Korean
 */
export function openTypefaces(
  fontPath: string,
  operatorFolder: string | undefined = process.env.ONESHOT_FONTS,
): Typefaces {
  const paths = [
    fontPath,
    ...fontsIn(join(dirname(fontPath), FURTHER_SCRIPTS)),
    ...packaged(DEVANAGARI),
    ...(operatorFolder ? fontsIn(operatorFolder) : []),
  ];
  return new Typefaces(paths.map((path) => () => readFile(path)));
}

/** A folder that is not there holds no fonts: an installation without further scripts. */
function fontsIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /\.(ttf|otf|ttc)$/i.test(name))
      .sort()
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

function packaged(file: string): string[] {
  try {
    return [createRequire(import.meta.url).resolve(file)];
  } catch {
    return []; // a package built without it; its script is then refused by name
  }
}
