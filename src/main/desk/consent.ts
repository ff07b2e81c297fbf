import { createHash } from 'node:crypto';
import ca from '../../../resources/locales/consent/ca.json';
import en from '../../../resources/locales/consent/en.json';
import es from '../../../resources/locales/consent/es.json';
import fr from '../../../resources/locales/consent/fr.json';
import it from '../../../resources/locales/consent/it.json';
import pt from '../../../resources/locales/consent/pt.json';
import { translatorOf } from '../../base/translator.ts';
import { CONSENTS, type Consent } from '../../contract/ipc/ceremony.ts';
import type { CeremonyAct } from '../../contract/model/evidence.ts';
import type { Language } from '../../contract/model/language.ts';

/** The sentences that a signer ticks. Whoever changes one changes `version`, in every language. */
export const CONSENT_LOCALES = Object.freeze({ es, ca, en, it, pt, fr } satisfies Record<Language, unknown>);

const textsIn = translatorOf(CONSENT_LOCALES);

/** What the window shows and the evidence repeats: main has it, so that a window cannot show other words. */
export function consentTexts(language: Language, count: number): { purpose: Consent; text: string }[] {
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
    wordingVersion: CONSENT_LOCALES[language].version,
    consents: consentTexts(language, count).map(({ purpose, text }) => ({
      purpose,
      text,
      sha256: createHash('sha256').update(text).digest('hex'),
    })),
  };
}
