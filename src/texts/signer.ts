import type english from '../../resources/locales/en/signer.json';
import { byLanguage } from './by-language.ts';

export const signerTexts = byLanguage(
  import.meta.glob<typeof english>('../../resources/locales/*/signer.json', {
    eager: true,
    import: 'default',
  }),
);
