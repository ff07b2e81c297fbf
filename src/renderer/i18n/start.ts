import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { LANGUAGES, type Language } from '../../contract/model/languages.ts';
import type { ByLanguage } from '../../texts/by-language.ts';
import { commonTexts } from '../../texts/common.ts';
import { valueInSentence } from '../ui/shown-text/sentence-values.ts';
import { resources } from './resources.ts';

/** For a list from which the language is chosen: each under its own name, for people who do not read the current one. */
export const LANGUAGE_CHOICES = Object.freeze(
  LANGUAGES.map((value) => ({ value, label: commonTexts[value].languageName, language: value })),
);

/** @param more texts that only this window has, by kind */
export async function startTranslation(
  language: Language,
  more: Readonly<Record<string, ByLanguage<object>>> = {},
): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    defaultNS: 'common',
    resources,
    // What has a meaning in HTML is React's to escape.
    interpolation: { escapeValue: true, escape: valueInSentence },
    returnNull: false,
  });
  for (const [kind, texts] of Object.entries(more)) {
    for (const known of LANGUAGES) i18next.addResourceBundle(known, kind, texts[known]);
  }
  document.documentElement.lang = language;
}

export async function changeLanguage(language: Language): Promise<void> {
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
