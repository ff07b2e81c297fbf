import type { TFunction } from 'i18next';
import type { VerifiedSignature } from '../contract/model/verification.ts';

/** The baseline level of a signature, with the kind of signature that it is a level of. */
export function levelInWords(
  { level, signedFiles }: Pick<VerifiedSignature, 'level' | 'signedFiles'>,
  t: TFunction<'report'>,
): string {
  const format = signedFiles ? 'CAdES' : 'PAdES';
  return level === 'none' ? t('verification.noLevel', { format }) : `${format} ${level}`;
}
