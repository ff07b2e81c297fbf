import { ERRORS, type ErrorCode } from '../../contract/errors.ts';
import type { Language } from '../../contract/model/language.ts';
import ca from './locales/ca/errors.json';
import es from './locales/es/errors.json';
import fr from './locales/fr/errors.json';
import it from './locales/it/errors.json';
import pt from './locales/pt/errors.json';

/** What happened, and what to do next. */
export interface ErrorText {
  readonly message: string;
  readonly action: string;
}

export type ErrorTexts = Readonly<Record<ErrorCode, ErrorText>>;

/** Every error in the language of the person; in English as the table of errors says it. */
export const errorTexts: Readonly<Record<Language, ErrorTexts>> = Object.freeze({
  ca,
  en: ERRORS,
  es,
  fr,
  it,
  pt,
});
