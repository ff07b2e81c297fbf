import { createInstance, type TFunction } from 'i18next';
import type { Language } from '../contract/model/language.ts';
import { isolated } from '../typography/isolate.ts';

/** Texts of one kind in every language; one file each, all with the same keys. */
export function translatorOf(locales: Readonly<Record<Language, object>>): (language: Language) => TFunction {
  const instance = createInstance({
    lng: 'en',
    fallbackLng: false,
    initAsync: false,
    // No markup; but a name from right to left must not carry away what stands beside it.
    interpolation: { escapeValue: true, escape: isolated },
    resources: Object.fromEntries(
      Object.entries(locales).map(([language, translation]) => [language, { translation }]),
    ),
  });
  void instance.init();
  return (language) => instance.getFixedT(language);
}
