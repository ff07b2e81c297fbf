import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '../../contract/model/language.ts';
import { resources } from './resources.ts';

/** Languages under their own names, for people who do not read the current one. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = Object.freeze({
  es: 'Español',
  ca: 'Català',
  en: 'English',
  it: 'Italiano',
  pt: 'Português',
  fr: 'Français',
});

export async function startTranslation(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    defaultNS: 'common',
    resources,
    interpolation: { escapeValue: false }, // React escapes
    returnNull: false,
  });
  document.documentElement.lang = language;
}

export async function changeLanguage(language: Language): Promise<void> {
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
