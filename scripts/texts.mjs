// `npm run texts` writes src/texts/english.ts: the English texts as types, from which the compiler knows every
// key and the values that its text takes. A test compares the file with what this makes of the texts.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './run.mjs';

const ENGLISH = join(ROOT, 'resources', 'locales', 'en');
export const TYPES_FILE = join(ROOT, 'src', 'texts', 'english.ts');

/** @returns {string} the text of src/texts/english.ts */
export function typesOfTexts() {
  const kinds = readdirSync(ENGLISH)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => {
      const texts = JSON.parse(readFileSync(join(ENGLISH, name), 'utf8'));
      return `  ${name.slice(0, -'.json'.length)}: ${JSON.stringify(texts, null, 2).replaceAll('\n', '\n  ')};`;
    });
  return `// Made by \`npm run texts\` from resources/locales/en.
export interface EnglishTexts {
${kinds.join('\n')}
}

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: EnglishTexts;
    strictInterpolationChecks: true;
  }
}
`;
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(TYPES_FILE, typesOfTexts());
  console.log(TYPES_FILE);
}
