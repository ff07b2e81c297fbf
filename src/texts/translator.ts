import { createInstance, type TFunction } from 'i18next';
import { isolated } from '../base/isolate.ts';
import type { Language } from '../contract/model/languages.ts';
import type { ByLanguage } from './by-language.ts';
import type { EnglishTexts } from './english.ts';

/** Texts of one kind with their values put in, for whatever is not a window: paper, messages, terminals. */
export function translatorOf<K extends keyof EnglishTexts>(
  kind: K,
  texts: ByLanguage<object>,
): (language: Language) => TFunction<K> {
  const instance = createInstance({
    lng: 'en',
    fallbackLng: false,
    initAsync: false,
    ns: kind,
    defaultNS: kind,
    // No markup; but a name from right to left must not carry away what stands beside it.
    interpolation: { escapeValue: true, escape: isolated },
    resources: Object.fromEntries(
      Object.entries<object>(texts).map(([language, translation]) => [language, { [kind]: translation }]),
    ),
  });
  void instance.init();
  return (language) => instance.getFixedT(language, kind);
}
