import { createHash } from 'node:crypto';
import { CONSENTS, type Consent } from '../../contract/ipc/ceremony.ts';
import type { CeremonyAct } from '../../contract/model/evidence.ts';
import type { Language } from '../../contract/model/language.ts';
import { consentTexts } from '../../texts/consent.ts';
import { translatorOf } from '../../texts/translator.ts';

const textsIn = translatorOf('consent', consentTexts);

/** What the window shows and the evidence repeats: main has it, so that a window cannot show other words. */
export function consentSentences(language: Language, count: number): { purpose: Consent; text: string }[] {
  const t = textsIn(language);
  return CONSENTS.map((purpose) => ({ purpose, text: t(purpose, { count }) }));
}

/** The agreement as it is written down. */
export function consentGiven(
  language: Language,
  count: number,
): Omit<Extract<CeremonyAct, { type: 'consented' }>, 'type'> {
  return {
    language,
    wordingVersion: consentTexts[language].version,
    consents: consentSentences(language, count).map(({ purpose, text }) => ({
      purpose,
      text,
      sha256: createHash('sha256').update(text).digest('hex'),
    })),
  };
}
