import type english from '../../resources/locales/en/verify.json';
import { byLanguage } from './by-language.ts';

export const verifyTexts = byLanguage(
  import.meta.glob<typeof english>('../../resources/locales/*/verify.json', {
    eager: true,
    import: 'default',
  }),
);
