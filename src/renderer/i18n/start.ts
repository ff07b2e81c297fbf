import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '../../contract/model/language.ts';
import { valueInSentence } from '../ui/shown-text/sentence-values.ts';
import { resources } from './resources.ts';

/** Languages under their own names, for people who do not read the current one. */
const NAMES: Readonly<Record<Language, string>> = Object.freeze({
  es: 'Español',
  ca: 'Català',
  en: 'English',
  it: 'Italiano',
  pt: 'Português',
  fr: 'Français',
});

/** For a list from which the language is chosen. */
export const LANGUAGE_CHOICES = Object.freeze(
  (Object.keys(NAMES) as Language[]).map((value) => ({ value, label: NAMES[value], language: value })),
);

type Texts = Readonly<Record<Language, Readonly<Record<string, object>>>>;

/** @param more texts that only this window has, by language and namespace */
export async function startTranslation(language: Language, more?: Texts): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    defaultNS: 'common',
    resources,
    // What has a meaning in HTML is React's to escape.
    interpolation: { escapeValue: true, escape: valueInSentence },
    returnNull: false,
  });
  for (const [name, namespaces] of Object.entries(more ?? {})) {
    for (const [namespace, texts] of Object.entries(namespaces)) {
      i18next.addResourceBundle(name, namespace, texts);
    }
  }
  document.documentElement.lang = language;
}

export async function changeLanguage(language: Language): Promise<void> {
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
