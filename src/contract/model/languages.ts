/** The list of languages: each has its folder in `resources/locales`. */
export const LANGUAGES = Object.freeze(['es', 'ca', 'en', 'it', 'pt', 'fr'] as const);
export type Language = (typeof LANGUAGES)[number];

/** Whether it is one of ours. */
export const isLanguage = (code: string): code is Language => LANGUAGES.some((one) => one === code);

/** The language of that code, also of a window; English where it is none of ours. */
export const languageOf = (code: string | undefined): Language =>
  LANGUAGES.find((known) => known === code) ?? 'en';
