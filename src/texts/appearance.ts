import type english from '../../resources/locales/en/appearance.json';
import type { Language } from '../contract/model/languages.ts';
import { byFolder, byLanguage } from './by-language.ts';

const files = import.meta.glob<typeof english>('../../resources/locales/*/appearance.json', {
  eager: true,
  import: 'default',
});

export const appearanceTexts = byLanguage(files);

/** Clients of the vendor's dialect may ask for languages that nothing else of ours speaks. */
const folders = byFolder<Pick<typeof english, 'signedBy'>>(files);

/** What a visible signature says, in the language in which the signer reads. `{…}` is filled in when signing. */
export const appearanceLines = (language: Language, sandbox: boolean): string[] => {
  const { lines, sandbox: mark } = appearanceTexts[language];
  // A trial signature says so on the page too: it may be printed and passed on.
  return [...lines, ...(sandbox ? [mark] : [])];
};

/** The line above name and date; English where the language is none of ours. */
export const signedBy = (language: string | undefined): string =>
  (folders.get(language?.toLowerCase() ?? '') ?? appearanceTexts.en).signedBy;
