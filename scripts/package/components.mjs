// Every package of others that is in what ships: in node_modules, or inside the bundles.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../run.mjs';
import { closureOf, OUTSIDE } from './modules.mjs';

/** `import … from 'a/b'`, `import('a')`, `export … from 'a'`; not of our own files or of Node. */
const IMPORTED = /(?:from|import)\s*\(?\s*'((?:@[\w.-]+\/)?[\w.-]+)(?:\/[^']*)?'/g;
const TYPES_ONLY = /^\s*(?:import|export) type [^;]*;/gm;
/** Asked for by the compiler of JSX, by name in no source. */
const BY_COMPILER = ['react', 'pdfjs-dist'];

/** Names that the sources import, tests left out. @returns {string[]} */
function importedNames() {
  const names = new Set([...OUTSIDE, ...BY_COMPILER]);
  for (const name of readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })) {
    const file = join('src', name);
    if (!/\.tsx?$/.test(file) || /\.(test|fixture|bench)\.tsx?$/.test(file)) continue;
    const text = readFileSync(join(ROOT, file), 'utf8').replace(TYPES_ONLY, '');
    for (const [, imported = ''] of text.matchAll(IMPORTED)) names.add(imported);
  }
  return [...names];
}

/**
 * What the sources import and what that needs, for every system.
 * @returns {string[]} places in node_modules, sorted
 */
export const shippedComponents = () => closureOf(importedNames().filter((name) => name !== 'electron'));
