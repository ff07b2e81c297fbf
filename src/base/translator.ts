import { createInstance, type TFunction } from 'i18next';
import { isolated } from './isolate.ts';

/** Texts of one kind in every language; one file each, all with the same keys. */
export function translatorOf<L extends string>(
  locales: Readonly<Record<L, object>>,
): (language: L) => TFunction {
  const instance = createInstance({
    lng: 'en',
    fallbackLng: false,
    initAsync: false,
    // No markup; but a name from right to left must not carry away what stands beside it.
    interpolation: { escapeValue: true, escape: isolated },
    resources: Object.fromEntries(
      Object.entries<object>(locales).map(([language, translation]) => [language, { translation }]),
    ),
  });
  void instance.init();
  return (language) => instance.getFixedT(language);
}
