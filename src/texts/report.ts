import type english from '../../resources/locales/en/report.json';
import { byLanguage } from './by-language.ts';

export const reportTexts = byLanguage(
  import.meta.glob<typeof english>('../../resources/locales/*/report.json', {
    eager: true,
    import: 'default',
  }),
);
