import type english from '../../resources/locales/en/service.json';
import { byLanguage } from './by-language.ts';

export const serviceTexts = byLanguage(
  import.meta.glob<typeof english>('../../resources/locales/*/service.json', {
    eager: true,
    import: 'default',
  }),
);
