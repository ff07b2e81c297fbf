import { LANGUAGES, type Language } from '../contract/model/languages.ts';

export type ByLanguage<T> = Readonly<Record<Language, T>>;

const languageOfPath = (path: string): string | undefined => /\/locales\/([^/]+)\/[^/]+$/.exec(path)?.[1];

/**
 * The texts of one kind, from the files that the bundler found in the folders of the languages.
 * @param files by their path, `…/locales/<language>/<kind>.json`
 * @throws Error where a language of the list has no such file
 */
export function byLanguage<T>(files: Readonly<Record<string, T>>): ByLanguage<T> {
  const found = new Map(Object.entries(files).map(([path, texts]) => [languageOfPath(path), texts]));
  const texts = LANGUAGES.map((language) => {
    const own = found.get(language);
    if (own === undefined) throw new Error(`No texts in ${language} among ${Object.keys(files).join(', ')}.`);
    return [language, own] as const;
  });
  return Object.freeze(Object.fromEntries(texts) as Record<Language, T>);
}

/** The same for every language that has a folder, also one that only this kind of text knows. */
export function byFolder<T>(files: Readonly<Record<string, T>>): ReadonlyMap<string, T> {
  return new Map(Object.entries(files).map(([path, texts]) => [languageOfPath(path) ?? path, texts]));
}
