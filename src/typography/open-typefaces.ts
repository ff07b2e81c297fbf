/** Which font files there are: those that come along, and those of the operator. */
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Typefaces } from './typefaces.ts';

/** Typefaces of further scripts, in a folder beside the first one. */
const FURTHER_SCRIPTS = 'scripts';

/**
 * Typefaces, read when they are needed: the one given; for characters that it does not have, the files in the
 * folder `scripts` beside it, then those in the folder of the operator, in the order of their names.
 * @param operatorFolder for scripts whose fonts are too large to come along, such as Chinese, Japanese and Korean
 */
export function openTypefaces(
  fontPath: string,
  operatorFolder: string | undefined = process.env.ONESHOT_FONTS,
): Typefaces {
  const paths = [
    fontPath,
    ...fontsIn(join(dirname(fontPath), FURTHER_SCRIPTS)),
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
