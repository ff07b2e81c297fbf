import type english from '../../resources/locales/en/clerk.json';
import { byLanguage } from './by-language.ts';

export const clerkTexts = byLanguage(
  import.meta.glob<typeof english>('../../resources/locales/*/clerk.json', {
    eager: true,
    import: 'default',
  }),
);
