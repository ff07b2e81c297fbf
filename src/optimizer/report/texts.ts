import ca from '../../../resources/locales/report/ca.json';
import en from '../../../resources/locales/report/en.json';
import es from '../../../resources/locales/report/es.json';
import fr from '../../../resources/locales/report/fr.json';
import it from '../../../resources/locales/report/it.json';
import pt from '../../../resources/locales/report/pt.json';
import { translatorOf } from '../../base/translator.ts';
import type { Language } from '../../contract/model/language.ts';

export const REPORT_LOCALES = Object.freeze({ es, ca, en, it, pt, fr } satisfies Record<Language, unknown>);

export const reportTexts = translatorOf(REPORT_LOCALES);

/** A date as the reader writes it, in UTC so that it means the same everywhere. */
export function instantIn(language: Language): (instant: string) => string {
  const format = new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'medium',
    timeZone: 'UTC',
  });
  return (instant) => `${format.format(new Date(instant)).replace(/\u202f/g, ' ')} UTC`;
}
