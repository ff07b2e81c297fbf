import { createHash } from 'node:crypto';
import ca from '../../../resources/locales/consent/ca.json';
import en from '../../../resources/locales/consent/en.json';
import es from '../../../resources/locales/consent/es.json';
import fr from '../../../resources/locales/consent/fr.json';
import it from '../../../resources/locales/consent/it.json';
import pt from '../../../resources/locales/consent/pt.json';
import { translatorOf } from '../../base/translator.ts';
import { shownText } from '../../base/untrusted-text.ts';
import type { ConsentText } from '../../contract/ipc/ceremony.ts';
import type { CeremonyAct } from '../../contract/model/evidence.ts';
import type { Language } from '../../contract/model/language.ts';

/** The sentences that a signer ticks. Whoever changes one changes `version`, in every language. */
export const CONSENT_LOCALES = Object.freeze({ es, ca, en, it, pt, fr } satisfies Record<Language, unknown>);

const textsIn = translatorOf(CONSENT_LOCALES);

/** What the signer may agree to. */
export interface ConsentDocument {
  readonly id: string;
  readonly name: string;
}

/** What the window shows and the evidence repeats: main has it, so that a window cannot show other words. */
export function consentTexts(language: Language, documents: readonly ConsentDocument[]): ConsentText[] {
  const t = textsIn(language);
  const [only, ...others] = documents;
  const sentence = (name: string): string =>
    others.length === 0 ? t('theDocument') : t('document', { name: shownText(name) });
  return [
    { purpose: 'certificate', text: t('certificate') },
    ...(only ? [only, ...others] : []).map(({ id, name }) => ({
      purpose: 'document' as const,
      document: id,
      text: sentence(name),
    })),
  ];
}

/**
 * The agreement as it is written down.
 * @param agreed ids of the documents that have their tick
 */
export function consentGiven(
  language: Language,
  documents: readonly ConsentDocument[],
  agreed: readonly string[],
): Omit<Extract<CeremonyAct, { type: 'consented' }>, 'type'> {
  const sentences = consentTexts(language, documents).filter(
    (one) => one.purpose === 'certificate' || agreed.includes(one.document),
  );
  return {
    language,
    wordingVersion: CONSENT_LOCALES[language].version,
    consents: sentences.map((one) => ({
      purpose: one.purpose,
      ...(one.purpose === 'document' && { document: documents.findIndex(({ id }) => id === one.document) }),
      text: one.text,
      sha256: createHash('sha256').update(one.text).digest('hex'),
    })),
  };
}
