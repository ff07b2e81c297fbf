import type english from '../../resources/locales/en/errors.json';
import { byLanguage } from './by-language.ts';

export const errorsTexts = byLanguage(
  import.meta.glob<typeof english>('../../resources/locales/*/errors.json', {
    eager: true,
    import: 'default',
  }),
);
