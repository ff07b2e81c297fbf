import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TYPES_FILE, typesOfTexts } from '../../scripts/texts.mjs';
import { LANGUAGES } from '../contract/model/languages.ts';
import { byFolder, byLanguage } from './by-language.ts';

const files = import.meta.glob<object>('../../resources/locales/*/*.json', {
  eager: true,
  import: 'default',
});
const kindOf = (path: string): string => /([^/]+)\.json$/.exec(path)?.[1] ?? path;
const all = (language: string): Record<string, object> =>
  Object.fromEntries(
    Object.entries(files)
      .filter(([path]) => path.includes(`/locales/${language}/`))
      .map(([path, texts]) => [kindOf(path), texts]),
  );

const PLURAL = /_(zero|one|two|few|many|other)$/;

function texts(node: unknown, path = ''): [string, string][] {
  if (typeof node === 'string') return [[path, node]];
  return Object.entries(node as object).flatMap(([key, value]) =>
    texts(value, path === '' ? key : `${path}.${key}`),
  );
}

/** The count may be left out where a form says "the document". */
const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)]
    .map(([, name]) => name ?? '')
    .filter((name) => name !== 'count')
    .sort();

const keysOf = (language: string): string[] =>
  [...new Set(texts(all(language)).map(([key]) => key.replace(PLURAL, '')))].sort();

describe.each(LANGUAGES)('the texts in %s', (language) => {
  it('are the same as in English', () => {
    expect(keysOf(language)).toEqual(keysOf('en'));
  });

  it('are all there and use the same values', () => {
    const english = new Map(
      texts(all('en')).map(([key, text]) => [key.replace(PLURAL, ''), placeholders(text)]),
    );
    for (const [key, text] of texts(all(language))) {
      expect(text.trim(), key).not.toBe('');
      expect(placeholders(text), key).toEqual(english.get(key.replace(PLURAL, '')));
    }
  });

  it('have every plural form that the language knows', () => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const keys = new Set(texts(all(language)).map(([key]) => key));
    const plurals = new Set(
      [...keys].filter((key) => PLURAL.test(key)).map((key) => key.replace(PLURAL, '')),
    );
    for (const plural of plurals) for (const form of forms) expect(keys).toContain(`${plural}_${form}`);
  });
});

describe('the catalogue', () => {
  it('is known to the compiler as it is', () => {
    expect(readFileSync(TYPES_FILE, 'utf8')).toBe(typesOfTexts());
  });

  it('refuses a language of the list that has no texts', () => {
    expect(() => byLanguage({ '/x/locales/en/common.json': {} })).toThrow('No texts in es');
  });

  it('knows a folder by its name', () => {
    expect([...byFolder({ '/x/locales/pl/appearance.json': 1 })]).toEqual([['pl', 1]]);
  });
});
