import type { TFunction } from 'i18next';
import type { Qualification, TimestampQualification } from '../contract/model/trusted-lists.ts';

/** What the trusted lists say, as a sentence, and the service that it rests on where there is one. */
export function qualificationInWords(
  { word, reason, listed }: Qualification | TimestampQualification,
  t: TFunction<'report'>,
): readonly string[] {
  const name = t(`qualification.word.${word}`);
  const sentence =
    reason === undefined
      ? name
      : t('qualification.because', { word: name, reason: t(`qualification.reason.${reason}`) });
  return listed ? [sentence, t('qualification.listed', { ...listed })] : [sentence];
}
