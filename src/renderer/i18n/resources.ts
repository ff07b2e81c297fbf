import { LANGUAGES, type Language } from '../../contract/model/languages.ts';
import type { ByLanguage } from '../../texts/by-language.ts';
import { clerkTexts } from '../../texts/clerk.ts';
import { commonTexts } from '../../texts/common.ts';
import { notesTexts } from '../../texts/notes.ts';
import { reportTexts } from '../../texts/report.ts';
import { resultsTexts } from '../../texts/results.ts';
import { signerTexts } from '../../texts/signer.ts';
import { verifyTexts } from '../../texts/verify.ts';

const KINDS: Readonly<Record<string, ByLanguage<object>>> = Object.freeze({
  common: commonTexts,
  clerk: clerkTexts,
  signer: signerTexts,
  results: resultsTexts,
  verify: verifyTexts,
  notes: notesTexts,
  report: reportTexts,
});

const inLanguage = (language: Language): Record<string, object> =>
  Object.fromEntries(Object.entries(KINDS).map(([kind, texts]) => [kind, texts[language]]));

/** The texts of the windows by language and kind, as i18next takes them. */
export const resources = Object.fromEntries(LANGUAGES.map((language) => [language, inLanguage(language)]));
