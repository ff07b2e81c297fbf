import type english from '../../resources/locales/en/doctor.json';
import { byLanguage } from './by-language.ts';

export const doctorTexts = byLanguage(
  import.meta.glob<typeof english>('../../resources/locales/*/doctor.json', {
    eager: true,
    import: 'default',
  }),
);
