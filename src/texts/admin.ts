import type english from '../../resources/locales/en/admin.json';
import { byLanguage } from './by-language.ts';

export const adminTexts = byLanguage(
  import.meta.glob<typeof english>('../../resources/locales/*/admin.json', {
    eager: true,
    import: 'default',
  }),
);
