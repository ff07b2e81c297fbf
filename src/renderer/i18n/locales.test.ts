import { describe, expect, it } from 'vitest';
import { LANGUAGES, type Language } from '../../contract/model/language.ts';
import { adminResources } from './admin-resources.ts';
import { errorTexts } from './error-texts.ts';
import { resources } from './resources.ts';

const errorsIn = (language: Language) =>
  Object.fromEntries(
    Object.entries(errorTexts[language]).map(([code, { message, action }]) => [code, { message, action }]),
  );
const all = (language: Language) => ({
  ...resources[language],
  ...adminResources[language],
  errors: errorsIn(language),
});

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

const keysOf = (language: Language): string[] =>
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
