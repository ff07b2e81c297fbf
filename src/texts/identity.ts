import type english from '../../resources/locales/en/identity.json';
import { byLanguage } from './by-language.ts';

export const identityTexts = byLanguage(
  import.meta.glob<typeof english>('../../resources/locales/*/identity.json', {
    eager: true,
    import: 'default',
  }),
);
