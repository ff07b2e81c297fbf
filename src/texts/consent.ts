import type english from '../../resources/locales/en/consent.json';
import { byLanguage } from './by-language.ts';

export const consentTexts = byLanguage(
  import.meta.glob<typeof english>('../../resources/locales/*/consent.json', {
    eager: true,
    import: 'default',
  }),
);
