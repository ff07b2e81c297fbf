import { createHash } from 'node:crypto';
import { shownText } from '../../base/untrusted-text.ts';
import type { ConsentText } from '../../contract/ipc/ceremony.ts';
import type { CeremonyAct } from '../../contract/model/evidence.ts';
import type { Language } from '../../contract/model/language.ts';
import { consentTexts } from '../../texts/consent.ts';
import { translatorOf } from '../../texts/translator.ts';

const textsIn = translatorOf('consent', consentTexts);

/** What the signer may agree to. */
export interface ConsentDocument {
  readonly id: string;
  readonly name: string;
}

/** What the window shows and the evidence repeats: main has it, so that a window cannot show other words. */
export function consentSentences(
  language: Language,
  documents: readonly ConsentDocument[],
  hasContract: boolean,
): ConsentText[] {
  const t = textsIn(language);
  const [only, ...others] = documents;
  const sentence = (name: string): string =>
    others.length === 0 ? t('theDocument') : t('document', { name: shownText(name) });
  return [
    ...(hasContract ? [{ purpose: 'certificate' as const, text: t('certificate') }] : []),
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
 * @param hasContract some providers have none, and no certificate is made out for this signature then
 */
export function consentGiven(
  language: Language,
  documents: readonly ConsentDocument[],
  agreed: readonly string[],
  hasContract: boolean,
): Omit<Extract<CeremonyAct, { type: 'consented' }>, 'type'> {
  const sentences = consentSentences(language, documents, hasContract).filter(
    (one) => one.purpose === 'certificate' || agreed.includes(one.document),
  );
  return {
    language,
    wordingVersion: consentTexts[language].version,
    consents: sentences.map((one) => ({
      purpose: one.purpose,
      ...(one.purpose === 'document' && { document: documents.findIndex(({ id }) => id === one.document) }),
      text: one.text,
      sha256: createHash('sha256').update(one.text).digest('hex'),
    })),
  };
}
