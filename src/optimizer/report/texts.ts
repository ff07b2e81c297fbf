import type { Language } from '../../contract/model/language.ts';
import { reportTexts } from '../../texts/report.ts';
import { translatorOf } from '../../texts/translator.ts';

export const reportIn = translatorOf('report', reportTexts);

/** A date as the reader writes it, in UTC so that it means the same everywhere. */
export function instantIn(language: Language): (instant: string) => string {
  const format = new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'medium',
    timeZone: 'UTC',
  });
  return (instant) => `${format.format(new Date(instant)).replace(/\u202f/g, ' ')} UTC`;
}
