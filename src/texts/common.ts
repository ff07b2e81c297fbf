import type english from '../../resources/locales/en/common.json';
import { byLanguage } from './by-language.ts';

export const commonTexts = byLanguage(
  import.meta.glob<typeof english>('../../resources/locales/*/common.json', {
    eager: true,
    import: 'default',
  }),
);
