import type english from '../../resources/locales/en/results.json';
import { byLanguage } from './by-language.ts';

export const resultsTexts = byLanguage(
  import.meta.glob<typeof english>('../../resources/locales/*/results.json', {
    eager: true,
    import: 'default',
  }),
);
